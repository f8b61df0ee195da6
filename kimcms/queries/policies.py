"""The versions of the tracker's numbers, and what other numbers would have meant."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.assessments import from_json
from kimcms.domain.clock import WEEK
from kimcms.domain.clusters import what_if
from kimcms.domain.ledger import Ledger, Opened, is_open
from kimcms.domain.policy import Policy, Rules
from kimcms.domain.standing import State
from kimcms.domain.terms import Standing
from kimcms.models.account import User
from kimcms.models.cluster import Assessment, PolicyVersion
from kimcms.models.kim import Kim
from kimcms.queries import clusters

WEEKS = 26  # how much of the stored history a trial runs through: two windows


@dataclass(frozen=True, slots=True)
class Move:
    """A KIM that would stand elsewhere under the tried numbers."""

    kim: str
    kim_slug: str
    before: Standing
    after: Standing


@dataclass(frozen=True)
class Trial:
    """The numbers in force and the tried ones over the same weeks, proposals for 1 answered yes.

    `matrix` counts all KIMs by (now, tried); `moves` are those that differ.
    """

    since: dt.date | None
    until: dt.date | None
    matrix: dict[tuple[Standing, Standing], int]
    moves: list[Move]

    @property
    def judged(self) -> int:
        return sum(self.matrix.values())

    @property
    def standings(self) -> list[Standing]:
        """The standings that occur, in their order."""
        return [s for s in Standing if any(s in pair for pair in self.matrix)]


def versions() -> list[PolicyVersion]:
    """All versions by the Monday from which they hold."""
    return list(db.session.scalars(sa.select(PolicyVersion).order_by(PolicyVersion.in_force_from)))


def makers(rows: Iterable[PolicyVersion]) -> dict[int, str]:
    """Who switched which version on."""
    ids = {row.version: row.made_by for row in rows if row.made_by}
    people = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(ids.values())))
    names = {row.id: row.name for row in people}
    return {version: names[user_id] for version, user_id in ids.items()}


def trial(draft: Policy) -> Trial:
    """What the draft would have made of the stored history. One query per chunk of
    KIMs and four more; it changes nothing."""
    last = clusters.last_evaluation()
    if last is None:
        return Trial(None, None, {}, [])
    start = last - WEEKS * WEEK
    rules, before = clusters.rules(), _states(start)
    matrix: Counter[tuple[Standing, Standing]] = Counter()
    moved: dict[int, tuple[Standing, Standing]] = {}
    for kim_id, own in (
        pair for ids in clusters.chunks() for pair in clusters.ledgers(ids).items()
    ):
        if not own.of(Opened) or not is_open(own):
            continue
        pair = (
            _end(rules, own, last, before.get(kim_id)),
            _end(draft, own, last, before.get(kim_id)),
        )
        if pair[0] is None or pair[1] is None:
            continue
        matrix[pair[0], pair[1]] += 1
        if pair[0] is not pair[1]:
            moved[kim_id] = (pair[0], pair[1])
    return Trial(start, last, dict(matrix), _named(moved))


def _end(rules: Rules, own: Ledger, last: dt.date, state: State | None) -> Standing | None:
    found = what_if(rules, own, last, state)
    return found[-1].state.official if found else None


def _states(monday: dt.date) -> dict[int, State]:
    """Where each KIM stood after the evaluation of a Monday: P, G and verdicts carry over."""
    rows = db.session.execute(
        sa.select(Assessment.kim_id, Assessment.result).where(Assessment.monday == monday)
    )
    return {row.kim_id: from_json(row.result).state for row in rows}


def _named(moved: dict[int, tuple[Standing, Standing]]) -> list[Move]:
    rows = db.session.execute(
        sa.select(Kim.id, Kim.name, Kim.slug).where(Kim.id.in_(list(moved))).order_by(Kim.name)
    )
    return [Move(row.name, row.slug, *moved[row.id]) for row in rows]
