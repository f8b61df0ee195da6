"""Decrees as the KIM, the Forum and Diskominfo look at them."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from kimcms.db import db
from kimcms.domain import decrees as rule
from kimcms.domain import ledger as facts
from kimcms.domain.clock import day_of
from kimcms.domain.ledger import DecreeVerified, Ledger, RenewalRefused, RenewalRequested
from kimcms.domain.policy import Policy
from kimcms.models.cluster import LedgerEntry
from kimcms.models.decree import Decree
from kimcms.models.event import Event
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries.clusters import policy_in_force

_KINDS = (DecreeVerified.KIND, RenewalRequested.KIND, RenewalRefused.KIND)
_TURNS = ("decree.enter", "decree.correct", "decree.return")


class Paper(enum.StrEnum):
    """Where one decree of a KIM stands on its way."""

    ENTERED = "entered"  # Diskominfo has to look at it
    RETURNED = "returned"  # it asked for a correction
    CURRENT = "current"  # S is read from it
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Line:
    """One decree with its state; `why` is what Diskominfo said where it was returned."""

    decree: Decree
    paper: Paper
    why: str = ""


@dataclass(frozen=True)
class Shelf:
    """All decrees of a KIM, newest start first, and what the rule reads from them today."""

    lines: list[Line]
    today: rule.Decree
    ahead: tuple[tuple[dt.date, rule.DecreeStatus], ...]
    may_request: bool
    requested: bool
    request_from: dt.date | None

    @property
    def current(self) -> Line | None:
        return next((line for line in self.lines if line.paper is Paper.CURRENT), None)

    def line(self, decree_id: int) -> Line:
        return next(line for line in self.lines if line.decree.id == decree_id)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What Diskominfo has to answer: a decree to verify, or a request for renewal."""

    kim: Kim
    decree: Decree


def decree(kim_id: int, decree_id: int) -> Decree | None:
    return db.session.scalar(
        sa.select(Decree).where(Decree.id == decree_id, Decree.kim_id == kim_id)
    )


def shelf(kim_id: int, now: dt.datetime) -> Shelf:
    """A KIM's decrees. Four queries, however many there are."""
    policy, day = policy_in_force(now), day_of(now)
    ledger = ledgers([kim_id])[kim_id]
    read = rule.read(policy, ledger, day)
    returned = _returned(kim_id)
    rows = db.session.scalars(
        sa.select(Decree)
        .where(Decree.kim_id == kim_id)
        .order_by(Decree.starts_on.desc(), Decree.id.desc())
    )
    lines = [_line(row, read.decree_id, returned) for row in rows]
    early = dt.timedelta(days=policy.ending_soon_days)
    return Shelf(
        lines=lines,
        today=read,
        ahead=rule.upcoming(policy, ledger, day),
        may_request=rule.may_request(policy, ledger, day),
        requested=rule.requested(policy, ledger),
        request_from=read.end - early if read.end else None,
    )


def _line(row: Decree, current: int | None, returned: dict[int, str]) -> Line:
    if row.verified_at is not None:
        return Line(row, Paper.CURRENT if row.id == current else Paper.REPLACED)
    why = returned.get(row.id)
    return Line(row, Paper.ENTERED) if why is None else Line(row, Paper.RETURNED, why)


def _returned(kim_id: int) -> dict[int, str]:
    """Why each decree whose newest turn is a return was returned."""
    turns = db.session.execute(
        sa.select(Event.object_id, Event.verb, Event.reason)
        .where(Event.kim_id == kim_id, Event.object_type == "decree", Event.verb.in_(_TURNS))
        .order_by(Event.id)
    )
    newest = {object_id: (verb, reason) for object_id, verb, reason in turns}
    return {key: reason for key, (verb, reason) in newest.items() if verb == "decree.return"}


def ledgers(kim_ids: Iterable[int] | None = None) -> dict[int, Ledger]:
    """The decree entries of these KIMs' ledgers, or of all: all that S is read from. One query."""
    statement = sa.select(LedgerEntry).where(LedgerEntry.kind.in_(_KINDS))
    wanted = list(kim_ids) if kim_ids is not None else None
    if wanted is not None:
        statement = statement.where(LedgerEntry.kim_id.in_(wanted))
    found: dict[int, list[facts.Entry]] = {kim_id: [] for kim_id in wanted or ()}
    for row in db.session.scalars(statement):
        if row.kim_id is not None:
            entry = facts.entry_from_row(row.id, row.recorded_at, row.kind, row.data)
            found.setdefault(row.kim_id, []).append(entry)
    return {kim_id: Ledger(tuple(entries)) for kim_id, entries in found.items()}


def to_verify() -> list[Waiting]:
    """Decrees of open KIMs that Diskominfo has to look at, oldest first. Two queries."""
    found = _with_kim(Decree.verified_at.is_(None))
    ids = [waiting.decree.id for waiting in found]
    turns = db.session.execute(
        sa.select(Event.object_id, Event.verb)
        .where(
            Event.object_type == "decree",
            Event.object_id.in_(ids),
            Event.verb.in_(_TURNS),
        )
        .order_by(Event.id)
    )
    newest = {row.object_id: row.verb for row in turns}
    return [w for w in found if newest.get(w.decree.id) != "decree.return"]


def to_renew(now: dt.datetime) -> list[Waiting]:
    """Requests for renewal without an answer, by the end of the decree. Three queries."""
    found = _with_kim(
        Decree.verified_at.is_not(None),
        Decree.renewal_requested_at.is_not(None),
        sa.or_(
            Decree.renewal_refused_at.is_(None),
            Decree.renewal_refused_at <= Decree.renewal_requested_at,
        ),
    )
    policy, known = policy_in_force(now), ledgers([w.kim.id for w in found])
    # Only the decree in force can be renewed: a verified newer one was the yes.
    return sorted(
        (w for w in found if _asked(policy, known[w.kim.id], w, now)),
        key=lambda w: w.decree.ends_on,
    )


def _asked(policy: Policy, ledger: Ledger, w: Waiting, now: dt.datetime) -> bool:
    read = rule.read(policy, ledger, day_of(now))
    return read.decree_id == w.decree.id and rule.requested(policy, ledger)


def _with_kim(*where: sa.ColumnElement[bool]) -> list[Waiting]:
    rows = db.session.execute(
        sa.select(Kim, Decree)
        .join(Decree, Decree.kim_id == Kim.id)
        .where(Kim.closed_at.is_(None), *where)
        .options(joinedload(Kim.kelurahan).joinedload(Kelurahan.kecamatan))
        .order_by(Decree.entered_at, Decree.id)
    )
    return [Waiting(kim, row) for kim, row in rows]


def running_kims() -> dict[int, Kim]:
    """All KIMs that were not closed, by id."""
    return {
        kim.id: kim for kim in db.session.scalars(sa.select(Kim).where(Kim.closed_at.is_(None)))
    }
