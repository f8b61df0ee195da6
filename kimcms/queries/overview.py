"""What the Forum decided and what readers complained of, by month; what waits now, by age."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.archive import Month
from kimcms.domain.waiting import KINDS, Kind
from kimcms.models.complaint import Complaint
from kimcms.models.event import Event
from kimcms.models.kim import Kim
from kimcms.queries.complaints import SHOWN, in_time_at, late_at
from kimcms.queries.waiting_kinds import sources

DECISIONS = ("article.accept", "article.ask_change", "article.decline", "article.remove")
CHANGES = ("article.correct", "article.withdraw", "article.reply")
AGES = (dt.timedelta(days=1), dt.timedelta(days=2), dt.timedelta(days=7))


@dataclass
class Sums:
    """One month. `waited` are minutes from an item's offer to its decision."""

    month: Month
    steps: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    decided: int = 0  # of which it is known how long they waited
    waited: int = 0
    longest: int = 0
    complaints: int = 0
    in_time: int = 0
    late: int = 0

    @property
    def mean(self) -> int | None:
        """How long an item waited on average, in minutes; None where none was decided."""
        return round(self.waited / self.decided) if self.decided else None


@dataclass(frozen=True, slots=True)
class Age:
    """What waits now of one kind: how many, the younger ones first, in the steps of `AGES`."""

    kind: Kind
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def by_month(months: Sequence[Month], now: dt.datetime) -> list[Sums]:
    """Two queries, however long the history: each month is a range of an index."""
    found = {month: Sums(month) for month in months}
    for number, verb, why, count, decided, waited, longest in db.session.execute(_events(months)):
        sums = found[months[number]]
        sums.steps[verb] += count
        if why and verb in DECISIONS:
            sums.reasons[why] += count
        sums.decided += decided
        sums.waited += int(waited or 0)
        sums.longest = max(sums.longest, int(longest or 0))
    for number, count, timely, late in db.session.execute(_complaints(months, now)):
        sums = found[months[number]]
        sums.complaints, sums.in_time, sums.late = count, int(timely or 0), int(late or 0)
    return list(found.values())


def _events(months: Sequence[Month]) -> Any:
    why = Event.after["why"].as_string()
    waited = sa.case((Event.verb.in_(DECISIONS), Event.after["waited"].as_integer()))
    return sa.union_all(
        *(
            sa.select(
                sa.literal(number).label("number"),
                Event.verb,
                why.label("why"),
                sa.func.count().label("count"),
                sa.func.count(waited).label("decided"),
                sa.func.sum(waited).label("waited"),
                sa.func.max(waited).label("longest"),
            )
            .where(
                Event.verb.in_((*DECISIONS, *CHANGES)),
                Event.at >= month.since,
                Event.at < month.until,
            )
            .group_by(Event.verb, why)
            for number, month in enumerate(months)
        )
    )


def _complaints(months: Sequence[Month], now: dt.datetime) -> Any:
    return sa.union_all(
        *(
            sa.select(
                sa.literal(number).label("number"),
                sa.func.count().label("count"),
                sa.func.sum(sa.case((in_time_at(now), 1), else_=0)).label("timely"),
                sa.func.sum(sa.case((late_at(now), 1), else_=0)).label("late"),
            ).where(
                Complaint.state.in_(SHOWN),
                Complaint.arrived_at >= month.since,
                Complaint.arrived_at < month.until,
            )
            for number, month in enumerate(months)
        )
    )


def ages(now: dt.datetime) -> list[Age]:
    """What waits for the Forum now, by kind and age. One query over what waits."""
    every = sa.union_all(*(_aged(source, now) for source in sources()))
    rows = db.session.execute(every, {"now": now, "me": None})
    found: dict[Kind, Counter[int]] = {kind: Counter() for kind in KINDS}
    for rank, step, count in rows:
        found[KINDS[rank]][step] += count
    steps = range(len(AGES) + 1)
    return [Age(kind, tuple(counts[n] for n in steps)) for kind, counts in found.items()]


def _aged(source: Any, now: dt.datetime) -> Any:
    old = sa.case(*((source.since > now - age, n) for n, age in enumerate(AGES)), else_=len(AGES))
    return (
        sa.select(sa.literal(source.kind.rank).label("rank"), old.label("step"), sa.func.count())
        .join(Kim, Kim.id == source.kim_id)
        .where(*source.where)
        .group_by(old)
    )
