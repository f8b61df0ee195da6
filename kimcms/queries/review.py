"""The Forum's review queue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.workflow import FeedState
from kimcms.models.account import User
from kimcms.models.article import Article, Revision
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries.paging import Cursor, Page, beyond
from kimcms.queries.visible import is_public

PAGE = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item that waits for the Forum."""

    id: int
    title: str
    lead: str
    offered_at: dt.datetime
    author: str
    kim_id: int
    kim: str
    kim_slug: str
    kelurahan: str


def waiting(
    now: dt.datetime, not_of: tuple[int, ...] = (), after: Cursor | None = None
) -> Page[Waiting]:
    """Pending items of all KIMs that are public now, oldest first; `not_of` leaves KIMs out."""
    pending = Article.feed_state == sa.literal_column(f"'{FeedState.PENDING.value}'")
    rows = [
        Waiting(*row)
        for row in db.session.execute(
            sa.select(
                Article.id,
                Revision.title,
                Revision.lead,
                Article.offered_at,
                User.name,
                Article.kim_id,
                Kim.name,
                Kim.slug,
                Kelurahan.name,
            )
            .join(Kim, Kim.id == Article.kim_id)
            .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
            .join(Revision, Revision.id == Article.live_revision_id)
            .join(User, User.id == Article.author_id)
            .where(
                pending,
                is_public(now),
                Article.kim_id.not_in(not_of),
                beyond(Article.offered_at, Article.id, after, oldest_first=True),
            )
            .order_by(Article.offered_at, Article.id)
            .limit(PAGE + 1)
        )
    ]
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, Cursor(rows[-1].offered_at, rows[-1].id) if more else None)


def article_seen(article_id: int, now: dt.datetime) -> Article | None:
    """An article of any KIM that has been public: what the city's roles may open."""
    return db.session.scalar(
        sa.select(Article).where(
            Article.id == article_id,
            Article.live_revision_id.is_not(None),
            Article.public_at <= now,
        )
    )
