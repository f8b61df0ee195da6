"""S: the days on which a decree's status changes, in WIB."""

from __future__ import annotations

import datetime as dt

import pytest

from kimcms.domain import decrees
from kimcms.domain.clock import DAY, day_of
from kimcms.domain.decrees import DecreeStatus
from kimcms.domain.ledger import RenewalRefused, RenewalRequested
from kimcms.domain.policy import Policy
from tests.domain.story import Story, at, day

E = day("2025-06-30")
POLICY = Policy()


def status(story, past):
    """The status `past` days after E, from what was recorded through that day."""
    on = E + past * DAY
    return decrees.read(POLICY, story.ledger.up_to(at(on, 24)), on).status


def request(story, past, decree_id=1):
    on = E + past * DAY
    return story.tell(RenewalRequested, at(on, 23, 59), decree_id=decree_id, day=on)


def refuse(story, past, decree_id=1):
    on = E + past * DAY
    return story.tell(RenewalRefused, on, decree_id=decree_id, day=on)


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        (-91, DecreeStatus.VALID),
        (-90, DecreeStatus.ENDING_SOON),
        (0, DecreeStatus.ENDING_SOON),
        (1, DecreeStatus.GRACE),
        (30, DecreeStatus.GRACE),
        (31, DecreeStatus.DEAD),
        (400, DecreeStatus.DEAD),
    ],
)
def test_without_a_renewal(past, expected):
    assert status(Story().decree(E), past) is expected


def test_it_is_valid_through_the_last_second_of_its_last_day_in_wib():
    last_second = at(E, 23, 59) + dt.timedelta(seconds=59)
    story = Story().decree(E)
    read = decrees.read(POLICY, story.ledger, day_of(last_second))
    assert read.status is DecreeStatus.ENDING_SOON
    after = decrees.read(POLICY, story.ledger, day_of(last_second + dt.timedelta(seconds=1)))
    assert after.status is DecreeStatus.GRACE


@pytest.mark.parametrize(
    ("requested", "past", "expected"),
    [
        (-20, 0, DecreeStatus.ENDING_SOON),
        (-20, 1, DecreeStatus.WAITING),
        (30, 29, DecreeStatus.GRACE),
        (30, 30, DecreeStatus.WAITING),
        (30, 90, DecreeStatus.WAITING),
        (30, 91, DecreeStatus.WAITING_DISKOMINFO),
        (30, 900, DecreeStatus.WAITING_DISKOMINFO),
        (31, 31, DecreeStatus.DEAD),
    ],
)
def test_with_a_renewal_request(requested, past, expected):
    assert status(request(Story().decree(E), requested), past) is expected


def test_the_recorded_day_of_a_request_counts_not_the_day_it_claims():
    story = Story().decree(E)
    story.tell(RenewalRequested, E + 31 * DAY, decree_id=1, day=E + 10 * DAY)
    assert status(story, 31) is DecreeStatus.DEAD


@pytest.mark.parametrize(
    ("refused", "past", "expected"),
    [
        (-10, 0, DecreeStatus.ENDING_SOON),
        (10, 9, DecreeStatus.WAITING),
        (10, 10, DecreeStatus.GRACE),
        (10, 30, DecreeStatus.GRACE),
        (10, 31, DecreeStatus.DEAD),
        (45, 44, DecreeStatus.WAITING),
        (45, 45, DecreeStatus.DEAD),
        (120, 119, DecreeStatus.WAITING_DISKOMINFO),
        (120, 120, DecreeStatus.DEAD),
    ],
)
def test_a_refusal_kills_on_its_day_but_not_before_the_grace_is_over(refused, past, expected):
    story = refuse(request(Story().decree(E), -20), refused)
    assert status(story, past) is expected


def test_a_new_request_in_time_after_a_refusal_waits_again():
    story = request(refuse(request(Story().decree(E), -20), 10), 20)
    assert status(story, 31) is DecreeStatus.WAITING
    late = request(refuse(request(Story().decree(E), -20), 10), 40)
    assert status(late, 41) is DecreeStatus.DEAD


def test_a_request_for_another_decree_does_not_count():
    assert status(request(Story().decree(E), 5, decree_id=2), 31) is DecreeStatus.DEAD
    story = refuse(request(Story().decree(E), 5), 10, decree_id=2)
    assert status(story, 31) is DecreeStatus.WAITING


