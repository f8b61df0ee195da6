"""Which autosaves stand in the history."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kimcms.domain.revisions import MOST, SESSION, place

NOON = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)


def history(gaps: list[float]) -> list[tuple[dt.datetime, dt.datetime]]:
    """Autosaves with these pauses before them (seconds): of each entry, when its session began
    and when its words were written."""
    entries: list[tuple[dt.datetime, dt.datetime]] = []
    now = NOON
    for gap in gaps:
        now += dt.timedelta(seconds=gap)
        here = place([since for since, _ in entries], now)
        if here.instead_of is not None:
            entries.pop(here.instead_of)
        entries.append((here.since, now))
    return entries


def test_a_writing_session_is_one_entry() -> None:
    assert history([0, *[3] * 199]) == [(NOON, NOON + dt.timedelta(seconds=597))]


def test_the_first_the_one_before_and_the_newest_stand() -> None:
    # 200 autosaves half a minute apart: ten sessions of 10 minutes.
    entries = history([0, *[30] * 199])
    ends = [(at - NOON).total_seconds() / 60 for _, at in entries]
    assert ends == [9.5, 89.5, 99.5]


def test_after_ten_minutes_a_session_is_over() -> None:
    assert len(history([0, SESSION.total_seconds() - 1])) == 1
    assert len(history([0, SESSION.total_seconds()])) == 2


@given(st.lists(st.floats(0, 100_000), min_size=1, max_size=200))
def test_at_any_pace_at_most_three_and_the_newest_words(gaps: list[float]) -> None:
    entries = history(gaps)
    assert len(entries) <= MOST
    last = NOON
    for gap in gaps:
        last += dt.timedelta(seconds=gap)
    assert entries[-1][1] == last
    assert sorted(entries) == entries


def test_a_clock_that_goes_back_begins_nothing() -> None:
    assert not place([NOON], NOON - dt.timedelta(hours=1)).begins
