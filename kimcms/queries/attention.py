"""The Forum's board: all KIMs with where they stand, what comes, and who needs a call today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from kimcms.db import db
from kimcms.domain import decrees as papers
from kimcms.domain import ledger as facts
from kimcms.domain.assessments import Assessment as Result
from kimcms.domain.assessments import from_json
from kimcms.domain.attention import (
    SILENT_WEEKS,
    Call,
    Situation,
    Trend,
    falls_soon,
    first_fall,
    rank,
    trend,
)
from kimcms.domain.clock import day_of
from kimcms.domain.clusters import forecast
from kimcms.domain.decrees import Decree
from kimcms.domain.policy import Timeline
from kimcms.domain.roles import Role
from kimcms.domain.standing import Change, State
from kimcms.domain.terms import Standing as Place
from kimcms.models.account import Membership, User
from kimcms.models.cluster import Assessment, Standing
from kimcms.models.evidence import Evidence
from kimcms.models.kelurahan import Kecamatan, Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries import cases
from kimcms.queries.accounts import in_force
from kimcms.queries.clusters import ledgers, rules

# How far the board looks ahead: four weeks from any day of the running one.
_WEEKS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A KIM on the board. `fall` is the next one within the weeks that the board looks ahead."""

    kim_id: int
    kim: str
    kim_slug: str
    kelurahan: str
    kecamatan: str
    kecamatan_slug: str
    standing: str
    since: dt.date
    state: State
    result: Result | None
    decree: Decree
    fall: Change | None
    falls_soon: bool
    trend: Trend
    silent_run: int
    waits: bool
    head: str
    phone: str

    @property
    def silent(self) -> bool:
        """No news for six weeks or longer."""
        return self.silent_run >= SILENT_WEEKS


@dataclass(frozen=True)
class Board:
    """All open KIMs that the rule has seen, the calls of today, and what waits for the Forum."""

    lines: list[Line]
    calls: list[tuple[Call, Line]]
    waiting: list[cases.Line]
    overrides: list[cases.Line]


def board(now: dt.datetime) -> Board:
    """The whole board with eight queries, however many KIMs there are.

    The forecast runs five weeks ahead here, not the sixty of a card: about 2 ms a KIM.
    """
    today, timeline = day_of(now), rules()
    rows = _rows()
    entries = ledgers([row.kim_id for row in rows])
    heads, returned = _heads(now), _returned()
    waiting = cases.waiting()
    asked = {line.case.kim_id for line in waiting}
    lines: list[Line] = []
    situations: list[Situation] = []
    for row in rows:
        own, state = entries[row.kim_id], State.from_dict(row.state)
        line, situation = _look(row, own, state, timeline, today)
        head = heads.get(row.kim_id, ("", ""))
        lines.append(
            Line(**line, waits=row.kim_id in asked, head=head[0], phone=head[1] or row.phone)
        )
        situations.append(Situation(**situation, returned=returned.get(row.kim_id)))
    by_id = {line.kim_id: line for line in lines}
    calls = [(call, by_id[call.kim_id]) for call in rank(situations, today)]
    return Board(lines, calls, waiting, cases.overrides_in_force(today))


def _look(
    row: Any, own: facts.Ledger, state: State, timeline: Timeline, today: dt.date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the rule says of one KIM: for its line, and for the order of the calls."""
    result = from_json(row.result) if row.result else None
    ahead = forecast(timeline, own, state, weeks=_WEEKS)
    decree = papers.read(timeline.on(today), own, today)
    fall = first_fall(ahead.changes)
    silent_run = result.publishing.silent_run if result else 0
    line = {
        "kim_id": row.kim_id,
        "kim": row.kim,
        "kim_slug": row.slug,
        "kelurahan": row.kelurahan,
        "kecamatan": row.kecamatan,
        "kecamatan_slug": row.kecamatan_slug,
        "standing": row.standing,
        "since": row.since,
        "state": state,
        "result": result,
        "decree": decree,
        "fall": fall,
        "falls_soon": falls_soon(fall, today),
        "trend": trend(result.publishing.boxes) if result else Trend.EVEN,
        "silent_run": silent_run,
    }
    situation = {
        "kim_id": row.kim_id,
        "name": row.kim,
        "standing": Place(row.standing),
        "decree": decree,
        "falls": ahead.changes,
        "p_on": state.p_on,
        "p_off": ahead.p_off,
        "silent_run": silent_run,
        "last_monday": result.monday if result else None,
    }
    return line, situation


def _rows() -> list[Any]:
    return list(
        db.session.execute(
            sa.select(
                Kim.id.label("kim_id"),
                Kim.name.label("kim"),
                Kim.slug,
                Kim.phone,
                Kelurahan.name.label("kelurahan"),
                Kecamatan.name.label("kecamatan"),
                Kecamatan.slug.label("kecamatan_slug"),
                Standing.standing,
                Standing.since,
                Standing.state,
                Assessment.result,
            )
            .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
            .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
            .join(Standing, Standing.kim_id == Kim.id)
            .outerjoin(Assessment, Assessment.id == Standing.assessment_id)
            .where(Kim.closed_at.is_(None))
            .order_by(Standing.standing, Kim.name)
        )
    )


def _heads(now: dt.datetime) -> dict[int, tuple[str, str]]:
    """Name and phone number of each KIM's head; the newest, where a handover is under way."""
    rows = db.session.execute(
        sa.select(Membership.kim_id, User.name, User.phone)
        .join(User, User.id == Membership.user_id)
        .where(Membership.role == Role.HEAD, in_force(now))
        .order_by(Membership.since, Membership.id)
    )
    return {row.kim_id: (row.name, row.phone or "") for row in rows}


def _returned() -> dict[int, dt.date]:
    """Since when proof lies with each KIM that was returned and not handed in again."""
    newer = aliased(Evidence)
    again = sa.exists().where(
        newer.kim_id == Evidence.kim_id,
        newer.kind == Evidence.kind,
        newer.submitted_at > Evidence.returned_at,
    )
    rows = db.session.execute(
        sa.select(Evidence.kim_id, sa.func.max(Evidence.returned_at).label("at"))
        .where(Evidence.returned_at.is_not(None), Evidence.verified_at.is_(None), ~again)
        .group_by(Evidence.kim_id)
    )
    return {row.kim_id: day_of(row.at) for row in rows}
