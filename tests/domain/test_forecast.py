"""What comes if nothing is recorded any more, the warning, and a policy tried on the past."""

from __future__ import annotations

import pytest

from kimcms.domain import clusters
from kimcms.domain.clock import DAY, WEEK, start_of
from kimcms.domain.ledger import Answered, OverrideApproved, Proof, RestWeek
from kimcms.domain.policy import Policy, Timeline
from kimcms.domain.publishing import Level
from kimcms.domain.standing import Why
from kimcms.domain.terms import Standing
from tests.domain.story import FAR, MONDAY, Story, at, day, settled

ONE, TWO, THREE, FOUR = Standing.ONE, Standing.TWO, Standing.THREE, Standing.FOUR
POLICY = Policy()


def contoh() -> Story:
    """KIM Contoh of the card: published in 8 of the 13 weeks before 10 November 2025."""
    story = Story().opened().decree(day("2027-06-30"))
    story.proof(Proof.BOARD, day("2025-03-01"))
    for _ in range(2):
        story.proof(Proof.INVITATION, day("2025-05-01"), attended=True)
    return story.weeks(1, 2, 4, 6, 8, 11, 12, 13, before=day("2025-11-10"))


def test_the_card_of_kim_contoh():
    story, monday = contoh(), day("2025-11-10")
    found = clusters.replay(POLICY, story.ledger, monday)[-1]
    assert (found.official, found.monday) == (TWO, monday)
    assert (found.decree.end, found.decree.alive) == (day("2027-06-30"), True)
    assert (found.organisation.met, found.organisation.of) == (2, 5)
    assert (found.publishing.filled, found.publishing.level) == (8, Level.ENOUGH)
    assert len(found.publishing.boxes) == 13
    need = found.rise.needs[0]
    assert (found.rise.to, need.amount) == (ONE, 1)
    assert need.proofs == (Proof.PROGRAMME, Proof.MEETING, Proof.REPORT)
    ahead = clusters.forecast(POLICY, story.ledger, found.state)
    assert [(c.day, c.to) for c in ahead.changes] == [(day("2026-01-05"), THREE)]
    assert (ahead.p_off, ahead.p_warning) == (day("2026-01-05"), day("2025-12-22"))


def test_the_kim_is_told_once_and_again_only_after_an_evaluation_without_the_danger():
    story = Story().opened().decree().weeks(*range(7, 14))
    step = clusters.advance(POLICY, story.ledger, settled(TWO, g=False), start_of(MONDAY))
    assert [(a.p_off, a.tell) for a in step.assessments] == [(MONDAY + 2 * WEEK, True)]
    step = clusters.advance(POLICY, story.ledger, step.state, start_of(MONDAY + 2 * WEEK))
    assert [(a.p_off, a.tell) for a in step.assessments] == [
        (MONDAY + 2 * WEEK, False),
        (None, False),
    ]
    # Saved by one article, then in danger again: told again.
    saved = Story().opened().decree().weeks(-1, *range(7, 14))
    state = settled(TWO, MONDAY - WEEK, g=False)
    step = clusters.advance(POLICY, saved.ledger, state, start_of(MONDAY + 10 * WEEK))
    told = [a.monday for a in step.assessments if a.tell]
    shown = [a.monday for a in step.assessments if a.p_off]
    assert told[0] == MONDAY
    assert len(told) == 2
    assert told[1] - WEEK not in shown


def test_a_warning_that_was_given_is_not_forecast_again():
    story, told = contoh(), day("2025-12-22")
    state = clusters.replay(POLICY, story.ledger, told)[-1].state
    ahead = clusters.forecast(POLICY, story.ledger, state)
    assert (ahead.p_off, ahead.p_warning) == (told + 2 * WEEK, None)


@pytest.mark.parametrize(("silent", "warned"), [(5, False), (6, True), (7, True)])
def test_danger_is_p_off_within_14_days(silent, warned):
    story = Story().opened().decree().weeks(*range(silent + 1, 14))
    found = clusters.evaluate(POLICY, story.ledger, settled(TWO, g=False), MONDAY)
    assert (found.p_off is not None) is warned
    assert found.tell is warned


def test_what_is_scheduled_already_counts():
    story = Story().opened().decree().weeks(*range(1, 14))
    state = clusters.evaluate(POLICY, story.ledger, settled(TWO, g=False), MONDAY).state
    plain = clusters.forecast(POLICY, story.ledger, state)
    story.article(at(MONDAY + 15 * DAY), told=at(MONDAY, 1))
    scheduled = clusters.forecast(POLICY, story.ledger, state)
    story.tell(RestWeek, at(MONDAY, 1), monday=MONDAY + 4 * WEEK, city=True)
    rested = clusters.forecast(POLICY, story.ledger, state)
    assert [f.p_off for f in (plain, scheduled, rested)] == [
        MONDAY + 8 * WEEK,
        MONDAY + 11 * WEEK,
        MONDAY + 12 * WEEK,
    ]


