"""Days and weeks in WIB, from instants in UTC."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain.clock import WIB, day_of, monday_of, months_before, start_of, week_of


def utc(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("moment", "day", "week"),
    [
        ("2025-03-02T16:59", "2025-03-02", "2025-02-24"),  # Sunday 23.59 WIB
        ("2025-03-02T16:59:59.999999", "2025-03-02", "2025-02-24"),
        ("2025-03-02T17:00", "2025-03-03", "2025-03-03"),  # Monday 00.00 WIB
        ("2025-03-03T00:00", "2025-03-03", "2025-03-03"),
        ("2025-12-31T16:59", "2025-12-31", "2025-12-29"),
        ("2025-12-31T17:00", "2026-01-01", "2025-12-29"),
        ("2026-11-24T05:00", "2026-11-24", "2026-11-23"),
    ],
)
def test_the_day_and_the_week_of_an_instant(moment, day, week):
    assert day_of(utc(moment)) == dt.date.fromisoformat(day)
    assert week_of(utc(moment)) == dt.date.fromisoformat(week)
    assert week_of(utc(moment).astimezone(WIB)) == dt.date.fromisoformat(week)


def test_a_day_begins_at_midnight_in_wib():
    assert start_of(dt.date(2025, 3, 3)) == utc("2025-03-02T17:00")
    assert start_of(dt.date(2025, 3, 3)).utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize("days", range(7))
def test_a_week_runs_from_monday_to_sunday(days):
    monday = dt.date(2025, 3, 3)
    assert monday_of(monday + dt.timedelta(days=days)) == monday


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2026-11-24", 24, "2024-11-24"),
        ("2026-11-24", 0, "2026-11-24"),
        ("2026-11-24", 11, "2025-12-24"),
        ("2026-01-31", 1, "2025-12-31"),
        ("2026-01-15", 13, "2024-12-15"),
        ("2026-03-31", 1, "2026-02-28"),
        ("2028-03-31", 1, "2028-02-29"),
        ("2028-02-29", 24, "2026-02-28"),
        ("2028-02-29", 48, "2024-02-29"),
        ("2026-12-31", 1, "2026-11-30"),
        ("2026-12-31", 12, "2025-12-31"),
    ],
)
def test_months_before(day, months, before):
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(before)
