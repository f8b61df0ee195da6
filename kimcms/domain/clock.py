"""Time as the product speaks of it: stored in UTC, shown and counted in WIB (Asia/Jakarta)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

UTC = dt.UTC
WIB = ZoneInfo("Asia/Jakarta")
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(days=7)


def utcnow() -> dt.datetime:
    """The wall clock. Called at the edges only (web, jobs, cli); everything below takes `now`."""
    return dt.datetime.now(UTC)


def day_of(moment: dt.datetime) -> dt.date:
    """The WIB calendar day on which an instant falls."""
    return moment.astimezone(WIB).date()


def start_of(day: dt.date) -> dt.datetime:
    """00:00 WIB of a day, as an instant in UTC."""
    return dt.datetime.combine(day, dt.time(), WIB).astimezone(UTC)


def monday_of(day: dt.date) -> dt.date:
    """The Monday that opens the week of `day`; weeks run Monday to Sunday in WIB."""
    return day - dt.timedelta(days=day.weekday())


def week_of(moment: dt.datetime) -> dt.date:
    """The Monday of the WIB week in which an instant falls: the unit of the activity tracker."""
    return monday_of(day_of(moment))


def months_before(day: dt.date, months: int) -> dt.date:
    """The same date n calendar months earlier, or that month's last day where it has none."""
    index = day.year * 12 + (day.month - 1) - months
    year, month = divmod(index, 12)
    following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return dt.date(year, month + 1, min(day.day, (following - DAY).day))