def test_a_decree_and_an_override_change_on_their_own_days():
    end = MONDAY + 2 * DAY
    story = Story().opened().decree(end).weeks(*range(1, 14))
    story.tell(OverrideApproved, MONDAY - DAY, to=ONE)
    state = settled(TWO, MONDAY - 2 * WEEK, g=False)
    ahead = clusters.forecast(POLICY, story.ledger, state)
    assert [(c.day, c.to) for c in ahead.changes] == [
        (MONDAY - DAY, ONE),
        (MONDAY + 89 * DAY, FOUR),
    ]


def test_no_answer_to_proposals_is_assumed():
    story = Story().opened().decree().weeks(*range(1, 14)).organised()
    state = settled(TWO, MONDAY - WEEK, g=False)
    ahead = clusters.forecast(POLICY, story.ledger, state)
    assert ONE not in [c.to for c in ahead.changes]
    falling = settled(ONE, MONDAY - WEEK, g_failing=MONDAY - 63 * DAY)
    bare = Story().opened().decree().weeks(*range(1, 14))
    ahead = clusters.forecast(POLICY, bare.ledger, falling)
    assert [(c.day, c.to, c.why) for c in ahead.changes][:1] == [
        (MONDAY + 2 * WEEK, TWO, Why.SILENCE)
    ]


def test_a_forecast_of_a_silent_kim_has_no_warning():
    story = Story().opened().decree()
    state = settled(THREE, p=False, g=False)
    ahead = clusters.forecast(POLICY, story.ledger, state)
    assert (ahead.changes, ahead.p_off, ahead.p_warning) == ((), None, None)


def test_a_forecast_runs_as_far_as_it_is_asked():
    story = Story().opened().decree(MONDAY + 30 * WEEK)
    state = settled(THREE, p=False, g=False)
    assert clusters.forecast(POLICY, story.ledger, state, weeks=34).changes == ()
    assert clusters.forecast(POLICY, story.ledger, state, weeks=60).changes[0].to is FOUR


@pytest.mark.parametrize(("hour", "p_off"), [(0, 0), (1, 1)])
def test_a_monday_that_the_state_passed_without_evaluation_is_not_forecast(hour, p_off):
    story = Story().opened().decree().weeks(*range(9, 14))
    passed = clusters.daily(POLICY, story.ledger, settled(TWO, g=False), at(MONDAY, hour)).state
    ahead = clusters.forecast(POLICY, story.ledger, passed)
    assert ahead.p_off == MONDAY + p_off * WEEK


def test_a_policy_that_is_scheduled_counts_in_the_forecast():
    story = Story().opened().decree().weeks(*range(1, 14))
    state = settled(TWO, MONDAY, g=False)
    later = Timeline(POLICY, ((MONDAY + 5 * WEEK, Policy(version=2, silent_off=5)),))
    assert clusters.forecast(later, story.ledger, state).p_off == MONDAY + 5 * WEEK


def test_what_if_answers_rises_with_yes_and_leaves_answers_and_overrides_out():
    story = Story().opened().decree(FAR).weeks(*range(-8, 14)).organised()
    story.tell(Answered, MONDAY + DAY, to=ONE, opened=MONDAY, yes=False)
    story.tell(OverrideApproved, MONDAY + 2 * DAY, to=FOUR)
    state = settled(TWO, g=False)
    last = MONDAY + 2 * WEEK
    real = clusters.replay(POLICY, story.ledger, last, state)
    assert [a.official for a in real] == [TWO, FOUR, FOUR]
    tried = clusters.what_if(POLICY, story.ledger, last, state)
    assert [a.official for a in tried] == [ONE, ONE, ONE]
    strict = clusters.what_if(Policy(version=2, p_on=13, p_off=13), story.ledger, last, state)
    assert [a.policy_version for a in strict] == [2, 2, 2]


def test_what_if_carries_p_and_g_over_from_the_stored_state():
    story = Story().opened().decree().weeks(1, 2, 3)
    on, off = settled(TWO, g=False), settled(THREE, p=False, g=False)
    ledger = story.ledger
    assert clusters.what_if(POLICY, ledger, MONDAY, on)[0].official is TWO
    assert clusters.what_if(POLICY, ledger, MONDAY, off)[0].official is THREE


def test_what_if_starts_without_the_override_of_the_stored_state():
    story = Story().opened().decree().weeks(*range(1, 14))
    story.tell(OverrideApproved, MONDAY - 8 * DAY, to=FOUR)
    start = settled(TWO, MONDAY - 2 * WEEK, g=False)
    state = clusters.replay(POLICY, story.ledger, MONDAY - WEEK, start)[-1].state
    assert state.official is FOUR
    assert clusters.what_if(POLICY, story.ledger, MONDAY, state)[0].official is TWO


def test_what_if_works_from_the_first_entry_too():
    story = Story().opened(MONDAY - 30 * DAY)
    found = clusters.what_if(POLICY, story.ledger, MONDAY, None)
    assert [a.monday for a in found] == [MONDAY - n * WEEK for n in (4, 3, 2, 1, 0)]
