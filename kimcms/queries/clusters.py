"""The tracker's ledger and results, read for all KIMs with the same handful of queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain import ledger as facts
from kimcms.domain.assessments import Assessment as Result
from kimcms.domain.assessments import from_json
from kimcms.domain.clock import WEEK, day_of, monday_of, months_before, start_of
from kimcms.domain.clusters import ACTING, Forecast, forecast
from kimcms.domain.ledger import EvidenceReturned, EvidenceSubmitted, EvidenceVerified
from kimcms.domain.policy import Policy, Timeline
from kimcms.domain.publishing import credited_weeks, rest_weeks
from kimcms.domain.standing import State
from kimcms.models.cluster import Assessment, Evaluation, LedgerEntry, PolicyVersion, Standing
from kimcms.models.kelurahan import Kecamatan, Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries import kims

CHUNK = 1000  # KIMs whose ledgers are held in memory at a time

_PROOFS = [cls.KIND for cls in (EvidenceSubmitted, EvidenceVerified, EvidenceReturned)]


@dataclass(frozen=True, slots=True)
class Held:
    """Where a KIM stands as it is stored; `result` is its newest one, as canonical JSON."""

    standing: str
    since: dt.date
    state: dict[str, Any]
    result: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """What a KIM sees: its newest result, where it stands today, and what comes. `this_week` is
    the article that fills the running week, which the next evaluation will see."""

    standing: str
    since: dt.date
    state: State
    result: Result | None
    forecast: Forecast | None
    this_week: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A KIM on the Forum's board."""

    kim: str
    kim_slug: str
    kelurahan: str
    kecamatan: str
    standing: str
    since: dt.date
    result: Result | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The city at a glance: all kelurahan with their state, and how many KIMs stand where."""

    places: list[kims.Place]
    counts: dict[str, int]
    judged_on: dt.date | None

    @property
    def named(self) -> list[kims.Place]:
        """The KIMs of cluster 1, which public pages name."""
        return [place for place in self.places if place.standing == "1"]


def rules() -> Timeline:
    """The policy of the start and those switched on later."""
    rows = db.session.scalars(sa.select(PolicyVersion).order_by(PolicyVersion.in_force_from)).all()
    if not rows:
        return Timeline(Policy())
    first, *later = (Policy.from_dict(row.numbers) for row in rows)
    starts = [row.in_force_from for row in rows[1:]]
    return Timeline(first, tuple(zip(starts, later, strict=True)))


def policy_in_force(at: dt.datetime) -> Policy:
    """The numbers that hold at an instant."""
    return rules().on(day_of(at))


_ENTRY = (
    *(LedgerEntry.id, LedgerEntry.kim_id, LedgerEntry.recorded_at),
    *(LedgerEntry.kind, LedgerEntry.data),
)


def chunks() -> Iterator[list[int]]:
    """The ids of all KIMs, rising, so many at a time as the tracker holds in memory."""
    ids = list(db.session.scalars(sa.select(Kim.id).order_by(Kim.id)))
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def ledgers(kim_ids: Iterable[int] | None = None) -> dict[int, facts.Ledger]:
    """The whole ledgers of these KIMs, or of all; the city's rest weeks stand in each. One
    query."""
    statement = sa.select(*_ENTRY)
    wanted = list(kim_ids) if kim_ids is not None else None
    if wanted is not None:
        statement = statement.where(
            sa.or_(LedgerEntry.kim_id.in_(wanted), LedgerEntry.kim_id.is_(None))
        )
    return _by_kim(wanted or (), statement)


def acting(kim_ids: Collection[int]) -> dict[int, facts.Ledger]:
    """What moves these KIMs between the evaluations: all that the daily step looks at. One
    query."""
    return _by_kim(
        kim_ids,
        sa.select(*_ENTRY).where(
            LedgerEntry.kim_id.in_(kim_ids),
            LedgerEntry.public_at.is_(None),
            LedgerEntry.kind.in_([cls.KIND for cls in ACTING]),
        ),
    )


def windows(rules: Timeline, kim_ids: Collection[int], monday: dt.date) -> dict[int, facts.Ledger]:
    """What the evaluation of a Monday needs of these KIMs' ledgers, as `Ledger` says it: it gives
    what it gives on the whole of them. Three queries, and what they read does not grow with the
    years, but for decrees and what became of publications."""
    proof_since = start_of(months_before(monday, _proof_months(rules, monday)))
    lasting = _by_kim(
        kim_ids,
        *(
            sa.select(*_ENTRY).where(where, LedgerEntry.public_at.is_(None))
            for where in (LedgerEntry.kim_id.in_(kim_ids), LedgerEntry.kim_id.is_(None))
        ),
        without=sa.and_(
            LedgerEntry.kind.in_(_PROOFS),
            LedgerEntry.recorded_at < proof_since,
        ),
    )
    resting = frozenset[dt.date]().union(*map(rest_weeks, lasting.values()))
    since = start_of(_window_start(rules, monday, resting))
    publications = _by_kim(
        kim_ids,
        sa.select(*_ENTRY).where(
            LedgerEntry.kim_id.in_(kim_ids),
            LedgerEntry.public_at >= since,
        ),
    )
    return {
        kim_id: facts.Ledger((*own.entries, *publications[kim_id].entries))
        for kim_id, own in lasting.items()
    }


def _window_start(rules: Timeline, monday: dt.date, resting: frozenset[dt.date]) -> dt.date:
    """The oldest Monday that a window can reach in which all of these weeks are skipped."""
    boxes = max(rules.on(monday).window_weeks, *(p.window_weeks for _, p in rules.later), 0)
    while boxes:
        monday -= WEEK
        boxes -= monday not in resting
    return monday


def _proof_months(rules: Timeline, monday: dt.date) -> int:
    """How far back proof was recorded that may count: last year's programme, or what the policy
    asks for; and a year more, since an invitation is recorded before its day."""
    p = rules.on(monday)
    return max(24, p.board_months, p.meeting_months, p.report_months, p.invitation_months) + 13


def _by_kim(
    kim_ids: Iterable[int],
    *statements: sa.Select[Any],
    without: sa.ColumnElement[bool] | None = None,
) -> dict[int, facts.Ledger]:
    own: dict[int, list[facts.Entry]] = {kim_id: [] for kim_id in kim_ids}
    city: list[facts.Entry] = []
    for statement in statements:
        if without is not None:
            statement = statement.where(sa.not_(without))
        # By the connection: the session's own way of reading columns costs a tenth of a run.
        for id_, kim_id, recorded_at, kind, data in db.session.connection().execute(statement):
            entry = facts.entry_from_row(id_, recorded_at, kind, data)
            (city if kim_id is None else own.setdefault(kim_id, [])).append(entry)
    return {kim_id: facts.Ledger((*entries, *city)) for kim_id, entries in own.items()}


def states(kim_ids: Collection[int] | None = None) -> dict[int, State]:
    """Where these KIMs (or all) stand, as the next step of the rule starts from it."""
    statement = sa.select(Standing.kim_id, Standing.state)
    if kim_ids is not None:
        statement = statement.where(Standing.kim_id.in_(kim_ids))
    return {kim_id: State.from_dict(state) for kim_id, state in db.session.execute(statement)}


def held(kim_ids: Collection[int]) -> dict[int, Held]:
    """Where these KIMs stand, with their newest stored result. One query."""
    rows = db.session.execute(
        sa.select(
            Standing.kim_id, Standing.standing, Standing.since, Standing.state, Assessment.result
        )
        .outerjoin(Assessment, Assessment.id == Standing.assessment_id)
        .where(Standing.kim_id.in_(kim_ids))
    )
    return {row[0]: Held(*row[1:]) for row in rows}


_LAST_EVALUATION = sa.select(sa.func.max(Evaluation.monday))


def last_evaluation() -> dt.date | None:
    """The newest Monday that was evaluated."""
    return db.session.scalar(_LAST_EVALUATION)


def card(kim_id: int, now: dt.datetime | None = None) -> Card | None:
    """A KIM's card; with `now` also the forecast, which runs the rule forward."""
    return cards([kim_id], now).get(kim_id)


