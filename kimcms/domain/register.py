"""The state of a kelurahan in the register: derived from its KIM, its standing and its decree.

Nothing here is stored or typed in, and every kelurahan has exactly one state, so that the
numbers always sum to all of them.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kimcms.domain.clock import DAY
from kimcms.domain.decrees import Decree, DecreeStatus
from kimcms.domain.policy import Policy
from kimcms.domain.terms import Standing


class Condition(enum.StrEnum):
    """One word for where a kelurahan is with its KIM."""

    FORMING = "forming"  # no open KIM, or none of its decrees is verified yet
    NEW = "new"
    ACTIVE = "active"  # it stands in a cluster, and its decree is valid
    GRACE = "grace"  # the decree has ended, and is not dead yet
    DEAD = "dead"
    SUSPENDED = "suspended"


_PAST = frozenset(
    {
        DecreeStatus.GRACE,
        DecreeStatus.WAITING,
        DecreeStatus.WAITING_DISKOMINFO,
        DecreeStatus.ASSUMED_ENDED,
    }
)


@dataclass(frozen=True)
class Facts:
    """What the state of an open KIM is derived from.

    `standing` is the official one; None before the first step of the rule. `placed_on` is the
    day on which it first stood in a cluster, `verified_on` that on which the decree in force was
    verified.
    """

    opened_on: dt.date | None
    suspended_on: dt.date | None
    standing: Standing | None
    standing_since: dt.date | None
    decree: Decree
    placed_on: dt.date | None = None
    verified_on: dt.date | None = None


def condition(kim: Facts | None) -> Condition:
    """The state of a kelurahan; None is one without an open KIM.

    A suspended KIM is that first of all. `new` lasts whatever the decree does meanwhile, as the
    tracker has it.
    """
    if kim is None:
        return Condition.FORMING
    if kim.suspended_on is not None:
        return Condition.SUSPENDED
    if kim.decree.status is DecreeStatus.NONE or kim.standing in (None, Standing.FORMING):
        return Condition.FORMING
    if kim.standing is Standing.NEW:
        return Condition.NEW
    if kim.decree.status is DecreeStatus.DEAD:
        return Condition.DEAD
    return Condition.GRACE if kim.decree.status in _PAST else Condition.ACTIVE


def since(policy: Policy, kim: Facts) -> dt.date | None:
    """The day from which the state of an open KIM holds; None where nothing says it."""
    state, end = condition(kim), kim.decree.end
    if state is Condition.SUSPENDED:
        return kim.suspended_on
    if state is Condition.FORMING:
        return kim.opened_on
    if state is Condition.NEW:
        return kim.standing_since
    if state is Condition.GRACE:
        return end + DAY if end else None
    if state is Condition.DEAD:
        # A request that was refused later kills on its own day, which the standing knows.
        died = end + (policy.grace_days + 1) * DAY if end else None
        moved = kim.standing_since if kim.standing is Standing.FOUR else None
        return max((day for day in (died, moved) if day), default=None)
    known = [day for day in (kim.placed_on, kim.verified_on) if day]
    return max(known, default=kim.standing_since)


def counts(states: Iterable[Condition]) -> dict[Condition, int]:
    """How many kelurahan are in each state; all states, in their order."""
    found = Counter(states)
    return {state: found[state] for state in Condition}
