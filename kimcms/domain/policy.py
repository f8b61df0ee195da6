"""Every number of the activity tracker, as one versioned record that the Forum can change.

All of them are defaults chosen by this project; none comes from a source. A change is tried on
the stored history first and then switched on from a later Monday: that is the `Timeline`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kimcms.domain import codec


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of the rule's numbers. Days, weeks, months and hours as the names say."""

    version: int = 1

    # P: it publishes. The window counts boxes (weeks); it turns on at p_on filled ones.
    window_weeks: int = 13
    p_on: int = 6
    p_off: int = 3
    silent_off: int = 8
    level_regular: int = 10
    level_enough: int = 6
    level_rare: int = 1
    warn_days: int = 14

    # Credit of an article.
    words_with_photo: int = 40
    words_without: int = 80
    likeness_limit: float = 0.85
    likeness_days: int = 180
    public_hours: int = 72

    # G: the organisation runs. The marks, then how many of them beside the board.
    board_months: int = 12
    programme_until_month: int = 3  # last year's programme serves through this month
    meetings: int = 2
    meeting_months: int = 6
    reports: int = 1
    report_months: int = 6
    invitation_months: int = 12
    invitations_least: int = 2
    invitation_percent: int = 50
    g_need: int = 2
    g_need_uninvited: int = 1
    g_slack: int = 1  # how many fewer marks are enough to stay on
    g_off_days: int = 60

    # S: the decree is valid. Days counted from its last day, E.
    ending_soon_days: int = 90
    reminder_days: tuple[int, ...] = (90, 60, 30, 7, 0)
    grace_days: int = 30
    waiting_days: int = 90

    # Standing.
    new_days: int = 90
    baseline_evaluations: int = 13
    fall_days: int = 14
    objection_days: int = 14
    override_days: int = 90

    def __post_init__(self) -> None:
        """Refuses numbers under which the rule would contradict itself."""
        if not 0 < self.p_off <= self.p_on <= self.window_weeks:
            raise ValueError("0 < p_off <= p_on <= window_weeks does not hold")
        if not 0 < self.silent_off <= self.window_weeks:
            raise ValueError("0 < silent_off <= window_weeks does not hold")
        if not 0 < self.level_rare < self.level_enough < self.level_regular <= self.window_weeks:
            raise ValueError("the levels of publishing do not rise")
        if not 0 <= self.g_slack <= self.g_need_uninvited <= self.g_need <= 4:
            raise ValueError("0 <= g_slack <= g_need_uninvited <= g_need <= 4 does not hold")
        if not 0 <= self.grace_days <= self.waiting_days:
            raise ValueError("0 <= grace_days <= waiting_days does not hold")

    def on(self, _day: dt.date) -> Policy:
        """A single policy serves every day; `Timeline` answers by the day."""
        return self

    def as_dict(self) -> dict[str, Any]:
        stored: dict[str, Any] = codec.dump(self)
        return stored

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Policy:
        """A stored record; fields that a later release added take their defaults."""
        return codec.load(cls, data)


@dataclass(frozen=True)
class Timeline:
    """The policy of the start and those switched on later, each from a Monday on."""

    first: Policy
    later: tuple[tuple[dt.date, Policy], ...] = ()

    def __post_init__(self) -> None:
        starts = [start for start, _ in self.later]
        if starts != sorted(set(starts)) or any(start.weekday() for start in starts):
            raise ValueError("policies are switched on from rising, different Mondays")

    def on(self, day: dt.date) -> Policy:
        """The policy in force on a day. P, G and verdicts carry over a switch."""
        return next((p for start, p in reversed(self.later) if start <= day), self.first)


Rules = Policy | Timeline
