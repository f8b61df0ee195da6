"""Cases of assistance, as the KIM reads its own and the Forum works on those of all."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.assistance import INNER, Deed, Difficulty, Phase
from kimcms.domain.clock import day_of
from kimcms.models.account import User
from kimcms.models.assistance import Assistance, AssistanceEntry
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries.paging import Cursor, Page, beyond

PAGE = 30
# Before all days on which a case can be due: a case without a next date comes first.
_NO_DAY = dt.date(1970, 1, 1)
_OPEN = Assistance.phase != Phase.CLOSED


class Shelf(StrEnum):
    """The Forum's lists."""

    MINE = "mine"
    OVERDUE = "overdue"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Line:
    """One case with the KIM that it is of and the name of its owner."""

    case: Assistance
    kim: str
    kim_slug: str
    kelurahan: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed with the name of who did it."""

    entry: AssistanceEntry
    by: str | None


def of_kim(kim_id: int, case_id: int) -> Assistance | None:
    """One case of a KIM."""
    return db.session.scalar(
        sa.select(Assistance).where(Assistance.id == case_id, Assistance.kim_id == kim_id)
    )


def told_by(case_id: int) -> tuple[Assistance, Kim] | None:
    """A case of any KIM, as the city's roles may open it."""
    row = db.session.execute(
        sa.select(Assistance, Kim).join(Kim, Kim.id == Assistance.kim_id).where(_is(case_id))
    ).first()
    return (row[0], row[1]) if row else None


def line(case_id: int) -> Line:
    """One case as its page shows it."""
    return Line(*db.session.execute(_lines().where(_is(case_id))).one())


def lines(kim_id: int, after: Cursor | None = None) -> Page[Line]:
    """All cases of a KIM, the newest first. One query."""
    found = _lines().where(
        Assistance.kim_id == kim_id, beyond(Assistance.opened_at, Assistance.id, after)
    )
    order = (Assistance.opened_at.desc(), Assistance.id.desc())
    return _page(found.order_by(*order), lambda case: case.opened_at)


def shelf(
    which: Shelf,
    now: dt.datetime,
    not_of: Collection[int] = (),
    owner_id: int | None = None,
    after: Cursor | None = None,
) -> Page[Line]:
    """One of the Forum's lists: open cases by their next date, closed ones newest first.

    `not_of` leaves KIMs out, `owner_id` shows one person's. One query.
    """
    found = _lines().where(Assistance.kim_id.not_in(not_of), Kim.closed_at.is_(None))
    if owner_id is not None:
        found = found.where(Assistance.owner_id == owner_id)
    if which is Shelf.CLOSED:
        at = Assistance.closed_at
        found = found.where(at.is_not(None), beyond(at, Assistance.id, after))
        return _page(found.order_by(at.desc(), Assistance.id.desc()), lambda case: case.closed_at)
    due = sa.func.coalesce(Assistance.next_on, _NO_DAY)
    found = found.where(_OPEN)
    if which is Shelf.OVERDUE:
        found = found.where(late(day_of(now)))
    if after is not None:
        here = sa.tuple_(sa.literal(after.at.date()), sa.literal(after.id))
        found = found.where(sa.tuple_(due, Assistance.id) > here)
    return _page(found.order_by(due, Assistance.id), _due_at)


def late(today: dt.date) -> sa.ColumnElement[bool]:
    """The twin of `domain.assistance.overdue`."""
    passed = sa.or_(Assistance.next_on.is_(None), Assistance.next_on < today)
    return sa.and_(_OPEN, passed)


def entries(case_id: int, *, inner: bool, before: Cursor | None = None) -> Page[Entry]:
    """What was done, in the order of time: the newest, or those before a cursor. `inner` adds
    what only the Forum reads. One query."""
    at = AssistanceEntry.made_at
    found = (
        sa.select(AssistanceEntry, User.name)
        .outerjoin(User, User.id == AssistanceEntry.made_by)
        .where(AssistanceEntry.assistance_id == case_id, beyond(at, AssistanceEntry.id, before))
    )
    if not inner:
        found = found.where(AssistanceEntry.deed.not_in(INNER))
    newest = found.order_by(at.desc(), AssistanceEntry.id.desc()).limit(PAGE + 1)
    rows = [Entry(*row) for row in db.session.execute(newest)]
    more = len(rows) > PAGE
    last = rows[PAGE - 1].entry if more else None
    return Page(rows[:PAGE][::-1], Cursor(last.made_at, last.id) if last else None)


def visit(case_id: int) -> AssistanceEntry | None:
    """The plan that holds: the newest one."""
    return db.session.scalar(
        sa.select(AssistanceEntry)
        .where(AssistanceEntry.assistance_id == case_id, AssistanceEntry.deed == Deed.PLAN)
        .order_by(AssistanceEntry.id.desc())
        .limit(1)
    )