def test_an_assumed_end_warns_and_never_kills():
    story = Story().decree(E, assumed=True)
    assert status(story, -90) is DecreeStatus.ENDING_SOON
    assert status(story, 5) is DecreeStatus.GRACE
    assert status(story, 31) is DecreeStatus.ASSUMED_ENDED
    assert status(refuse(request(story, 6), 7), 900) is DecreeStatus.ASSUMED_ENDED
    read = decrees.read(POLICY, story.ledger, E + 900 * DAY)
    assert (read.alive, read.limit) == (True, None)


def test_no_decree_is_neither_yes_nor_no():
    read = decrees.read(POLICY, Story().ledger, E)
    assert (read.status, read.alive) == (DecreeStatus.NONE, None)


def test_the_latest_start_is_read_from_its_verification_on():
    story = Story().decree(E).decree(day("2028-06-30"), day("2025-08-15"), told=E, decree_id=2)
    before = decrees.read(POLICY, story.ledger.up_to(at(E, 9)), E)
    after = decrees.read(POLICY, story.ledger, E)
    assert (before.decree_id, before.limit, before.entries) == (1, day("2025-07-30"), (1,))
    assert (after.decree_id, after.end, after.entries) == (2, day("2028-06-30"), (2,))
    older = story.decree(day("2031-01-01"), day("2020-01-01"), told=E, decree_id=3)
    assert decrees.read(POLICY, older.ledger, E).decree_id == 2


def test_of_two_with_the_same_start_the_one_verified_last_holds():
    story = Story().decree(E).decree(day("2026-06-30"), told=E, decree_id=2)
    assert decrees.read(POLICY, story.ledger, E).decree_id == 2


def test_a_newer_entry_corrects_the_dates_of_its_decree():
    story = Story().decree(E, day("2024-06-01")).decree(E, day("2023-01-01"), told=E)
    read = decrees.read(POLICY, story.ledger, E)
    assert read.start == day("2023-01-01")


def test_alive_is_no_only_when_dead():
    story = Story().decree(E)
    alive = [decrees.read(POLICY, story.ledger, E + n * DAY).alive for n in (-100, 1, 30, 31)]
    assert alive == [True, True, True, False]


def test_the_coming_changes_are_said_with_their_days():
    story = Story().decree(E)
    assert decrees.upcoming(POLICY, story.ledger, E - 200 * DAY) == (
        (E - 90 * DAY, DecreeStatus.ENDING_SOON),
        (E + DAY, DecreeStatus.GRACE),
        (E + 31 * DAY, DecreeStatus.DEAD),
    )
    assert decrees.upcoming(POLICY, story.ledger, E + DAY) == ((E + 31 * DAY, DecreeStatus.DEAD),)
    assert decrees.upcoming(POLICY, request(story, 1).ledger, E + DAY) == (
        (E + 91 * DAY, DecreeStatus.WAITING_DISKOMINFO),
    )
    assert decrees.upcoming(POLICY, Story().ledger, E) == ()


def test_reminders_fall_on_five_days():
    story = Story().decree(E)
    found = {
        n: decrees.reminder(POLICY, story.ledger, E - n * DAY)
        for n in range(-2, 100)
        if decrees.reminder(POLICY, story.ledger, E - n * DAY) is not None
    }
    assert found == {90: 90, 60: 60, 30: 30, 7: 7, 0: 0}
    assert decrees.reminder(POLICY, Story().ledger, E) is None


def test_day_one_is_the_later_of_first_decree_and_first_opening():
    opening = day("2024-05-01")
    story = Story().opened(opening)
    assert decrees.day_one(story.ledger) == opening
    story.decree(E, day("2024-07-01"))
    assert decrees.day_one(story.ledger) == day("2024-07-01")
    story.decree(day("2028-01-01"), day("2025-07-01"), told=E, decree_id=2)
    story.opened(E)
    assert decrees.day_one(story.ledger) == day("2024-07-01")
    early = Story().opened(opening).decree(E, day("2023-01-01"))
    assert decrees.day_one(early.ledger) == opening
    assert decrees.day_one(Story().decree(E).ledger) is None
