"""The order of the city feed's first page."""

from __future__ import annotations

from collections import Counter
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
    groups = [group(item) for item in items]
    counts = Counter(groups)
    waiting = list(range(len(items)))
    placed: list[int] = []
    while waiting:
        place = _next([groups[index] for index in placed[-RUN:]], waiting, groups, counts)
        chosen = waiting.pop(place)
        counts[groups[chosen]] -= 1
        placed.append(chosen)
    return [items[index] for index in placed]


def _next(
    tail: list[Hashable], waiting: list[int], groups: list[Hashable], counts: Counter[Hashable]
) -> int:
    barred = tail[-1:] if len(tail) == RUN and len(set(tail)) == 1 else []
    free = [place for place, index in enumerate(waiting) if groups[index] not in barred]
    for place in free:
        if _fits(tail, groups[waiting[place]], counts):
            return place
    return free[0] if free else 0


def _fits(tail: list[Hashable], chosen: Hashable, counts: Counter[Hashable]) -> bool:
    """Whether the rest can still be laid without a run of three after this choice. `counts` is
    of what waits, the choice too.

    With n of a group and m others, at most RUN * (m + 1) of the group fit; the run that the
    choice itself leaves at the end counts against the first gap.
    """
    rest = counts.total() - 1
    run = 2 if tail[-1:] == [chosen] else 1
    for name, waits in counts.items():
        own = waits - (name == chosen)
        room = RUN * (rest - own + 1) - (run if name == chosen else 0)
        if own > room:
            return False
    return True
