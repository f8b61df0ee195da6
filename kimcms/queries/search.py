"""The search of readers: what is public of what the index finds.

It is asked of the articles in the same statement (`queries/matches.py`), never read off the index.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kimcms.domain.html import plain_text
from kimcms.domain.search import (
    Question,
    distance,
    marked,
    near,
    replaced,
    slips,
    snippet,
)
from kimcms.domain.stems import fold, stems_of, words
from kimcms.models.article import Article, Category, Revision
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.models.media import Media
from kimcms.models.search import SearchSlip
from kimcms.queries import matches
from kimcms.queries.articles import CARD, PAGE, Card, card_of
from kimcms.queries.matches import Scope
from kimcms.queries.paging import EPOCH, MICROSECOND, Cursor, Page
from kimcms.queries.rows import rows

_GUESSES = 12


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
    before = after.id if after else None
    return _page(question, matches.newest(question, scope, now, before, PAGE + 1))


def best(
    question: Question, scope: Scope, now: dt.datetime, after: Cursor | None = None
) -> Page[Hit]:
    """Of the newest 2,000, those first that hold the words in the title, then often."""
    seen = ((after.at - EPOCH) // MICROSECOND, after.id) if after else None
    return _page(question, matches.ranked(question, scope, now, seen, PAGE + 1))


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
    stem: sa.ColumnElement[str] = sa.literal_column("guess.stem", sa.Text)
    return sa.select(guess.c.stem, matches.newest_title(stem, scope, now))


def _typed(line: str, stem: str) -> str:
    """The word of the question that has this stem."""
    return next((fold(word) for word in words(line) if stem in stems_of(word)), stem)


def _shown(title: str, stem: str, typed: str) -> str:
    """The word of a public title that has this stem and is nearest to what was typed."""
    found = [fold(word) for word in words(title) if stem in stems_of(word)]
    return min(found, key=lambda word: distance(word, typed))


def _page(question: Question, found: sa.Select[Any]) -> Page[Hit]:
    """The cards of these places, in their order."""
    hits = found.subquery("hits")
    score = "score" in hits.c
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
