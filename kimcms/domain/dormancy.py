"""A subsite sleeps when nobody of its KIM has signed in for long: readers see it as ever, its
newsroom is read-only. A password that was found in some old phone then publishes nothing.

A sign-in alone does not wake it: that is the point. Whoever signed in before it fell asleep keeps
it awake.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

LINK_LASTS = dt.timedelta(days=7)


class Sleeper(Protocol):
    @property
    def opened_at(self) -> dt.datetime | None: ...
    @property
    def awake_at(self) -> dt.datetime | None: ...
    @property
    def closed_at(self) -> dt.datetime | None: ...


def seen_last(kim: Sleeper) -> dt.datetime | None:
    """When it was last known to be awake: its opening, where nobody has come since."""
    return kim.awake_at or kim.opened_at


def asleep(kim: Sleeper, days: int, now: dt.datetime) -> bool:
    """Whether it sleeps; 0 days: none ever does."""
    last = seen_last(kim)
    if not days or last is None or kim.closed_at is not None:
        return False
    return last + dt.timedelta(days=days) <= now