def cards(kim_ids: Collection[int], now: dt.datetime | None = None) -> dict[int, Card]:
    """The cards of these KIMs, where the rule has seen them. At most three queries."""
    stored = held(kim_ids)
    if now is None or not stored:
        return {kim_id: _card(row) for kim_id, row in stored.items()}
    timeline, entries = rules(), ledgers(stored)
    monday = monday_of(day_of(now))
    found = {}
    for kim_id, row in stored.items():
        own, bare = entries[kim_id], _card(row)
        running = credited_weeks(timeline.on(monday), own, now, monday).get(monday)
        found[kim_id] = replace(
            bare,
            forecast=forecast(timeline, own, bare.state),
            this_week=running.first.article_id if running else None,
        )
    return found


def _card(row: Held) -> Card:
    result = from_json(row.result) if row.result else None
    return Card(row.standing, row.since, State.from_dict(row.state), result, None)


def board() -> list[Row]:
    """All open KIMs with their newest result, by standing and name."""
    rows = db.session.execute(
        sa.select(
            Kim.name,
            Kim.slug,
            Kelurahan.name,
            Kecamatan.name,
            Standing.standing,
            Standing.since,
            Assessment.result,
        )
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
        .join(Standing, Standing.kim_id == Kim.id)
        .outerjoin(Assessment, Assessment.id == Standing.assessment_id)
        .where(Kim.closed_at.is_(None))
        .order_by(Standing.standing, Kim.name)
    )
    return [
        Row(row[0], row[1], row[2], row[3], row[4], row[5], from_json(row[6]) if row[6] else None)
        for row in rows
    ]


def picture() -> Picture:
    """What the public sees of the clusters. Two queries."""
    places = kims.directory()
    counts = Counter(place.standing for place in places if place.standing)
    return Picture(places, dict(counts), last_evaluation())
