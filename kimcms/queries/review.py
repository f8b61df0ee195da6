"""The Forum's queue: one list of all that waits for a decision, of whatever kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from kimcms.db import db
from kimcms.domain.clock import DAY, start_of
from kimcms.domain.waiting import KINDS, Kind
from kimcms.domain.workflow import FeedState
from kimcms.models.account import User
from kimcms.models.article import Article, Fingerprint, Revision
from kimcms.models.claim import Claim
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries import claims
from kimcms.queries.rows import rows as rows_of
from kimcms.queries.waiting import EVERYTHING, MOST, Asked, Place, Shape, shape, values
from kimcms.queries.waiting_kinds import sources

PAGE = 30


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits. `detail` is what its kind tells of it: the kind of a proof or case."""

    kind: Kind
    id: int
    since: dt.datetime
    due: dt.datetime | None
    title: str
    detail: str
    kim_id: int
    kim: str
    kim_slug: str
    kelurahan: str
    lead: str
    revision_id: int | None  # the live one, of an item
    claimed_by: int | None
    claimant: str | None
    claimed_at: dt.datetime | None
    changed: bool  # another revision is live than the one that the Forum has read
    signals: list[list[str]] | None  # as they are kept with the item
    read: bool  # by the person who asks, and not changed since

    @property
    def place(self) -> Place:
        return Place(self.since, self.kind, self.id)


@dataclass(frozen=True)
class Queue:
    """One page; `after` is where the next one goes on, None on the last."""

    rows: Sequence[Waiting]
    after: Place | None = None


def waiting(
    now: dt.datetime,
    not_of: tuple[int, ...] = (),
    after: Place | None = None,
    asked: Asked = EVERYTHING,
    size: int | None = None,
) -> Queue:
    """What waits in all KIMs, oldest first; `not_of` leaves KIMs out. One query."""
    size = PAGE if size is None else size
    found = rows_of(_statement(shape(asked, after)), values(asked, now, not_of, after, size + 1))
    rows = [_waiting(row, asked.me, now) for row in found]
    more = len(rows) > size
    rows = rows[:size]
    return Queue(rows, rows[-1].place if more else None)


@lru_cache(maxsize=256)
def _statement(of: Shape) -> sa.Select[Any]:
    chosen = [source for source in sources() if of.kind in (None, source.kind)]
    each = [sa.select(source.select(of).subquery()) for source in chosen]
    all_kinds = sa.union_all(*each).subquery()
    c = all_kinds.c
    an_item = sa.and_(c.claimed == Article.__tablename__, Article.id == c.id)
    holds = sa.and_(Claim.kind == c.claimed, Claim.object_id == c.id)
    return (
        sa.select(
            all_kinds,
            sa.func.coalesce(sa.func.nullif(c.title, ""), Revision.title, "").label("shown"),
            sa.func.coalesce(Revision.lead, "").label("lead"),
            Article.live_revision_id,
            Article.reviewed_revision_id,
            Article.signals,
            Kim.name.label("kim"),
            Kim.slug,
            Kelurahan.name.label("kelurahan"),
            Claim.user_id,
            Claim.since.label("claimed_at"),
            Claim.seen_at,
            Claim.version,
            User.name.label("claimant"),
        )
        .select_from(all_kinds)
        .join(Kim, Kim.id == c.kim_id)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .outerjoin(Article, an_item)
        .outerjoin(Revision, Revision.id == Article.live_revision_id)
        .outerjoin(Claim, holds)
        .outerjoin(User, User.id == Claim.user_id)
        .order_by(c.since, c.rank, c.id)
        .limit(MOST)
    )


def _waiting(row: Any, me: int | None, now: dt.datetime) -> Waiting:
    held = row.user_id is not None and claims.lasts(row.seen_at, now)
    return Waiting(
        kind=KINDS[row.rank],
        id=row.id,
        since=row.since,
        due=_due(row),
        title=row.shown,
        detail=row.detail,
        kim_id=row.kim_id,
        kim=row.kim,
        kim_slug=row.slug,
        kelurahan=row.kelurahan,
        lead=row.lead,
        revision_id=row.live_revision_id,
        changed=row.reviewed_revision_id not in (None, row.live_revision_id),
        signals=row.signals,
        claimed_by=row.user_id if held else None,
        claimant=row.claimant if held else None,
        claimed_at=row.claimed_at if held else None,
        read=row.user_id is not None and row.user_id == me and row.version == row.live_revision_id,
    )


def _due(row: Any) -> dt.datetime | None:
    """A proposal applies on the morning of its day, an answer may still be given on it."""
    if row.due_on is None:
        return row.due_at  # type: ignore[no-any-return]
    lasts = KINDS[row.rank] is Kind.ASSISTANCE
    return start_of(row.due_on + DAY if lasts else row.due_on)


def article_seen(article_id: int, now: dt.datetime) -> Article | None:
    """An article of any KIM that has been public: what the city's roles may open."""
    return db.session.scalar(
        sa.select(Article).where(
            Article.id == article_id,
            Article.live_revision_id.is_not(None),
            Article.public_at <= now,
        )
    )


def titles(article_ids: Collection[int]) -> dict[int, str]:
    """What these items are called now."""
    found = db.session.execute(
        sa.select(Article.id, Revision.title)
        .join(Revision, Revision.id == Article.live_revision_id)
        .where(Article.id.in_(article_ids))
    )
    return {row.id: row.title for row in found}


def record(kim_id: int, since: dt.datetime) -> dict[FeedState, int]:
    """What the Forum decided about a KIM's items since an instant, by where they stand now."""
    counted = db.session.execute(
        sa.select(Article.feed_state, sa.func.count().label("items"))
        .where(Article.kim_id == kim_id, Article.reviewed_at >= since)
        .group_by(Article.feed_state)
    )
    return {row.feed_state: row.items for row in counted}


@dataclass(frozen=True, slots=True)
class Alike:
    """An item that shares phrases with another."""

    id: int
    title: str
    body: str
    kim: str
    kim_slug: str
    public_at: dt.datetime


def alike(article_id: int, most: int = 3) -> list[Alike]:
    """The items of the network that share most sampled phrases with this one. One query."""
    own, theirs = aliased(Fingerprint), aliased(Fingerprint)
    shared = sa.func.count().label("shared")
    nearest = (
        sa.select(theirs.article_id, shared)
        .select_from(own)
        .join(theirs, sa.and_(theirs.hash == own.hash, theirs.article_id != own.article_id))
        .where(own.article_id == article_id)
        .group_by(theirs.article_id)
        .order_by(shared.desc(), theirs.article_id)
        .limit(most)
        .subquery()
    )
    found = db.session.execute(
        sa.select(Article.id, Revision.title, Revision.body, Kim.name, Kim.slug, Article.public_at)
        .join(nearest, nearest.c.article_id == Article.id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .join(Kim, Kim.id == Article.kim_id)
        .order_by(nearest.c.shared.desc(), Article.id)
    )
    return [Alike(*row) for row in found]
