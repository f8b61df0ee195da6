"""The order of the city feed's first page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

_Item = TypeVar("_Item")
RUN = 2  # at most so many items of one KIM in a row
SHARE = 5  # and so many of one KIM on the page: a quarter of it


def fold(
    items: Sequence[_Item], group: Callable[[_Item], Hashable]
) -> list[tuple[_Item, list[_Item]]]:
    """The items that stand for themselves, each with those that are folded under it.

    A group keeps its newest `SHARE`; what it has beyond is folded under the last of them, so that
    nothing is lost and nobody fills the page. A group that is alone takes nobody's place.
    """
    alone = len({group(item) for item in items}) < 2
    kept: list[tuple[_Item, list[_Item]]] = []
    own: dict[Hashable, list[list[_Item]]] = {}
    for item in items:
        folds = own.setdefault(group(item), [])
        if len(folds) < SHARE or alone:
            folds.append([])
            kept.append((item, folds[-1]))
        else:
            folds[-1].append(item)
    return kept


def mix(items: Sequence[_Item], group: Callable[[_Item], Hashable]) -> list[_Item]:
    """The same items, moved as little as needed so that no group stands three times in a row.

    Newest first stays the order: each place takes the newest item that may stand there. Where
    one group has so many that a run cannot be avoided, an item of the largest group is placed as
    soon as waiting longer would make the run longer.
    """
    waiting = list(items)
    placed: list[_Item] = []
    while waiting:
        placed.append(waiting.pop(_next(placed, waiting, group)))
    return placed


def _next(placed: list[_Item], waiting: list[_Item], group: Callable[[_Item], Hashable]) -> int:
    tail = [group(item) for item in placed[-RUN:]]
    barred = tail[0] if len(tail) == RUN and len(set(tail)) == 1 else None
    open_places = [i for i, item in enumerate(waiting) if len(tail) < RUN or group(item) != barred]
    if not open_places:
        return 0
    for place in open_places:
        if _fits(placed, waiting, place, group):
            return place
    return open_places[0]


def _fits(
    placed: list[_Item],
    waiting: list[_Item],
    place: int,
    group: Callable[[_Item], Hashable],
) -> bool:
    """Whether the rest can still be laid without a run of three after this choice.

    With n of a group and m others, at most RUN * (m + 1) of the group fit; the run that the
    choice itself leaves at the end counts against the first gap.
    """
    chosen = group(waiting[place])
    rest = [group(item) for index, item in enumerate(waiting) if index != place]
    run = 1 + (1 if placed and group(placed[-1]) == chosen else 0)
    for name in set(rest):
        own = rest.count(name)
        others = len(rest) - own
        room = RUN * (others + 1) - (run if name == chosen else 0)
        if own > room:
            return False
    return True
