"""The item at the head of the portal: chosen for a day, or found by a rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from kimcms.domain.clock import DAY

LASTS = DAY
_AMONG = 4
_Item = TypeVar("_Item")


def by_rule(items: Sequence[_Item], pictured: Callable[[_Item], bool]) -> _Item | None:
    """Where nobody chose: the first of the first four with a photo, else the first.

    It looks at the order alone and not at the clock, so that the page changes only when the feed
    does.
    """
    return next((item for item in items[:_AMONG] if pictured(item)), next(iter(items), None))
