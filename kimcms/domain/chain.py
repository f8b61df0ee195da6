"""The chains of the history: one for each KIM, one for the city. Every entry carries the hash of
what it says together with the hash of the one before it, so that nothing can be changed, taken
out, put in or moved without its being seen. What a chain ends with is its head: kept elsewhere,
it also shows that the last ones are there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

START = "0" * 64  # before the first entry
CITY_CHAIN = 0  # the other chains are named by the KIM's id


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it lies in the database: all its columns but the last two, and these."""

    values: Sequence[Any]
    place: Any
    hash: Any

    @property
    def id(self) -> Any:
        return self.values[0]


@dataclass(frozen=True, slots=True)
class Head:
    """How long a chain is, and the hash of its last entry."""

    place: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place at which a chain is not what was written: `changed`, `missing`, `inserted`
    or `reordered`; `head` where only its end is told otherwise. `id` is the entry's."""

    kind: str
    place: int | None
    id: Any = None


def link(before: str, values: Sequence[Any]) -> str:
    """The hash of an entry. It can never be computed in another way: all chains would break."""
    text = json.dumps([before, *values], separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode()).hexdigest()


def fault(lines: Callable[[], Iterator[Line]], head: Head | None) -> Fault | None:
    """The first fault of a chain, None where there is none.

    `lines` gives it in order of place; it is read once, and again where something is wrong.
    """
    before, place = START, 0
    for line in lines():
        if line.place != place + 1 or link(before, line.values) != line.hash:
            return _named(lines, line, before, place + 1)
        before, place = line.hash, place + 1
    if head is None:
        return Fault("head", place) if place else None
    if head.place > place:
        return Fault("missing", place + 1)
    return None if head == Head(place, before) else Fault("head", place)


def lost(lines: Callable[[], Iterator[Line]], kept: Head) -> Fault | None:
    """Whether a sound chain still holds the end that it had when `kept` was written down."""
    if not kept.place:
        return None
    for line in lines():
        if line.place == kept.place:
            return None if line.hash == kept.hash else Fault("changed", kept.place, line.id)
    return Fault("missing", kept.place)


def _named(lines: Callable[[], Iterator[Line]], wrong: Line, before: str, place: int) -> Fault:
    """What happened at this place, where `wrong` does not follow on `before`."""
    places = {START: 0} | {line.hash: line.place for line in lines()}
    follows = next((line for line in lines() if link(before, line.values) == line.hash), None)
    if wrong.place != place:
        return Fault("reordered", place, follows.id) if follows else Fault("missing", place)
    after = next(
        (p for known, p in places.items() if link(known, wrong.values) == wrong.hash), None
    )
    if after is None:
        # What should stand here stands further on: this one was put before it.
        return Fault("inserted" if follows else "changed", place, wrong.id)
    if after < place - 1:  # the true follower of an earlier one: what is between was put in
        between = next(line for line in lines() if line.place == after + 1)
        return Fault("inserted", after + 1, between.id)
    return Fault("reordered", place, wrong.id)
