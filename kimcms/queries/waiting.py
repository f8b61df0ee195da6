"""Where things wait for the Forum, kind by kind: what `queries/review.py` makes one list of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kimcms.db import UtcDateTime
from kimcms.domain.cases import CaseKind
from kimcms.domain.clock import day_of
from kimcms.domain.draft import TITLE_LONGEST
from kimcms.domain.ledger import Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Role
from kimcms.domain.waiting import Kind
from kimcms.domain.workflow import FeedState
from kimcms.models.account import Membership
from kimcms.models.appeal import Appeal
from kimcms.models.article import Article, Revision
from kimcms.models.assistance import Assistance
from kimcms.models.claim import Claim
from kimcms.models.cluster import ClusterCase
from kimcms.models.complaint import Complaint
from kimcms.models.evidence import Evidence
from kimcms.models.kim import Kim
from kimcms.models.vouch import Vouch
from kimcms.queries import claims
from kimcms.queries.accounts import in_force
from kimcms.queries.complaints import waits_for_forum
from kimcms.queries.paging import Cursor
from kimcms.queries.visible import is_public

_NOTHING: Any = sa.literal("")
_NO_INSTANT: Any = sa.cast(sa.null(), UtcDateTime)
_NO_DAY: Any = sa.cast(sa.null(), sa.Date)


@dataclass(frozen=True)
class Place:
    """A place in the queue, which is ordered by instant, kind and id."""

    at: dt.datetime
    kind: Kind
    id: int

    def __str__(self) -> str:
        return f"{self.kind.rank:x}.{Cursor(self.at, self.id)}"

    @classmethod
    def read(cls, text: str | None) -> Place | None:
        """The place in an address; raises `Refused("bad_cursor")` for anything that is none."""
        if not text:
            return None
        rank, _, rest = text.partition(".")
        cursor = Cursor.read(rest)
        if cursor is None or rank not in _BY_RANK:
            raise Refused("bad_cursor")
        return cls(cursor.at, _BY_RANK[rank], cursor.id)


_BY_RANK = {f"{kind.rank:x}": kind for kind in Kind}


@dataclass(frozen=True)
class Asked:
    """What to leave out. `me` is the person who asks: what they may not be the one to decide is
    not theirs to see, and what they have read is marked."""

    kind: Kind | None = None
    kim_id: int | None = None
    overdue: bool = False
    mine: bool = False  # claimed by me
    me: int | None = None


EVERYTHING = Asked()


@dataclass(frozen=True)
class Source:
    """Where things of one kind wait. Its index gives them in the order of the queue, so that a
    page reads as many rows as it shows, whatever waits."""

    kind: Kind
    since: Any
    id: Any
    kim_id: Any
    where: tuple[Any, ...]  # `Kim` is joined
    claimed: str  # the table under which it is claimed
    title: Any = _NOTHING
    detail: Any = _NOTHING
    due_at: Any = _NO_INSTANT
    due_on: Any = _NO_DAY

    def select(
        self,
        asked: Asked,
        now: dt.datetime,
        not_of: tuple[int, ...],
        after: Place | None,
        limit: int,
    ) -> Any:
        """The rows of this kind after a place."""
        where = [*self.where, self.kim_id.not_in(not_of), self._beyond(after)]
        if asked.kim_id is not None:
            where.append(self.kim_id == asked.kim_id)
        if asked.overdue:
            where.append(sa.or_(self.due_at < now, self.due_on < day_of(now)))
        if asked.mine:
            held = sa.select(Claim.object_id).where(
                Claim.user_id == asked.me, Claim.kind == self.claimed, claims.live(now)
            )
            where.append(self.id.in_(held))
        return (
            sa.select(
                sa.literal(self.kind.rank).label("rank"),
                self.id.label("id"),
                self.kim_id.label("kim_id"),
                self.since.label("since"),
                self.due_at.label("due_at"),
                self.due_on.label("due_on"),
                sa.literal(self.claimed).label("claimed"),
                self.title.label("title"),
                self.detail.label("detail"),
            )
            .join(Kim, Kim.id == self.kim_id)
            .where(*where)
            .order_by(self.since, self.id)
            .limit(limit)
        )

    def _beyond(self, after: Place | None) -> Any:
        """The rows after a place, as a bound of the index."""
        if after is None:
            return sa.true()
        at = sa.literal(after.at, UtcDateTime())
        if self.kind.rank > after.kind.rank:
            return self.since >= at
        if self.kind.rank < after.kind.rank:
            return self.since > at
        return sa.tuple_(self.since, self.id) > sa.tuple_(at, sa.literal(after.id))


def sources(asked: Asked, now: dt.datetime) -> list[Source]:
    """All kinds, each with what it is found by."""
    return [
        *_items(asked, now),
        _evidence(),
        *_cases(asked),
        _complaints(now),
        _assistance(asked),
        _seconds(),
    ]


def _items(asked: Asked, now: dt.datetime) -> list[Source]:
    pending = Article.feed_state == sa.literal_column(f"'{FeedState.PENDING.value}'")
    item: dict[str, Any] = {
        "id": Article.id,
        "kim_id": Article.kim_id,
        "claimed": Article.__tablename__,
    }
    appealed = sa.exists().where(Appeal.article_id == Article.id, Appeal.answered_at.is_(None))
    shown = is_public(now)
    waits = sa.exists().where(Article.id == Appeal.article_id, pending, shown)
    return [
        Source(
            Kind.OFFERED,
            since=Article.offered_at,
            # The bound on the order's own column leads SQLite to the index of the order.
            where=(pending, Article.offered_at <= now, shown, ~appealed.correlate(Article)),
            **item,
        ),
        Source(
            Kind.UNREAD,
            since=Article.unread_since,
            where=(Article.unread_since.is_not(None), Article.unread_since <= now, shown),
            **item,
        ),
        Source(
            Kind.APPEAL,
            since=Appeal.made_at,
            id=Appeal.article_id,
            kim_id=Appeal.kim_id,
            where=(
                Appeal.answered_at.is_(None),
                Appeal.decided_by.is_distinct_from(asked.me),
                waits.correlate(Appeal, Kim),
            ),
            claimed=Article.__tablename__,
        ),
    ]


def _evidence() -> Source:
    return Source(
        Kind.EVIDENCE,
        since=Evidence.submitted_at,
        id=Evidence.id,
        kim_id=Evidence.kim_id,
        where=(
            Evidence.verified_at.is_(None),
            Evidence.returned_at.is_(None),
            Evidence.kind != sa.literal_column(f"'{Proof.INVITATION.value}'"),
            Kim.closed_at.is_(None),
        ),
        claimed=Evidence.__tablename__,
        title=Evidence.title,
        detail=Evidence.kind,
    )


def _cases(asked: Asked) -> list[Source]:
    case = ClusterCase
    shared: dict[str, Any] = {
        "since": case.opened_at,
        "id": case.id,
        "kim_id": case.kim_id,
        "claimed": case.__tablename__,
        "detail": case.kind,
    }
    is_open = (case.answer.is_(None), Kim.closed_at.is_(None))
    # Who proposed an override is not the second person who approves it.
    for_me = sa.or_(case.kind != CaseKind.OVERRIDE.value, case.opened_by.is_distinct_from(asked.me))
    return [
        Source(
            Kind.PROPOSAL,
            where=(*is_open, case.kind != CaseKind.OBJECTION.value, for_me),
            title=sa.func.coalesce(case.to_standing, ""),
            due_on=case.due_on,
            **shared,
        ),
        Source(
            Kind.OBJECTION,
            where=(*is_open, case.kind == CaseKind.OBJECTION.value),
            title=case.from_standing,
            **shared,
        ),
    ]


def _complaints(now: dt.datetime) -> Source:
    item = (
        sa.select(Revision.title)
        .join(Article, Article.live_revision_id == Revision.id)
        .where(Article.id == Complaint.article_id)
        .correlate(Complaint)
        .scalar_subquery()
    )
    return Source(
        Kind.COMPLAINT,
        since=Complaint.arrived_at,
        id=Complaint.id,
        kim_id=Complaint.kim_id,
        where=(waits_for_forum(now),),
        claimed=Complaint.__tablename__,
        title=sa.func.coalesce(item, ""),
        detail=sa.cast(Complaint.kind, sa.String),
        due_at=Complaint.due_at,
    )


def _assistance(asked: Asked) -> Source:
    """What has an owner waits for that one alone."""
    case = Assistance
    return Source(
        Kind.ASSISTANCE,
        since=case.waits_since,
        id=case.id,
        kim_id=case.kim_id,
        where=(
            case.waits_since.is_not(None),
            sa.or_(case.owner_id.is_(None), case.owner_id == asked.me),
            Kim.closed_at.is_(None),
        ),
        claimed=case.__tablename__,
        title=sa.func.substr(case.words, 1, TITLE_LONGEST),
        detail=sa.cast(case.about, sa.String),
        due_on=case.next_on,
    )


def _seconds() -> Source:
    """Where the KIM has no other editor who could be the second person."""
    wants = sa.exists().where(
        Article.id == Vouch.article_id,
        Article.newest_revision_id == Vouch.revision_id,
        Article.live_revision_id.is_distinct_from(Vouch.revision_id),
    )
    editor = sa.exists().where(
        Membership.kim_id == Vouch.kim_id,
        Membership.role.in_([Role.EDITOR, Role.HEAD]),
        in_force(None),
    )
    title = (
        sa.select(Revision.title)
        .where(Revision.id == Vouch.revision_id)
        .correlate(Vouch)
        .scalar_subquery()
    )
    return Source(
        Kind.SECOND,
        since=Vouch.made_at,
        id=Vouch.article_id,
        kim_id=Vouch.kim_id,
        where=(
            wants.correlate(Vouch),
            editor.where(Membership.user_id == Vouch.made_by).correlate(Vouch),
            ~editor.where(Membership.user_id != Vouch.made_by).correlate(Vouch),
            Kim.closed_at.is_(None),
        ),
        claimed=Article.__tablename__,
        title=title,
    )
