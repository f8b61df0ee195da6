"""Complaints as the KIM, the Forum and their senders see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.clock import WIB
from kimcms.domain.complaints import Kind, Stage, State, in_time, number, stage
from kimcms.models.article import Article, Revision
from kimcms.models.complaint import Complaint, ComplaintLetter, Reply
from kimcms.models.correction import Correction
from kimcms.models.kim import Kim
from kimcms.queries.paging import Cursor, Page, beyond
from kimcms.queries.visible import is_public

PAGE = 30
# What counts as a complaint: neither held nor spam.
SHOWN = (State.OPEN, State.ANSWERED, State.DISPUTED, State.CLOSED)
CORRECTIONS = 10


@dataclass(frozen=True, slots=True)
class Line:
    """A complaint in a list: nothing of what it says."""

    id: int
    kind: Kind
    state: State
    arrived_at: dt.datetime
    due_at: dt.datetime
    answered_at: dt.datetime | None
    title: str | None  # of the item; None: about the KIM
    kim_id: int
    kim: str
    kim_slug: str

    @property
    def number(self) -> str:
        return number(self.arrived_at.astimezone(WIB).year, self.id)

    def stage(self, now: dt.datetime) -> Stage:
        return stage(self.kind, self.arrived_at, now)

    @property
    def in_time(self) -> bool:
        return in_time(self.kind, self.arrived_at, self.answered_at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a complaint asks of the Forum, as one of the things in its queue."""

    kind: str
    id: int
    kim_id: int
    since: dt.datetime
    deadline: dt.datetime
    title: str


@dataclass(frozen=True)
class Sieve:
    """Which complaints a list shows."""

    states: tuple[State, ...] = ()
    kind: Kind | None = None
    since: dt.datetime | None = None  # by arrival
    until: dt.datetime | None = None
    in_time: bool | None = None  # answered in time; False: late, or overdue at `now`

    def conditions(self, now: dt.datetime) -> list[sa.ColumnElement[bool]]:
        found: list[sa.ColumnElement[bool]] = []
        if self.states:
            found.append(Complaint.state.in_(self.states))
        if self.kind:
            found.append(Complaint.kind == self.kind)
        if self.since:
            found.append(Complaint.arrived_at >= self.since)
        if self.until:
            found.append(Complaint.arrived_at < self.until)
        if self.in_time is not None:
            found.append(in_time_at(now) if self.in_time else late_at(now))
        return found


def in_time_at(_now: dt.datetime) -> sa.ColumnElement[bool]:
    """The first answer came in time."""
    return sa.and_(Complaint.answered_at.is_not(None), Complaint.answered_at <= Complaint.due_at)


def late_at(now: dt.datetime) -> sa.ColumnElement[bool]:
    """The first answer came late, or its time is over without one."""
    return sa.and_(
        Complaint.state.not_in([State.HELD, State.SPAM]),
        sa.or_(
            Complaint.answered_at > Complaint.due_at,
            sa.and_(
                Complaint.answered_at.is_(None),
                Complaint.due_at < sa.func.coalesce(Complaint.closed_at, now),
            ),
        ),
    )


def of_kim(kim_id: int, complaint_id: int) -> Complaint | None:
    """One complaint about a KIM."""
    return db.session.scalar(
        sa.select(Complaint).where(Complaint.id == complaint_id, Complaint.kim_id == kim_id)
    )


def by_token(kim_id: int, token_hash: str) -> Complaint | None:
    """The complaint behind a status page of this KIM's host."""
    return db.session.scalar(
        sa.select(Complaint).where(Complaint.token_hash == token_hash, Complaint.kim_id == kim_id)
    )


def by_form(form_hash: str) -> Complaint | None:
    """What a form made that was sent before."""
    return db.session.scalar(sa.select(Complaint).where(Complaint.form_hash == form_hash))


def listed(
    kim_id: int | None, sieve: Sieve, now: dt.datetime, after: Cursor | None = None
) -> Page[Line]:
    """Of one KIM, or (None) of the city: what is due first stands first."""
    where: list[Any] = [*sieve.conditions(now)]
    if kim_id is not None:
        where.append(Complaint.kim_id == kim_id)
    found = db.session.execute(
        sa.select(
            Complaint.id,
            Complaint.kind,
            Complaint.state,
            Complaint.arrived_at,
            Complaint.due_at,
            Complaint.answered_at,
            Revision.title,
            Complaint.kim_id,
            Kim.name,
            Kim.slug,
        )
        .join(Kim, Kim.id == Complaint.kim_id)
        .outerjoin(Article, Article.id == Complaint.article_id)
        .outerjoin(Revision, Revision.id == Article.live_revision_id)
        .where(*where, beyond(Complaint.due_at, Complaint.id, after, oldest_first=True))
        .order_by(Complaint.due_at, Complaint.id)
        .limit(PAGE + 1)
    )
    rows = [Line(*row) for row in found]
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, Cursor(rows[-1].due_at, rows[-1].id) if more else None)


