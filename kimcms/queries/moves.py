"""How KIMs moved between the clusters: queries on the one history, and on the assessments."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.clock import WEEK, day_of, monday_of, start_of
from kimcms.models.cluster import Assessment, Standing
from kimcms.models.event import Event
from kimcms.models.kim import Kim

CITY_WEEKS = 26
_VERB = "cluster.move"


@dataclass(frozen=True, slots=True)
class Move:
    """One move of the official standing. `day` is the day from which it holds."""

    kim_id: int
    kim: str
    kim_slug: str
    day: dt.date
    before: str | None
    after: str
    why: str


@dataclass(frozen=True, slots=True)
class Week:
    """What one Monday's evaluation said of P, and where the KIM stood then."""

    monday: dt.date
    filled: int
    boxes: int
    on: bool
    on_limit: int
    official: str
    published: bool


@dataclass(frozen=True)
class City:
    """Where all KIMs stood on each Monday, oldest first, and the moves between."""

    weeks: list[tuple[dt.date, dict[str, int]]]
    moves: list[Move]

    @property
    def ways(self) -> list[tuple[str, str, int]]:
        """How many moves went from where to where, most frequent first."""
        counts = Counter((m.before, m.after) for m in self.moves if m.before)
        return [(str(a), b, n) for (a, b), n in sorted(counts.items(), key=lambda w: (-w[1], w[0]))]


def of_kim(kim_id: int, limit: int = 60) -> list[Move]:
    """The moves of a KIM, newest first."""
    return _moves(Event.kim_id == kim_id, limit=limit)


def weeks(kim_id: int, before: dt.date | None = None, limit: int = 52) -> list[Week]:
    """A year of evaluations of a KIM up to a Monday, oldest first."""
    statement = sa.select(Assessment.monday, Assessment.result).where(Assessment.kim_id == kim_id)
    if before is not None:
        statement = statement.where(Assessment.monday < before)
    rows = db.session.execute(statement.order_by(Assessment.monday.desc()).limit(limit)).all()
    return [_week(row.monday, row.result) for row in reversed(rows)]


def _week(monday: dt.date, stored: str) -> Week:
    # The few values that are shown, not the whole result: 52 of these stand on a page.
    read = json.loads(stored)
    publishing = read["publishing"]
    boxes = publishing["boxes"]
    return Week(
        monday=monday,
        filled=publishing["filled"],
        boxes=len(boxes),
        on=publishing["on"],
        on_limit=publishing["on_limit"],
        official=read["state"]["official"],
        published=bool(boxes and boxes[0]["article_id"] is not None),
    )


def city(now: dt.datetime) -> City:
    """The last half year: today's standings, and the moves taken back week by week. Two queries."""
    today = day_of(now)
    first = monday_of(today) - (CITY_WEEKS - 1) * WEEK
    held = dict(
        db.session.execute(
            sa.select(Standing.kim_id, Standing.standing)
            .join(Kim, Kim.id == Standing.kim_id)
            .where(Kim.closed_at.is_(None))
        )
        .tuples()
        .all()
    )
    # By the day from which it holds: a missed week is recorded late, and speaks of then.
    found = sorted(_moves(Event.at >= start_of(first)), key=lambda move: move.day, reverse=True)
    back = list(found)
    counted = []
    for n in range(CITY_WEEKS):
        monday = monday_of(today) - n * WEEK
        # Where all stood at the end of this Monday; the newest is where they stand today.
        while n and back and back[0].day > monday:
            move = back.pop(0)
            if move.kim_id in held:
                _take_back(held, move)
        counted.append((today if n == 0 else monday, dict(Counter(held.values()))))
    return City(counted[::-1], found)


def _take_back(held: dict[int, str], move: Move) -> None:
    if move.before is None:
        del held[move.kim_id]
    else:
        held[move.kim_id] = move.before


def _moves(where: sa.ColumnElement[bool], limit: int | None = None) -> list[Move]:
    rows = db.session.execute(
        sa.select(
            Event.kim_id, Kim.name, Kim.slug, Event.at, Event.before, Event.after, Event.reason
        )
        .join(Kim, Kim.id == Event.kim_id)
        # The index on the kind of object keeps this off the rest of a long history.
        .where(Event.object_type == Standing.__tablename__, Event.verb == _VERB, where)
        .order_by(Event.id.desc())
        .limit(limit)
    )
    return [
        Move(
            kim_id=row.kim_id,
            kim=row.name,
            kim_slug=row.slug,
            day=dt.date.fromisoformat(row.after["since"])
            if "since" in row.after
            else day_of(row.at),
            before=row.before.get("standing"),
            after=row.after["standing"],
            why=row.reason,
        )
        for row in rows
    ]
