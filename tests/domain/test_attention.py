"""Who needs a call today: losses first by their day, then what waits, then what is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kimcms.domain.attention import (
    Call,
    Reason,
    Situation,
    Trend,
    falls_soon,
    first_fall,
    rank,
    trend,
)
from kimcms.domain.clock import DAY, WEEK
from kimcms.domain.decrees import Decree, DecreeStatus
from kimcms.domain.publishing import Box
from kimcms.domain.standing import Change, Why
from kimcms.domain.terms import Standing

TODAY = dt.date(2026, 11, 24)
MONDAY = dt.date(2026, 11, 23)
VALID = Decree(DecreeStatus.VALID, True, 1, end=TODAY + 400 * DAY, entries=(1,))


def kim(kim_id: int = 1, **values: Any) -> Situation:
    given: dict[str, Any] = {
        "name": f"KIM {kim_id}",
        "standing": Standing.TWO,
        "decree": VALID,
        "p_on": True,
        "last_monday": MONDAY,
    }
    return Situation(kim_id=kim_id, **given | values)


def decree(status: DecreeStatus, end: dt.date, *entries: int) -> Decree:
    alive = status is not DecreeStatus.DEAD
    return Decree(status, alive, 1, end=end, limit=end + 30 * DAY, entries=entries or (1,))


def fall(days: int, why: Why = Why.PUBLISHING_OFF, to: Standing = Standing.THREE) -> Any:
    return (Change(TODAY + days * DAY, Standing.TWO, to, why),)


def test_a_kim_in_order_needs_no_call() -> None:
    assert rank([kim()], TODAY) == []


@pytest.mark.parametrize(
    ("values", "reason", "day"),
    [
        ({"falls": fall(6)}, Reason.FALL, TODAY + 6 * DAY),
        ({"falls": fall(28)}, Reason.FALL, TODAY + 28 * DAY),
        ({"p_off": TODAY + 13 * DAY}, Reason.STOPS, TODAY + 13 * DAY),
        ({"returned": TODAY - 30 * DAY}, Reason.RETURNED, TODAY - 30 * DAY),
        ({"silent_run": 6}, Reason.SILENT, MONDAY - 6 * WEEK),
        (
            {"decree": decree(DecreeStatus.GRACE, TODAY - 10 * DAY)},
            Reason.DECREE_DYING,
            TODAY + 21 * DAY,
        ),
        (
            {"decree": decree(DecreeStatus.ENDING_SOON, TODAY + 30 * DAY)},
            Reason.DECREE_ENDING,
            TODAY + 30 * DAY,
        ),
        (
            {"standing": Standing.FOUR, "decree": decree(DecreeStatus.DEAD, TODAY - 62 * DAY)},
            Reason.RENEW,
            TODAY - 62 * DAY,
        ),
        (
            {
                "standing": Standing.FOUR,
                "decree": decree(DecreeStatus.DEAD, TODAY - 62 * DAY),
                "p_on": False,
                "silent_run": 13,
            },
            Reason.DEAD,
            TODAY - 62 * DAY,
        ),
    ],
)
def test_each_reason(values: dict[str, Any], reason: Reason, day: dt.date) -> None:
    (call,) = rank([kim(**values)], TODAY)
    assert (call.reason, call.day, call.more) == (reason, day, ())


@pytest.mark.parametrize(
    "values",
    [
        {"falls": fall(29)},
        {"p_off": TODAY + 29 * DAY},
        {"returned": TODAY - 31 * DAY},
        {"silent_run": 5},
        {"silent_run": 13, "standing": Standing.NEW},
        {"decree": decree(DecreeStatus.ENDING_SOON, TODAY + 31 * DAY)},
        {"decree": decree(DecreeStatus.ENDING_SOON, TODAY + 3 * DAY, 1, 2)},  # asked for
        {"decree": decree(DecreeStatus.WAITING, TODAY - 10 * DAY, 1, 2)},
        # The first cluster after `new` is no fall, whichever it is.
        {"falls": (Change(TODAY + DAY, Standing.NEW, Standing.THREE, Why.FIRST),)},
    ],
)
def test_just_not_a_reason(values: dict[str, Any]) -> None:
    assert rank([kim(**values)], TODAY) == []


def test_losses_by_their_day_then_the_rest_by_kind() -> None:
    dying = decree(DecreeStatus.GRACE, TODAY - 20 * DAY)  # dead in 11 days
    dead = decree(DecreeStatus.DEAD, TODAY - 62 * DAY)
    calls = rank(
        [
            kim(1, standing=Standing.FOUR, decree=dead, p_on=False),
            kim(2, silent_run=7),
            kim(3, falls=fall(20)),
            kim(4, decree=dying),
            kim(5, falls=fall(6)),
            kim(6, standing=Standing.FOUR, decree=dead),
            kim(7, returned=TODAY - 3 * DAY),
            kim(8),
            kim(9, decree=decree(DecreeStatus.ENDING_SOON, TODAY + 9 * DAY)),
        ],
        TODAY,
    )
    assert [call.kim_id for call in calls] == [5, 4, 3, 7, 9, 6, 2, 1]


def test_of_two_on_one_day_the_better_standing_first_then_by_name() -> None:
    one = (Change(TODAY + 6 * DAY, Standing.ONE, Standing.THREE, Why.PUBLISHING_OFF),)
    given = [kim(2, falls=fall(6)), kim(1, falls=fall(6)), kim(3, standing=Standing.ONE, falls=one)]
    assert [call.kim_id for call in rank(given, TODAY)] == [3, 1, 2]
    assert rank(given, TODAY) == rank(given[::-1], TODAY)


def test_a_kim_stands_there_once_with_all_its_reasons() -> None:
    grace = decree(DecreeStatus.GRACE, TODAY - 25 * DAY)  # dead in 6 days
    dies = (Change(TODAY + 6 * DAY, Standing.TWO, Standing.FOUR, Why.DECREE_DEAD),)
    given = kim(decree=grace, falls=dies, p_off=TODAY + 13 * DAY, silent_run=6)
    assert rank([given], TODAY) == [
        Call(
            1,
            Reason.DECREE_DYING,
            TODAY + 6 * DAY,
            Standing.FOUR,
            Why.DECREE_DEAD,
            (Reason.STOPS, Reason.SILENT),
        )
    ]


def test_first_fall_passes_over_what_rises() -> None:
    rises = Change(TODAY, Standing.FOUR, Standing.TWO, Why.OVERRIDE_ENDED)
    falls = Change(TODAY + WEEK, Standing.TWO, Standing.THREE, Why.PUBLISHING_OFF)
    assert first_fall((rises, falls)) == falls
    assert first_fall((rises,)) is None
    assert not falls_soon(None, TODAY)


@pytest.mark.parametrize(
    ("filled", "expected"),
    [
        ("111111000000", Trend.UP),
        ("000000111111", Trend.DOWN),
        ("110000100000", Trend.EVEN),
        ("110000000000", Trend.UP),
        ("111111111111", Trend.EVEN),
        ("", Trend.EVEN),
    ],
)
def test_trend(filled: str, expected: Trend) -> None:
    boxes = [Box(MONDAY - n * WEEK, 1 if sign == "1" else None) for n, sign in enumerate(filled)]
    assert trend(boxes) is expected
