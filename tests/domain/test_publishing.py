"""P: boxes, hysteresis and the credit of an article at a cut."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain import publishing
from kimcms.domain.clock import DAY, WEEK, start_of
from kimcms.domain.ledger import Reason, RestWeek
from kimcms.domain.policy import Policy
from kimcms.domain.publishing import Level
from tests.domain.story import MONDAY, Story, at

LONG_AGO = dt.date(2020, 1, 1)
HOUR = dt.timedelta(hours=1)


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


def one_article(*, credited=True, hours_before=100):
    story = Story()
    public_at = start_of(MONDAY) - hours_before * HOUR
    return story, story.article(public_at, credited=credited), public_at


def counts(story, monday=MONDAY):
    return read(story, monday).filled == 1


def test_credit_stands_while_the_article_is_public():
    assert counts(one_article(hours_before=1)[0])


def test_an_article_without_credit_fills_nothing():
    assert not counts(one_article(credited=False)[0])


@pytest.mark.parametrize(("hours", "stands"), [(71, False), (72, True), (73, True)])
def test_unpublished_it_stands_after_72_hours(hours, stands):
    story, article, public_at = one_article()
    assert counts(story.away(article, public_at + hours * HOUR)) is stands


def test_the_72_hours_are_a_sum_over_all_times_it_was_public():
    story, article, public_at = one_article(hours_before=160)
    story.away(article, public_at + 40 * HOUR).back(article, public_at + 60 * HOUR)
    assert not counts(story.away(article, public_at + 91 * HOUR))
    story.back(article, public_at + 92 * HOUR).away(article, public_at + 93 * HOUR)
    assert counts(story)


def test_published_again_the_credit_is_back_in_its_old_week_and_there_alone():
    story, article, public_at = one_article(hours_before=24)
    story.away(article, public_at + HOUR)
    assert not counts(story)
    story.back(article, at(MONDAY + 2 * DAY))
    later = read(story, MONDAY + WEEK)
    assert [box.filled for box in later.boxes[:3]] == [False, True, False]


def test_published_again_by_a_second_entry_gives_no_second_credit():
    story, article, public_at = one_article(hours_before=24)
    story.away(article, public_at + HOUR)
    story.article(at(MONDAY + 2 * DAY), article_id=article)
    later = read(story, MONDAY + WEEK)
    assert [box.filled for box in later.boxes[:3]] == [False, True, False]


@pytest.mark.parametrize("reason", [Reason.CHILD, Reason.PRIVACY, Reason.SOURCE, Reason.LAW])
def test_taken_down_to_protect_or_by_law_it_stands_at_once(reason):
    story, article, public_at = one_article()
    assert counts(story.away(article, public_at + HOUR, reason))


@pytest.mark.parametrize("reason", [Reason.FALSE, Reason.COPIED, Reason.GAMBLING])
def test_withdrawn_as_false_copied_or_gambling_it_ends_however_long_it_was_public(reason):
    story, article, public_at = one_article(hours_before=168)
    story.away(article, public_at + 150 * HOUR, reason)
    assert not counts(story)
    story.back(article, public_at + 160 * HOUR)
    assert counts(story)


def test_a_withdrawal_for_another_reason_is_like_unpublishing():
    story, article, hour = one_article()
    assert not counts(story.away(article, hour, Reason.OTHER))


def test_unpublished_then_withdrawn_to_protect_it_stands():
    story, article, public_at = one_article()
    story.away(article, public_at).away(article, public_at + HOUR, Reason.PRIVACY)
    assert counts(story)


def test_a_deletion_by_law_does_not_bring_back_what_was_withdrawn_as_false():
    story, article, public_at = one_article()
    story.away(article, public_at + 80 * HOUR, Reason.FALSE)
    assert not counts(story.away(article, public_at + 90 * HOUR, Reason.LAW))


def test_a_withdrawal_ends_credit_from_the_next_evaluation_on():
    story, article, _ = one_article()
    story.away(article, at(MONDAY), Reason.FALSE)
    assert counts(story)
    assert read(story, MONDAY + WEEK).filled == 0


def test_an_emergency_hide_lapses_by_itself_and_ends_nothing():
    story, article, public_at = one_article(hours_before=30)
    hide = public_at + 20 * HOUR
    story.away(article, hide, Reason.FALSE, until=hide + 24 * HOUR)
    assert not counts(story)  # hidden at the cut, public for 20 hours
    assert read(story, MONDAY + WEEK).filled == 1


def test_a_hide_that_lapsed_before_the_cut_counts_the_hours_around_it():
    story, article, public_at = one_article(hours_before=120)
    hide = public_at + 40 * HOUR
    story.away(article, hide, until=hide + 24 * HOUR)
    story.away(article, public_at + 95 * HOUR)
    assert not counts(story)  # 40 + 31 hours
    story, article, public_at = one_article(hours_before=120)
    story.away(article, hide, until=hide + 24 * HOUR).away(article, public_at + 96 * HOUR)
    assert counts(story)  # 40 + 32


def test_a_hide_of_what_is_not_public_does_not_publish_it():
    story, article, public_at = one_article()
    story.away(article, public_at + HOUR)
    hide = public_at + 2 * HOUR
    assert not counts(story.away(article, hide, until=hide + HOUR))


def test_a_hide_that_became_a_withdrawal_does_not_lapse():
    story, article, hide = one_article()
    story.away(article, hide, until=hide + 24 * HOUR)
    assert not counts(story.away(article, hide + HOUR, Reason.FALSE))


def test_a_scheduled_article_counts_in_the_week_of_its_hour():
    story = Story()
    story.article(at(MONDAY + WEEK), told=at(MONDAY - DAY))
    assert read(story).filled == 0
    assert read(story, MONDAY + WEEK).filled == 0
    assert read(story, MONDAY + 2 * WEEK).boxes[0].filled


def test_a_schedule_is_moved_or_cleared_while_it_lies_ahead():
    story = Story()
    article = story.article(at(MONDAY - DAY), told=at(MONDAY - 10 * DAY))
    story.article(at(MONDAY - 9 * DAY), told=at(MONDAY - 10 * DAY, 11), article_id=article)
    assert [box.filled for box in read(story).boxes[:2]] == [False, True]
    story = Story()
    article = story.article(at(MONDAY - DAY), told=at(MONDAY - 10 * DAY))
    story.away(article, at(MONDAY - 3 * DAY))
    assert read(story, MONDAY + WEEK).filled == 0
    story.article(at(MONDAY + DAY), article_id=article)
    assert read(story, MONDAY + WEEK).boxes[0].filled


def test_credit_needs_an_hour_before_the_cut():
    story = Story()
    story.article(start_of(MONDAY), told=at(MONDAY - DAY))
    assert not counts(story)
