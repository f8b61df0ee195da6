"""What was taken away for good: the page in its place, and the word of it in feeds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.workflow import Exposure, FeedState, Withdrawal
from kimcms.models.article import Article, Revision
from kimcms.queries.articles import NARROWED
from kimcms.queries.rows import rows

NEWEST = 50
_GONE = Article.exposure == sa.literal_column(f"'{Exposure.WITHDRAWN.value}'")
_ACCEPTED = Article.feed_state == sa.literal_column(f"'{FeedState.ACCEPTED.value}'")


@dataclass(frozen=True, slots=True)
class Gone:
    """An article that was taken away for good."""

    title: str
    withdrawn_for: str
    withdrawn_note: str
    withdrawn_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Tombstone:
    """The same in a feed: nothing of what it said."""

    id: int
    at: dt.datetime
    why: Withdrawal


def withdrawn_article(kim_id: int, slug: str) -> Gone | None:
    """What stands in the place of a withdrawn article."""
    row = db.session.execute(
        sa.select(
            Revision.title, Article.withdrawn_for, Article.withdrawn_note, Article.withdrawn_at
        )
        .join(Revision, Revision.id == Article.live_revision_id)
        .where(
            Article.kim_id == kim_id,
            Article.slug == slug,
            Article.exposure == Exposure.WITHDRAWN,
        )
    ).first()
    return Gone(*row) if row else None


def of_site(kim_id: int, **narrowed: Any) -> list[Tombstone]:
    """Among the last 50 withdrawals of a KIM those that readers had seen; newest first."""
    return _tombstones("site", {"kim_id": kim_id}, narrowed)


def of_city(**narrowed: Any) -> list[Tombstone]:
    """Among the last 50 withdrawals of the city those that had stood in its feed."""
    return _tombstones("feed", {}, narrowed)


def _tombstones(shown: str, whose: dict[str, Any], narrowed: dict[str, Any]) -> list[Tombstone]:
    statement = _statement(shown, tuple(narrowed))
    return [Tombstone(*row) for row in rows(statement, {**whose, **narrowed})]


@cache
def _statement(shown: str, narrowed: tuple[str, ...]) -> sa.Select[Any]:
    """The newest are taken first and narrowed then, so that a rare topic costs no more."""
    whose = NARROWED["kim_id"] if shown == "site" else _ACCEPTED
    newest = (
        sa.select(Article.id)
        .where(_GONE, whose, Article.public_at <= Article.withdrawn_at)
        .order_by(Article.withdrawn_at.desc(), Article.id.desc())
        .limit(NEWEST)
        .subquery("newest")
    )
    narrows = [
        Article.kim_id.in_(sa.bindparam("kim_ids", expanding=True))
        if name == "kim_ids"
        else NARROWED[name]
        for name in narrowed
    ]
    return (
        sa.select(Article.id, Article.withdrawn_at, Article.withdrawn_for)
        .join(newest, newest.c.id == Article.id)
        .where(*narrows)
        .order_by(Article.withdrawn_at.desc(), Article.id.desc())
    )
