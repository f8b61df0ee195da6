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


class Impossible(ValueError):
    """Numbers under which the rule would contradict itself. `field` is the one to mend."""

    def __init__(self, code: str, field: str, said: str, **values: object) -> None:
        super().__init__(said)
        self.code = code
        self.field = field
        self.values = values


# The least and the most that each number may be; the rest are told apart in `_contradictions`.
LIMITS: dict[str, tuple[float, float]] = {
    "window_weeks": (1, 104),
    "p_on": (1, 104),
    "p_off": (1, 104),
    "silent_off": (1, 104),
    "level_regular": (1, 104),
    "level_enough": (1, 104),
    "level_rare": (1, 104),
    "warn_days": (0, 91),
    "words_with_photo": (0, 1000),
    "words_without": (0, 1000),
    "likeness_limit": (0.1, 1),
    "likeness_days": (0, 3650),
    "public_hours": (0, 720),
    "board_months": (1, 60),
    "programme_until_month": (0, 12),
    "meetings": (1, 60),
    "meeting_months": (1, 60),
    "reports": (1, 60),
    "report_months": (1, 60),
    "invitation_months": (1, 60),
    "invitations_least": (1, 100),
    "invitation_percent": (0, 100),
    "g_need": (0, 4),
    "g_need_uninvited": (0, 4),
    "g_slack": (0, 4),
    "g_off_days": (0, 365),
    "ending_soon_days": (0, 365),
    "grace_days": (0, 365),
    "waiting_days": (0, 730),
    "new_days": (0, 730),
    "baseline_evaluations": (0, 104),
    "fall_days": (0, 365),
    "objection_days": (0, 365),
    "override_days": (1, 730),
}


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
        for field, (least, most) in LIMITS.items():
            if not least <= getattr(self, field) <= most:
                said = f"{least} <= {field} <= {most} does not hold"
                raise Impossible("range", field, said, least=least, most=most)
        if not all(0 <= days <= 365 for days in self.reminder_days):
            raise Impossible("reminders", "reminder_days", "0 <= reminder_days <= 365: hold that")
        for code, field, holds, said in self._contradictions():
            if not holds:
                raise Impossible(code, field, said)

    def _contradictions(self) -> tuple[tuple[str, str, bool, str], ...]:
        """(code, field to mend, whether it holds, what must hold)."""
        window = self.window_weeks
        return (
            ("p_off", "p_off", self.p_off <= self.p_on, "p_off <= p_on does not hold"),
            ("window", "p_on", self.p_on <= window, "p_on <= window_weeks does not hold"),
            (
                "window",
                "silent_off",
                self.silent_off <= window,
                "silent_off <= window_weeks does not hold",
            ),
            (
                "levels",
                "level_enough",
                self.level_rare < self.level_enough < self.level_regular,
                "the levels of publishing do not rise",
            ),
            (
                "window",
                "level_regular",
                self.level_regular <= window,
                "level_regular <= window_weeks does not hold",
            ),
            (
                "marks",
                "g_need_uninvited",
                self.g_slack <= self.g_need_uninvited <= self.g_need,
                "g_slack <= g_need_uninvited <= g_need does not hold",
            ),
            (
                "waiting",
                "waiting_days",
                self.grace_days <= self.waiting_days,
                "grace_days <= waiting_days does not hold",
            ),
        )

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
