"""The clock of complaints, how they move, and who looks like a robot."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from kimcms.domain import complaints as rule
from kimcms.domain.clock import UTC, WIB
from kimcms.domain.complaints import Kind, Move, Stage, State
from kimcms.domain.refusal import Refused

MINUTE = dt.timedelta(minutes=1)


def wib(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=WIB)


def test_friday_at_four_is_due_on_sunday_at_four() -> None:
    friday, sunday = wib(11, 27, 16), wib(11, 29, 16)
    assert (friday.strftime("%a"), sunday.strftime("%a")) == ("Fri", "Sun")
    for kind in (Kind.REPLY, Kind.CORRECTION, Kind.VIOLATION):
        assert rule.due_at(kind, friday) == sunday
        assert rule.half_at(kind, friday) == wib(11, 28, 16)
        assert rule.stage(kind, friday, sunday) is Stage.HALF
        assert rule.stage(kind, friday, sunday + MINUTE) is Stage.OVERDUE
    assert rule.due_at(Kind.PRIVACY, friday) == wib(11, 30, 16)
    assert rule.half_at(Kind.PRIVACY, friday) == wib(11, 29, 4)


@pytest.mark.parametrize(
    "arrived",
    [
        wib(12, 24, 23, 59),  # Christmas
        wib(12, 31, 12),  # over the end of the year
        wib(3, 19, 18, 30, 2026),  # the holidays of Lebaran
        wib(2, 28, 8, 0, 2028),  # into a leap day
    ],
)
def test_holidays_change_nothing(arrived: dt.datetime) -> None:
    due = rule.due_at(Kind.REPLY, arrived)
    assert due - arrived == dt.timedelta(hours=48)
    assert due.astimezone(WIB).time() == arrived.time()
    assert rule.stage(Kind.REPLY, arrived, arrived + dt.timedelta(hours=24) - MINUTE) is Stage.EARLY
    assert rule.stage(Kind.REPLY, arrived, arrived + dt.timedelta(hours=24)) is Stage.HALF
    assert rule.stage(Kind.REPLY, arrived, due + MINUTE) is Stage.OVERDUE


def test_zones_and_summer_time_change_nothing() -> None:
    """Where the sender's or the server's clocks are put forward that night."""
    berlin, jayapura = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Jayapura")
    arrived = dt.datetime(2027, 3, 27, 12, 0, tzinfo=berlin).astimezone(UTC)
    assert rule.due_at(Kind.REPLY, arrived) == dt.datetime(2027, 3, 29, 13, 0, tzinfo=berlin)
    east = dt.datetime(2026, 11, 27, 18, 0, tzinfo=jayapura)  # 16:00 WIB
    assert rule.due_at(Kind.REPLY, east.astimezone(UTC)) == wib(11, 29, 16)


def test_in_time_to_the_instant() -> None:
    arrived = wib(11, 27, 16)
    due = rule.due_at(Kind.REPLY, arrived)
    assert rule.in_time(Kind.REPLY, arrived, due)
    assert not rule.in_time(Kind.REPLY, arrived, due + dt.timedelta(microseconds=1))
    assert not rule.in_time(Kind.REPLY, arrived, None)


def test_what_moves_where() -> None:
    table = {
        State.HELD: {Move.RELEASE: State.OPEN, Move.REJECT: State.SPAM},
        State.OPEN: {
            Move.ANSWER: State.ANSWERED,
            Move.CLOSE: State.CLOSED,
            Move.REJECT: State.SPAM,
        },
        State.ANSWERED: {
            Move.ACCEPT: State.CLOSED,
            Move.DISPUTE: State.DISPUTED,
            Move.CLOSE: State.CLOSED,
        },
        State.DISPUTED: {Move.ANSWER: State.ANSWERED, Move.CLOSE: State.CLOSED},
        State.CLOSED: {},
        State.SPAM: {},
    }
    for state in State:
        for move in Move:
            wanted = table[state].get(move)
            if wanted is None:
                with pytest.raises(Refused, match="complaint_moved"):
                    rule.step(state, move)
            else:
                assert rule.step(state, move) is wanted


def test_the_forum_answers_where_the_kim_did_not() -> None:
    said = {
        (state, clock) for state in State for clock in Stage if rule.forum_may_answer(state, clock)
    }
    disputed = {(State.DISPUTED, clock) for clock in Stage}
    assert said == {(State.OPEN, Stage.OVERDUE)} | disputed


@pytest.mark.parametrize(
    ("trapped", "quick", "links", "robot"),
    [
        (True, True, 0, True),
        (True, False, 4, True),
        (True, False, 3, False),  # a browser that fills in by itself
        (False, True, 9, False),
        (False, False, 0, False),
    ],
)
def test_robots_beyond_doubt(trapped: bool, quick: bool, links: int, robot: bool) -> None:
    assert rule.is_robot(trapped=trapped, quick=quick, links=links) is robot


def test_texts_and_numbers() -> None:
    assert rule.clean_text(" a\r\n\r\n\r\n\r\nb\tc\0\u202e  \n") == "a\n\nb c"
    assert len(rule.clean_text("x" * 9000)) == rule.TEXT_LONGEST
    assert rule.links("http://a.id dan WWW.b.id, bukan c.id") == 2
    assert rule.number(2026, 123) == "ADU-2026-000123"
