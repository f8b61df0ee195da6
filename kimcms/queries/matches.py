"""What the search index finds of what is public, as statements: the one place where the two
databases' words for it differ.

Both read the newest entries first and stop when there are enough, so that a million articles cost
what ten thousand do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from kimcms.db import db
from kimcms.domain.search import Question, beginning_mark, kim_mark, place_of, topic_mark
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.models.search import SearchEntry
from kimcms.queries.visible import in_feed, is_public

RANKED = 2_000  # of the matches, the newest so many are ranked
_WALKED = 2_000  # entries that PostgreSQL looks through before it asks the index
_FTS = sa.table("search_index", sa.column("rowid"))
# A plus keeps SQLite from turning the join around: the index is read first, newest first.
_FTS_PLACE: sa.ColumnElement[int] = sa.literal_column("+search_index.rowid")
_ENTRY_ARTICLE: sa.ColumnElement[int] = sa.literal_column("+search_entry.article_id")


@dataclass(frozen=True)
class Scope:
    """Where is looked: in the city feed or on a subsite, and narrowed by what the reader chose."""

    feed: bool
    kim_ids: tuple[int, ...] | None = None
    category_id: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def newest(
    question: Question, scope: Scope, now: dt.datetime, before: int | None, size: int
) -> sa.Select[Any]:
    """Place and article of the newest matches, below a place in the list where one is given."""
    query = sa.literal(_words(question), sa.Text)
    if _is_sqlite():
        return _match(query, scope, now, before).limit(size)
    # The planner knows nothing of a rare word, and would walk through the whole list for it. So a
    # frequent word is found in the newest entries, and for any other the index alone is asked.
    recent = _walk("body", query, scope, now, before).limit(size).cte("recent")
    enough = sa.select(sa.func.count() >= size).select_from(recent).scalar_subquery()
    rest = _look_up("body", query, scope, now, before).limit(size).subquery("rest")
    both = sa.union_all(
        sa.select(recent.c.place, recent.c.article_id).where(enough),
        sa.select(rest.c.place, rest.c.article_id).where(sa.not_(enough)),
    ).subquery("found")
    return sa.select(both.c.place, both.c.article_id)


def ranked(
    question: Question, scope: Scope, now: dt.datetime, seen: tuple[int, int] | None, size: int
) -> sa.Select[Any]:
    """Place, article and score of the best of the newest 2,000 matches, below a score and place
    where they are given."""
    query = sa.literal(_words(question), sa.Text)
    if _is_sqlite():
        matches = _match(query, scope, now, None)
    else:
        matches = _postgres(SearchEntry, "body", query, scope, now, *_bounds(scope, None))
    pool = matches.limit(RANKED).subquery("pool")
    scored = (
        sa.select(SearchEntry.place, SearchEntry.article_id, _score(question).label("score"))
        .select_from(pool)
        .join(SearchEntry, SearchEntry.place == pool.c.place)
    ).subquery("scored")
    found = sa.select(scored).order_by(scored.c.score.desc(), scored.c.place.desc()).limit(size)
    if seen is not None:
        here = sa.tuple_(*(sa.literal(number, sa.BigInteger) for number in seen))
        found = found.where(sa.tuple_(scored.c.score, scored.c.place) < here)
    return found


def newest_title(
    stem: sa.ColumnElement[str], scope: Scope, now: dt.datetime
) -> sa.ColumnElement[str]:
    """The newest public title that holds a stem, which is named as the outer rows name it."""
    mark = sa.literal('"' if _is_sqlite() else "'", sa.Text)
    query = mark + stem + mark
    if _is_sqlite():
        ways = [_match(query, scope, now, None, "title")]
    else:
        ways = [way("title", query, scope, now, None) for way in (_walk, _look_up)]
    titles = [
        way.join(Revision, Revision.id == Article.live_revision_id)
        .with_only_columns(Revision.title)
        .limit(1)
        .scalar_subquery()
        for way in ways
    ]
    return titles[0] if len(titles) == 1 else sa.func.coalesce(*titles)


def _match(
    query: sa.ColumnElement[str],
    scope: Scope,
    now: dt.datetime,
    before: int | None,
    column: str = "body",
) -> sa.Select[Any]:
    """The matches of SQLite's FTS5, newest first."""
    marks = _marks(scope)
    tail = f") AND body : ({marks})" if marks else ")"
    sought = sa.literal(f"{column} : (", sa.Text) + query + sa.literal(tail, sa.Text)
    return _public(
        sa.select(SearchEntry.place, SearchEntry.article_id)
        .select_from(_FTS)
        .join(SearchEntry, SearchEntry.place == _FTS_PLACE)
        .where(sa.literal_column("search_index").op("MATCH")(sought))
        .where(*_bounds(scope, before, _FTS.c.rowid)),
        _ENTRY_ARTICLE,
        scope,
        now,
    ).order_by(_FTS.c.rowid.desc())


