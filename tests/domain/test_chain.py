"""A chain tells what happened to it, and where first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kimcms.domain.chain import START, Fault, Head, Line, fault, link, lost


def chain(*said: str) -> list[Line]:
    lines, before = [], START
    for place, text in enumerate(said, 1):
        values = (100 + place, text)
        before = link(before, values)
        lines.append(Line(values, place, before))
    return lines


WHOLE = chain("a", "b", "c", "d", "e")
END = Head(5, WHOLE[-1].hash)


def moved(*order: int) -> list[Line]:
    """These entries, by their first places, at new places from 1 on."""
    return [replace(WHOLE[old - 1], place=new) for new, old in enumerate(order, 1)]


def with_one_more(at: int, before: str) -> list[Line]:
    values = (999, "x")
    forged = Line(values, at, link(before, values))
    later = [replace(line, place=line.place + 1) for line in WHOLE[at - 1 :]]
    return [*WHOLE[: at - 1], forged, *later]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (WHOLE, None),
        ([*WHOLE[:2], replace(WHOLE[2], values=(103, "C")), *WHOLE[3:]], ("changed", 3, 103)),
        ([*WHOLE[:2], replace(WHOLE[2], hash="f" * 64), *WHOLE[3:]], ("changed", 3, 103)),
        ([*WHOLE[:4], replace(WHOLE[4], place=9)], ("reordered", 5, 105)),
        ([*WHOLE[:2], *WHOLE[3:]], ("missing", 3, None)),
        (WHOLE[:4], ("missing", 5, None)),
        ([], ("missing", 1, None)),
        (WHOLE[1:], ("missing", 1, None)),
        (moved(1, 3, 2, 4, 5), ("reordered", 2, 103)),
        (moved(1, 2, 3, 5, 4), ("reordered", 4, 105)),
        (with_one_more(3, WHOLE[1].hash), ("inserted", 3, 999)),
        (with_one_more(3, "f" * 64), ("inserted", 3, 999)),
        (with_one_more(6, WHOLE[4].hash), ("head", 6, None)),
    ],
)
def test_the_first_fault_is_named(lines: list[Line], found: tuple[str, int, int] | None) -> None:
    assert fault(lambda: iter(lines), END) == (Fault(*found) if found else None)


def test_an_end_that_is_told_otherwise_is_seen() -> None:
    assert fault(lambda: iter(WHOLE), None) == Fault("head", 5)
    assert fault(lambda: iter(WHOLE), Head(5, "f" * 64)) == Fault("head", 5)
    assert fault(lambda: iter(WHOLE), Head(4, WHOLE[3].hash)) == Fault("head", 5)
    assert fault(lambda: iter(()), None) is None


def test_what_was_kept_elsewhere_shows_what_is_lost() -> None:
    shorter = chain("a", "b", "c", "d")
    other = chain("a", "b", "c", "d", "E")
    assert lost(lambda: iter(WHOLE), END) is None
    assert lost(lambda: iter(chain(*"abcdefg")), END) is None  # it has grown since
    assert lost(lambda: iter(shorter), END) == Fault("missing", 5)
    assert lost(lambda: iter(other), END) == Fault("changed", 5, 105)
    assert lost(lambda: iter(()), Head(0, START)) is None


def test_nothing_that_a_database_may_hold_stops_it() -> None:
    odd = Line((b"\xff", 1.5, None), 1, b"\x00")
    assert fault(lambda: iter([odd]), None) == Fault("changed", 1, b"\xff")
