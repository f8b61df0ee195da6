"""P: boxes, hysteresis and the credit of an article at a cut."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain import publishing
from kimcms.domain.clock import DAY, WEEK, start_of
from kimcms.domain.ledger import RestWeek
from kimcms.domain.policy import Policy
from kimcms.domain.publishing import Level
from tests.domain.story import MONDAY, Story, at

LONG_AGO = dt.date(2020, 1, 1)


def read(story, monday=MONDAY, *, was_on=False, day_one=LONG_AGO, **values):
    ledger = story.ledger.up_to(start_of(monday))
    return publishing.read(
        values.pop("policy", Policy()), ledger, monday, was_on=was_on, day_one=day_one, **values
    )


def rest(story, *back, city=True, told=MONDAY - DAY, lifted=False):
    for count in back:
        story.tell(RestWeek, told, monday=MONDAY - count * WEEK, city=city, lifted=lifted)
    return story


@pytest.mark.parametrize(
    ("back", "was_on", "on"),
    [
        (range(1, 6), False, False),
        (range(1, 7), False, True),
        ((1, 2, 3), True, True),
        ((1, 2), True, False),
        ((1, 2, 3), False, False),
        ((8, 9, 10, 11), True, True),  # 7 silent weeks
        ((9, 10, 11, 12), True, False),  # 8 silent weeks: off although 4 are filled
        (range(8, 14), False, True),
        ((), True, False),
    ],
)
def test_p_turns_on_at_six_and_off_under_three_or_after_eight_silent_weeks(back, was_on, on):
    assert read(Story().weeks(*back), was_on=was_on).on is on


def test_off_wins_where_a_policy_lets_both_hold():
    policy = Policy(silent_off=3)
    story = Story().weeks(*range(4, 14))
    assert read(story, policy=policy).filled == 10
    assert not read(story, policy=policy).on
    assert not read(story, policy=policy, was_on=True).on


@pytest.mark.parametrize(
    ("count", "level"),
    [
        (13, Level.REGULAR),
        (10, Level.REGULAR),
        (9, Level.ENOUGH),
        (6, Level.ENOUGH),
        (5, Level.RARE),
        (1, Level.RARE),
        (0, Level.SILENT),
    ],
)
def test_levels_for_people(count, level):
    p = read(Story().weeks(*range(1, count + 1)))
    assert (p.filled, p.level) == (count, level)


def test_thirty_posts_in_a_week_are_one_box_proved_by_the_earliest():
    story = Story()
    for hour in range(23, 0, -1):
        story.article(at(MONDAY - WEEK, hour))
    p = read(story)
    assert p.filled == 1
    assert p.boxes[0].article_id == 1022  # told last, public first
    assert p.boxes[0].entry == 23


def test_the_window_is_thirteen_boxes_newest_first_and_leaves_out_the_running_week():
    p = read(Story().weeks(0, 1, 13, 14))
    assert [box.monday for box in p.boxes] == [MONDAY - n * WEEK for n in range(1, 14)]
    assert [n for n, box in enumerate(p.boxes, 1) if box.filled] == [1, 13]


def test_sunday_last_minute_and_monday_first_minute_are_different_weeks():
    story = Story()
    story.article(at(MONDAY - DAY, 23, 59))
    assert read(story).boxes[0].filled
    story = Story()
    story.article(at(MONDAY))
    assert read(story).filled == 0
    assert read(story, MONDAY + WEEK).boxes[0].filled


def test_rest_weeks_are_skipped_unless_something_was_published():
    story = rest(Story().weeks(1, 3, 14, 15), 2, 3)
    p = read(story)
    mondays = [box.monday for box in p.boxes]
    assert MONDAY - 2 * WEEK not in mondays
    assert MONDAY - 3 * WEEK in mondays
    assert mondays[-1] == MONDAY - 14 * WEEK
    assert p.filled == 3


def test_a_silent_run_goes_on_across_rest_weeks():
    story = Story().weeks(*range(9, 14))
    assert read(story, was_on=True).silent_run == 8
    assert read(rest(story, 4, 5), was_on=True).silent_run == 6


def test_a_rest_week_told_late_acts_from_the_next_evaluation():
    story = rest(Story(), 1, told=MONDAY)
    assert read(story).boxes[0].monday == MONDAY - WEEK
    assert MONDAY - WEEK not in [box.monday for box in read(story, MONDAY + WEEK).boxes]


def test_a_rest_week_that_was_lifted_is_an_empty_box_unless_the_kim_has_its_own():
    story = rest(Story(), 1)
    rest(story, 1, lifted=True)
    assert read(story).boxes[0].monday == MONDAY - WEEK
    rest(story, 1, city=False)
    assert read(story).boxes[0].monday == MONDAY - 2 * WEEK


@pytest.mark.parametrize(("later", "filled"), [(-1, 4), (0, 3), (6, 3), (7, 2)])
def test_weeks_wholly_before_day_one_are_empty_boxes(later, filled):
    day_one = MONDAY - 3 * WEEK + later * DAY
    p = read(Story().weeks(1, 2, 3, 4), day_one=day_one)
    assert p.filled == filled
    assert len(p.boxes) == 13


def test_without_day_one_all_boxes_are_empty():
    assert read(Story().weeks(*range(1, 14)), day_one=None).filled == 0


def test_a_rest_week_before_day_one_is_no_reason_to_look_further_back():
    story = rest(Story().weeks(1), 3)
    boxes = read(story, day_one=MONDAY - WEEK).boxes
    assert boxes[-1].monday == MONDAY - 13 * WEEK


def test_a_baseline_p_cannot_go_off_but_is_counted():
    p = read(Story(), was_on=True, may_turn_off=False)
    assert p.on
    assert (p.filled, p.silent_run) == (0, 13)
    assert not read(Story(), was_on=False, may_turn_off=False).on