def _walk(
    column: str, query: Any, scope: Scope, now: dt.datetime, before: int | None
) -> sa.Select[Any]:
    """Those among the newest entries, of the KIM where there is one."""
    near = sa.select(SearchEntry.place, SearchEntry.article_id, SearchEntry.body)
    if column == "title":
        near = near.add_columns(SearchEntry.title)
    if scope.kim_ids is not None and len(scope.kim_ids) == 1:
        near = near.where(SearchEntry.kim_id == scope.kim_ids[0])
    near = near.where(*_bounds(scope, before)).order_by(SearchEntry.place.desc()).limit(_WALKED)
    return _postgres(near.subquery("near").c, column, query, scope, now)


def _look_up(
    column: str, query: Any, scope: Scope, now: dt.datetime, before: int | None
) -> sa.Select[Any]:
    """All of them, by the GIN index: an offset is what the planner does not look behind."""
    matches = sa.select(SearchEntry.place, SearchEntry.article_id)
    matches = matches.where(*_holds(SearchEntry, column, query, scope), *_bounds(scope, before))
    near = matches.offset(0).subquery("near")
    found = sa.select(near.c.place, near.c.article_id)
    return _public(found, near.c.article_id, scope, now).order_by(near.c.place.desc())


def _postgres(
    entry: Any, column: str, query: Any, scope: Scope, now: dt.datetime, *bounds: Any
) -> sa.Select[Any]:
    found = sa.select(entry.place, entry.article_id)
    found = found.where(*_holds(entry, column, query, scope), *bounds)
    return _public(found, entry.article_id, scope, now).order_by(entry.place.desc())


def _holds(entry: Any, column: str, query: Any, scope: Scope) -> list[Any]:
    marks = _marks(scope)
    found = [getattr(entry, column).op("@@")(sa.cast(query, TSQUERY))]
    return [*found, entry.body.op("@@")(sa.cast(marks, TSQUERY))] if marks else found


def _public(found: sa.Select[Any], article: Any, scope: Scope, now: dt.datetime) -> sa.Select[Any]:
    return (
        found.join(Article, Article.id == article)
        .join(Kim, Kim.id == Article.kim_id)
        .where(in_feed(now) if scope.feed else is_public(now))
    )


def _bounds(scope: Scope, before: int | None, place: Any = SearchEntry.place) -> list[Any]:
    found = [] if before is None else [place < before]
    if scope.since is not None:
        found.append(place >= place_of(scope.since))
    if scope.until is not None:
        found.append(place < place_of(scope.until))
    return found


def _score(question: Question) -> sa.ColumnElement[int]:
    """A whole number: a word in the title outweighs any number of them in the text."""
    if not _is_sqlite():
        asked = sa.cast(_words(question), TSQUERY)
        rank = sa.func.ts_rank
        both = rank(SearchEntry.title, asked) * 10 + rank(SearchEntry.body, asked)
        return sa.cast(both * 1_000_000, sa.Integer)
    parts: list[Any] = []
    for stem in question.stems:
        last = stem == question.stems[-1] and question.prefix is not None
        sought = f" {question.prefix}" if last else f" {stem} "
        without = sa.func.length(sa.func.replace(SearchEntry.body, sought, ""))
        times = (sa.func.length(SearchEntry.body) - without) / len(sought)
        parts += [
            sa.case((sa.func.instr(SearchEntry.title, sought) > 0, 100), else_=0),
            sa.func.min(times, 9),
        ]
    return sa.cast(sum(parts[1:], parts[0]), sa.Integer)


def _marks(scope: Scope) -> str:
    """What narrows a search within the index itself; empty where nothing does."""
    terms = []
    if scope.kim_ids:
        terms.append(_any(_term(kim_mark(kim_id)) for kim_id in scope.kim_ids))
    if scope.category_id is not None:
        terms.append(_term(topic_mark(scope.category_id)))
    return _all(terms)


def _words(question: Question) -> str:
    terms = [_term(stem) for stem in question.stems]
    if question.prefix is not None:
        terms[-1] = _any([terms[-1], _term(beginning_mark(question.prefix))])
    return _all(terms)


def _term(word: str) -> str:
    """One word; it holds letters, digits and "_" only."""
    return f'"{word}"' if _is_sqlite() else f"'{word}'"


def _all(terms: Iterable[str]) -> str:
    return (" AND " if _is_sqlite() else " & ").join(terms)


def _any(terms: Iterable[str]) -> str:
    return "(" + (" OR " if _is_sqlite() else " | ").join(terms) + ")"


def _is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"
