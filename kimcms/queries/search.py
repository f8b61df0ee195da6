"""The search of readers: what is public of what the index finds.

The one place where the two databases' words for it differ. Both read the index from the newest
entry backwards and stop when the page is full, so that a million articles cost what a thousand do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from kimcms.db import db
from kimcms.domain.html import plain_text
from kimcms.domain.search import (
    Question,
    beginning_mark,
    distance,
    kim_mark,
    marked,
    near,
    place_of,
    replaced,
    slips,
    snippet,
    topic_mark,
)
from kimcms.domain.stems import fold, stems_of, words
from kimcms.models.article import Article, Category, Revision
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.models.media import Media
from kimcms.models.search import SearchEntry, SearchSlip
from kimcms.queries.articles import CARD, PAGE, Card, card_of
from kimcms.queries.paging import EPOCH, MICROSECOND, Cursor, Page
from kimcms.queries.rows import rows
from kimcms.queries.visible import in_feed, is_public

RANKED = 2_000  # of the matches, the newest so many are ranked
_GUESSES = 12
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


@dataclass(frozen=True, slots=True)
class Hit:
    """A found article: its card, title and snippet in pieces, of which the true ones are marked."""

    card: Card
    title: Sequence[tuple[str, bool]]
    snippet: Sequence[tuple[str, bool]]


def newest(
    question: Question, scope: Scope, now: dt.datetime, after: Cursor | None = None
) -> Page[Hit]:
    """The newest articles that hold all that is asked for."""
    found = _matching(_words(question), scope, now)
    if after is not None:
        found = found.where(SearchEntry.place < after.id)
    return _page(question, found.limit(PAGE + 1), None)


def best(
    question: Question, scope: Scope, now: dt.datetime, after: Cursor | None = None
) -> Page[Hit]:
    """Of the newest 2,000, those first that hold the words in the title, then often."""
    pool = _matching(_words(question), scope, now).limit(RANKED).subquery("pool")
    score = _score(question).label("score")
    ranked = (
        sa.select(SearchEntry.place, SearchEntry.article_id, score)
        .select_from(pool)
        .join(SearchEntry, SearchEntry.place == pool.c.place)
    ).subquery("ranked")
    found = sa.select(ranked).order_by(ranked.c.score.desc(), ranked.c.place.desc()).limit(PAGE + 1)
    if after is not None:
        seen = (after.at - EPOCH) // MICROSECOND
        here = sa.tuple_(sa.literal(seen), sa.literal(after.id))
        found = found.where(sa.tuple_(ranked.c.score, ranked.c.place) < here)
    return _page(question, found, "score")


def meant(question: Question, scope: Scope, now: dt.datetime) -> str | None:
    """The question with small slips mended, by words out of titles that are public here; None
    where there is nothing to mend."""
    forms = {form for asked in question.stems for form in slips(asked, 2)}
    if not forms:
        return None
    found = rows(_guesses(Scope(scope.feed, scope.kim_ids), now), {"slips": list(forms)})
    titles = {stem: title for stem, title in found if title is not None}
    mended = {}
    for asked in question.stems:
        close = [stem for stem in titles if near(asked, stem)]
        if close and asked not in titles:
            stem = min(close, key=lambda stem: (distance(asked, stem), stem))
            mended[asked] = _shown(titles[stem], stem, _typed(question.text, asked))
    return replaced(question.text, mended) if mended else None


def _guesses(scope: Scope, now: dt.datetime) -> sa.Select[Any]:
    """Stems that share most with what was asked, each with its newest public title, if any."""
    guess = (
        sa.select(SearchSlip.stem)
        .where(SearchSlip.slip.in_(sa.bindparam("slips", expanding=True)))
        .group_by(SearchSlip.stem)
        .order_by(sa.func.count().desc(), SearchSlip.stem)
        .limit(_GUESSES)
        .subquery("guess")
    )
    mark = '"' if _is_sqlite() else "'"
    word = sa.literal(mark, sa.Text) + guess.c.stem + sa.literal(mark, sa.Text)
    title = (
        _matching(word, scope, now, column="title")
        .join(Revision, Revision.id == Article.live_revision_id)
        .with_only_columns(Revision.title)
        .limit(1)
        .correlate(guess)
    )
    return sa.select(guess.c.stem, title.scalar_subquery())


def _typed(line: str, stem: str) -> str:
    """The word of the question that has this stem."""
    return next((fold(word) for word in words(line) if stem in stems_of(word)), stem)


def _shown(title: str, stem: str, typed: str) -> str:
    """The word of a public title that has this stem and is nearest to what was typed."""
    found = [fold(word) for word in words(title) if stem in stems_of(word)]
    return min(found, key=lambda word: distance(word, typed))


def _matching(
    query: str | sa.ColumnElement[str], scope: Scope, now: dt.datetime, column: str = "body"
) -> sa.Select[Any]:
    """Place and article of what is public among the matches, newest first."""
    found = sa.select(SearchEntry.place, SearchEntry.article_id)
    marks = _marks(scope)
    if isinstance(query, str):
        query = sa.literal(query, sa.Text)
    where: Any
    place: Any
    article: Any
    if _is_sqlite():
        tail = f") AND body : ({marks})" if marks else ")"
        sought = sa.literal(f"{column} : (", sa.Text) + query + sa.literal(tail, sa.Text)
        where = sa.literal_column("search_index").op("MATCH")(sought)
        place, article = _FTS.c.rowid, _ENTRY_ARTICLE
        found = found.select_from(_FTS).join(SearchEntry, SearchEntry.place == _FTS_PLACE)
    else:
        where = getattr(SearchEntry, column).op("@@")(sa.cast(query, TSQUERY))
        if marks:
            where = sa.and_(where, SearchEntry.body.op("@@")(sa.cast(marks, TSQUERY)))
        place, article = SearchEntry.place, SearchEntry.article_id
    found = (
        found.join(Article, Article.id == article)
        .join(Kim, Kim.id == Article.kim_id)
        .where(where, in_feed(now) if scope.feed else is_public(now))
        .order_by(place.desc())
    )
    if scope.since is not None:
        found = found.where(place >= place_of(scope.since))
    if scope.until is not None:
        found = found.where(place < place_of(scope.until))
    return found


def _page(question: Question, found: sa.Select[Any], score: str | None) -> Page[Hit]:
    """The cards of these places, in their order."""
    hits = found.subquery("hits")
    order = [hits.c.score.desc()] if score else []
    statement = (
        sa.select(*CARD, Revision.body, hits.c.place, *([hits.c.score] if score else []))
        .select_from(hits)
        .join(Article, Article.id == hits.c.article_id)
        .join(Kim, Kim.id == Article.kim_id)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .outerjoin(Category, Category.id == Revision.category_id)
        .outerjoin(Media, Media.id == Revision.photo_id)
        .order_by(*order, hits.c.place.desc())
    )
    width = len(CARD)
    rest = list(rows(statement))
    shown = rest[:PAGE]
    after = None
    if len(rest) > PAGE:
        last = shown[-1]
        at = EPOCH + last[width + 2] * MICROSECOND if score else EPOCH
        after = Cursor(at, last[width + 1])
    return Page([_hit(question, card_of(Card, row[:width]), row[width]) for row in shown], after)


def _hit(question: Question, card: Card, body: str) -> Hit:
    text = f"{card.lead} {plain_text(body, captions=True)}"
    return Hit(card, marked(card.title, question), snippet(text, question))


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