def open_of(kim_ids: Collection[int]) -> dict[int, int]:
    """How many complaints wait for an answer, by KIM."""
    found = db.session.execute(
        sa.select(Complaint.kim_id, sa.func.count())
        .where(Complaint.state == sa.literal_column("'open'"), Complaint.kim_id.in_(kim_ids))
        .group_by(Complaint.kim_id)
    )
    return dict(found.tuples().all())


def waits_for_forum(
    now: dt.datetime | sa.BindParameter[dt.datetime],
) -> sa.ColumnElement[bool]:
    """What the Forum has to see: held, disputed, overdue, and personal data from its arrival."""
    return sa.and_(
        sa.literal_column("complaint.state IN ('held', 'open', 'disputed')"),  # as its index
        sa.or_(
            Complaint.state != State.OPEN, Complaint.due_at < now, Complaint.kind == Kind.PRIVACY
        ),
    )


def waiting_rows(now: dt.datetime) -> sa.Select[Any]:
    """The same as rows of (kind, id, kim_id, since, deadline, title), for one list of all that
    waits for the Forum."""
    return (
        sa.select(
            sa.literal("complaint").label("kind"),
            Complaint.id.label("id"),
            Complaint.kim_id.label("kim_id"),
            Complaint.arrived_at.label("since"),
            Complaint.due_at.label("deadline"),
            sa.func.coalesce(Revision.title, "").label("title"),
        )
        .outerjoin(Article, Article.id == Complaint.article_id)
        .outerjoin(Revision, Revision.id == Article.live_revision_id)
        .where(waits_for_forum(now))
    )


def waiting(now: dt.datetime, limit: int = 100) -> list[Waiting]:
    """What waits for the Forum, due first."""
    rows = waiting_rows(now).order_by(Complaint.due_at, Complaint.id).limit(limit)
    return [Waiting(*row) for row in db.session.execute(rows)]


def ticking(now: dt.datetime, reminded_by: dt.timedelta, limit: int = 500) -> list[Complaint]:
    """Open ones whose half or full time may have come and was not told yet. `reminded_by` is the
    longest time between half and full."""
    return list(
        db.session.scalars(
            sa.select(Complaint)
            .where(
                Complaint.state == sa.literal_column("'open'"),
                Complaint.escalated_at.is_(None),
                Complaint.due_at <= now + reminded_by,
                sa.or_(Complaint.reminded_at.is_(None), Complaint.due_at < now),
            )
            .order_by(Complaint.due_at, Complaint.id)
            .limit(limit)
        )
    )


def reply_of(complaint_id: int) -> Reply | None:
    """The newest reply that was published for a complaint."""
    return db.session.scalar(
        sa.select(Reply)
        .where(Reply.complaint_id == complaint_id)
        .order_by(Reply.id.desc())
        .limit(1)
    )


def item(complaint: Complaint) -> Article | None:
    """The article that it is about."""
    return db.session.get(Article, complaint.article_id) if complaint.article_id else None


def seen_item(complaint: Complaint, now: dt.datetime) -> tuple[str, str] | None:
    """Title and slug of the article while readers may see it."""
    if complaint.article_id is None:
        return None
    row = db.session.execute(
        sa.select(Revision.title, Article.slug)
        .select_from(Article)
        .join(Kim, Kim.id == Article.kim_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .where(Article.id == complaint.article_id, is_public(now))
    ).first()
    return (row[0], row[1]) if row else None


def corrections_of(article_id: int) -> list[Correction]:
    """The newest corrections of an item: one of them may be the answer."""
    return list(
        db.session.scalars(
            sa.select(Correction)
            .where(Correction.article_id == article_id)
            .order_by(Correction.at.desc(), Correction.id.desc())
            .limit(CORRECTIONS)
        )
    )


def letters_due(now: dt.datetime, limit: int = 50) -> list[tuple[ComplaintLetter, Complaint, Kim]]:
    """Letters to senders that wait, oldest first."""
    rows = db.session.execute(
        sa.select(ComplaintLetter, Complaint, Kim)
        .join(Complaint, Complaint.id == ComplaintLetter.complaint_id)
        .join(Kim, Kim.id == Complaint.kim_id)
        .where(
            ComplaintLetter.mailed_at.is_(None),
            sa.or_(ComplaintLetter.mail_after.is_(None), ComplaintLetter.mail_after <= now),
        )
        .order_by(ComplaintLetter.id)
        .limit(limit)
    )
    return [(letter, complaint, kim) for letter, complaint, kim in rows]


def silent(before: dt.datetime, limit: int = 200) -> list[Complaint]:
    """Answered ones to whose answer nobody has said anything since."""
    return list(
        db.session.scalars(
            sa.select(Complaint)
            .where(Complaint.state == State.ANSWERED, Complaint.replied_at <= before)
            .order_by(Complaint.id)
            .limit(limit)
        )
    )


def erasable(before: dt.datetime, limit: int = 200) -> list[Complaint]:
    """Those that ended before and still name their sender."""
    return list(
        db.session.scalars(
            sa.select(Complaint)
            .where(Complaint.closed_at <= before, Complaint.erased_at.is_(None))
            .order_by(Complaint.id)
            .limit(limit)
        )
    )