def running() -> dict[int, int]:
    """The newest open case of each KIM that has one, by KIM."""
    rows = db.session.execute(
        sa.select(Assistance.kim_id, sa.func.max(Assistance.id))
        .where(_OPEN)
        .group_by(Assistance.kim_id)
    )
    return dict(rows.tuples().all())


def open_cases(kim_id: int) -> int:
    """How many cases of a KIM are open."""
    count = sa.select(sa.func.count()).where(Assistance.kim_id == kim_id, _OPEN)
    return db.session.scalar(count) or 0


def at_hand(user_id: int, leads: Collection[int], now: dt.datetime) -> list[Line]:
    """What waits for one person: own cases whose date is here or gone, and those of the KIMs in
    `leads` that wait for the KIM's word. One query."""
    due = sa.or_(Assistance.next_on.is_(None), Assistance.next_on <= day_of(now))
    found = _lines().where(
        Kim.closed_at.is_(None),
        sa.or_(
            sa.and_(Assistance.owner_id == user_id, _OPEN, due),
            sa.and_(Assistance.kim_id.in_(leads), Assistance.phase == Phase.ASKED),
        ),
    )
    order = (sa.func.coalesce(Assistance.next_on, _NO_DAY), Assistance.id)
    return [Line(*row) for row in db.session.execute(found.order_by(*order).limit(PAGE))]


def due(now: dt.datetime) -> list[tuple[Assistance, Kim]]:
    """Open cases whose next date is here or gone, and whose owner was not reminded of it."""
    rows = db.session.execute(
        sa.select(Assistance, Kim)
        .join(Kim, Kim.id == Assistance.kim_id)
        .where(
            _OPEN,
            Assistance.next_on <= day_of(now),
            Assistance.reminded_on.is_distinct_from(Assistance.next_on),
            Kim.closed_at.is_(None),
        )
        .order_by(Assistance.id)
    )
    return [(row[0], row[1]) for row in rows]


@dataclass
class Sum:
    """Numbers of one moderator, of those without an owner, or of one difficulty."""

    open: int = 0
    overdue: int = 0
    closed: int = 0
    median_days: float | None = None  # from the first words to the end, of the closed ones


@dataclass(frozen=True)
class Overview:
    """What is open now, and what was closed in a span of time."""

    by_owner: dict[int | None, Sum]
    by_difficulty: dict[Difficulty, Sum]
    all: Sum
    names: dict[int, str]


def overview(since: dt.datetime, now: dt.datetime) -> Overview:
    """By moderator and by difficulty, with three queries. The median is taken in Python, which both
    databases would count differently: of the cases that a quarter closes."""
    owners: dict[int | None, Sum] = defaultdict(Sum)
    kinds: dict[Difficulty, Sum] = {about: Sum() for about in Difficulty}
    city = Sum()
    key = (Assistance.owner_id, Assistance.about)
    is_late = sa.func.sum(sa.case((late(day_of(now)), 1), else_=0))
    for owner, about, count, behind in db.session.execute(
        sa.select(*key, sa.func.count(), is_late)
        .join(Kim, Kim.id == Assistance.kim_id)
        .where(_OPEN, Kim.closed_at.is_(None))
        .group_by(*key)
    ):
        for each in (owners[owner], kinds[about], city):
            each.open += count
            each.overdue += behind
    spans: dict[int, list[float]] = defaultdict(list)
    sums: dict[int, Sum] = {}
    for owner, about, opened_at, closed_at in db.session.execute(
        sa.select(*key, Assistance.opened_at, Assistance.closed_at)
        .join(Kim, Kim.id == Assistance.kim_id)
        .where(Assistance.closed_at >= since, Kim.closed_at.is_(None))
    ):
        for each in (owners[owner], kinds[about], city):
            each.closed += 1
            sums[id(each)] = each
            spans[id(each)].append((closed_at - opened_at) / dt.timedelta(days=1))
    for number, each in sums.items():
        each.median_days = statistics.median(spans[number])
    wanted = [owner for owner in owners if owner is not None]
    names = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(wanted)))
    return Overview(dict(owners), kinds, city, {row.id: row.name for row in names})


def _is(case_id: int) -> sa.ColumnElement[bool]:
    return Assistance.id == case_id


def _lines() -> sa.Select[Any]:
    return (
        sa.select(Assistance, Kim.name, Kim.slug, Kelurahan.name, User.name)
        .join(Kim, Kim.id == Assistance.kim_id)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .outerjoin(User, User.id == Assistance.owner_id)
    )


def _due_at(case: Assistance) -> dt.datetime:
    return dt.datetime.combine(case.next_on or _NO_DAY, dt.time(), dt.UTC)


def _page(ordered: sa.Select[Any], at: Any) -> Page[Line]:
    rows = [Line(*row) for row in db.session.execute(ordered.limit(PAGE + 1))]
    more = len(rows) > PAGE
    last = rows[PAGE - 1].case if more else None
    return Page(rows[:PAGE], Cursor(at(last), last.id) if last else None)
