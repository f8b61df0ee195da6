"""Which saves stand in the history: all that were made by hand, and few of the many autosaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

SESSION = dt.timedelta(minutes=10)
MOST = 3  # entries of one unbroken run of autosaves


@dataclass(frozen=True)
class Place:
    """Where an autosave stands: when its writing session began, and which entry of the run gives
    up its place for it (None where it is one more)."""

    since: dt.datetime
    instead_of: int | None
    begins: bool


def place(run: Sequence[dt.datetime], now: dt.datetime) -> Place:
    """The place of an autosave after an unbroken run of them by the same person.

    `run` says when the session of each entry began, oldest first. Within 10 minutes of that the
    newest words stand for all of them. A run shows its first session, the one before the last
    and the last, however long it goes on: at most three entries.
    """
    if run and now - run[-1] < SESSION:
        return Place(run[-1], len(run) - 1, begins=False)
    return Place(now, MOST - 2 if len(run) >= MOST else None, begins=True)
