"""The tracker's ledger and results, read for all KIMs with the same handful of queries."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain import ledger as facts
from kimcms.domain.assessments import Assessment as Result
from kimcms.domain.assessments import from_json
from kimcms.domain.clock import day_of, monday_of
from kimcms.domain.clusters import Forecast, forecast
from kimcms.domain.policy import Policy, Timeline
from kimcms.domain.publishing import credited_weeks
from kimcms.domain.standing import State
from kimcms.models.cluster import Assessment, Evaluation, LedgerEntry, PolicyVersion, Standing
from kimcms.models.kelurahan import Kecamatan, Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries import kims


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


def ledgers(kim_ids: Iterable[int] | None = None) -> dict[int, facts.Ledger]:
    """The ledgers of these KIMs, or of all; the city's rest weeks stand in each. One query."""
    statement = sa.select(
        LedgerEntry.id,
        LedgerEntry.kim_id,
        LedgerEntry.recorded_at,
        LedgerEntry.kind,
        LedgerEntry.data,
    )
    wanted = list(kim_ids) if kim_ids is not None else None
    if wanted is not None:
        statement = statement.where(
            sa.or_(LedgerEntry.kim_id.in_(wanted), LedgerEntry.kim_id.is_(None))
        )
    own: dict[int, list[facts.Entry]] = {kim_id: [] for kim_id in wanted or ()}
    city: list[facts.Entry] = []
    for row in db.session.execute(statement):
        entry = facts.entry_from_row(row.id, row.recorded_at, row.kind, row.data)
        (city if row.kim_id is None else own.setdefault(row.kim_id, [])).append(entry)
    return {kim_id: facts.Ledger((*entries, *city)) for kim_id, entries in own.items()}


def states() -> dict[int, State]:
    """Where each KIM stands, as the next step of the rule starts from it."""
    rows = db.session.execute(sa.select(Standing.kim_id, Standing.state))
    return {row.kim_id: State.from_dict(row.state) for row in rows}


def newest_results() -> dict[int, str]:
    """The newest stored result of each KIM, as canonical JSON."""
    rows = db.session.execute(
        sa.select(Assessment.kim_id, Assessment.result).join(
            Standing, Standing.assessment_id == Assessment.id
        )
    )
    return {row.kim_id: row.result for row in rows}


_LAST_EVALUATION = sa.select(sa.func.max(Evaluation.monday))


def last_evaluation() -> dt.date | None:
    """The newest Monday that was evaluated."""
    return db.session.scalar(_LAST_EVALUATION)


def card(kim_id: int, now: dt.datetime | None = None) -> Card | None:
    """A KIM's card; with `now` also the forecast, which runs the rule forward."""
    row = db.session.execute(
        sa.select(Standing, Assessment.result)
        .outerjoin(Assessment, Assessment.id == Standing.assessment_id)
        .where(Standing.kim_id == kim_id)
    ).first()
    if row is None:
        return None
    stands, stored = row
    state = State.from_dict(stands.state)
    result = from_json(stored) if stored else None
    if now is None:
        return Card(stands.standing, stands.since, state, result, None)
    timeline, own = rules(), ledgers([kim_id])[kim_id]
    monday = monday_of(day_of(now))
    running = credited_weeks(timeline.on(monday), own, now, monday).get(monday)
    return Card(
        standing=stands.standing,
        since=stands.since,
        state=state,
        result=result,
        forecast=forecast(timeline, own, state),
        this_week=running.first.article_id if running else None,
    )


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
