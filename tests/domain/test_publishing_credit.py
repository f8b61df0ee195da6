"""P: whether an article's credit stands at a cut, whatever happened to it after publication."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain import publishing
from kimcms.domain.clock import DAY, WEEK, start_of
from kimcms.domain.ledger import Reason
from kimcms.domain.policy import Policy
from tests.domain.story import MONDAY, Story, at

HOUR = dt.timedelta(hours=1)


def read(story, monday=MONDAY):
    ledger = story.ledger.up_to(start_of(monday))
    day_one = dt.date(2020, 1, 1)
    return publishing.read(Policy(), ledger, monday, was_on=False, day_one=day_one)


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


def test_a_hide_that_lapses_at_the_cut_is_over():
    story, article, _ = one_article(hours_before=30)
    hide = start_of(MONDAY) - 24 * HOUR
    assert counts(story.away(article, hide, until=hide + 24 * HOUR))


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
