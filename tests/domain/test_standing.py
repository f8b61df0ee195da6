"""Proposals, answers, overrides, baselines and objections: from computed to official."""

from __future__ import annotations

import pytest

from kimcms.domain import clusters, decrees
from kimcms.domain.assessments import NeedCode, Tag
from kimcms.domain.cases import Answer
from kimcms.domain.clock import DAY, WEEK, start_of
from kimcms.domain.ledger import (
    Answered,
    BaselineSet,
    EvidenceSubmitted,
    OverrideApproved,
    Proof,
)
from kimcms.domain.policy import Policy
from kimcms.domain.standing import Why, baseline_problem
from kimcms.domain.terms import Standing
from tests.domain.story import FAR, MONDAY, Story, at, day, settled

FORMING, NEW = Standing.FORMING, Standing.NEW
ONE, TWO, THREE, FOUR = Standing.ONE, Standing.TWO, Standing.THREE, Standing.FOUR
POLICY = Policy()
WEDNESDAY = MONDAY + 2 * DAY
ALWAYS = range(-30, 14)  # a credited article in every week around MONDAY


def running(*, organised=True, end=FAR) -> Story:
    """Publishes every week; organised all the time or not at all."""
    story = Story().opened().decree(end).weeks(*ALWAYS)
    return story.organised() if organised else story


def answer(story, to, opened, yes, told):
    return story.tell(Answered, told, to=to, opened=opened, yes=yes)


def through(story, state, moment):
    return clusters.advance(POLICY, story.ledger, state, moment)


def officials(step):
    return [assessment.official for assessment in step.assessments]


def test_a_yes_moves_into_1_when_it_is_recorded_and_evaluations_keep_it():
    story = answer(running(), ONE, MONDAY, True, WEDNESDAY)
    step = through(story, settled(TWO, g=False), start_of(MONDAY + 2 * WEEK))
    assert officials(step) == [TWO, ONE, ONE]
    assert [(c.day, c.to, c.why) for c in step.changes] == [(WEDNESDAY, ONE, Why.CONFIRMED)]
    assert [case.answer for case in step.cases] == [None, Answer.YES]


def test_a_declined_rise_is_not_opened_again_until_the_computed_cluster_changed():
    story = answer(running(), ONE, MONDAY, False, WEDNESDAY)
    step = through(story, settled(TWO, g=False), start_of(MONDAY + 4 * WEEK))
    assert officials(step) == [TWO] * 5
    assert [case.answer for case in step.cases] == [None, Answer.NO]
    assert step.assessments[-1].rise.needs[0].code is NeedCode.DECLINED
    # The decree dies and is renewed: the computed cluster was 4, so it is asked again.
    story = answer(running(end=MONDAY - 20 * DAY), ONE, MONDAY, False, WEDNESDAY)
    renewed = MONDAY + 16 * DAY
    story.decree(FAR, MONDAY, told=renewed, decree_id=2)
    step = through(story, settled(TWO, g=False), start_of(MONDAY + 3 * WEEK))
    assert [(c.to, c.day) for c in step.changes] == [(FOUR, MONDAY + 11 * DAY), (TWO, renewed)]
    assert [case.answer for case in step.cases] == [None, Answer.NO, None]


def test_an_answer_to_another_proposal_moves_nothing():
    story = answer(running(), ONE, MONDAY - WEEK, True, WEDNESDAY)
    answer(story, TWO, MONDAY, True, WEDNESDAY)
    assert through(story, settled(TWO, g=False), at(WEDNESDAY)).state.official is TWO


def test_a_rise_has_no_due_date_and_lapses_when_the_computed_cluster_leaves_it():
    story = Story().opened().decree().weeks(*range(1, 14)).organised()
    step = through(story, settled(TWO, g=False), start_of(MONDAY + 10 * WEEK))
    assert officials(step) == [TWO] * 8 + [THREE] * 3
    assert [case.answer for case in step.cases] == [None, Answer.LAPSED]
    assert step.cases[-1].answered == MONDAY + 8 * WEEK
    assert step.state.open_proposal is None


def falling():
    """An organisation that goes off at MONDAY, on a KIM that publishes."""
    return running(organised=False), settled(ONE, g_failing=MONDAY - 63 * DAY)


def test_a_fall_that_nobody_answers_applies_14_days_later_and_is_marked():
    story, state = falling()
    step = through(story, state, start_of(MONDAY + 3 * WEEK))
    assert officials(step) == [ONE, ONE, TWO, TWO]
    assert [(c.day, c.why) for c in step.changes] == [(MONDAY + 14 * DAY, Why.SILENCE)]
    assert [case.answer for case in step.cases] == [None, Answer.SILENCE]
    assert [a.tags for a in step.assessments[1:]] == [(), (Tag.BY_SILENCE,), (Tag.BY_SILENCE,)]


def test_a_fall_answered_yes_applies_at_once():
    story, state = falling()
    answer(story, TWO, MONDAY, True, WEDNESDAY)
    step = through(story, state, start_of(MONDAY + WEEK))
    assert officials(step) == [ONE, TWO]
    assert step.changes[0].day == WEDNESDAY
    assert step.assessments[-1].tags == ()


def test_a_declined_fall_leaves_the_kim_in_1_for_as_long_as_it_is_computed_2():
    story, state = falling()
    answer(story, TWO, MONDAY, False, WEDNESDAY)
    step = through(story, state, start_of(MONDAY + 6 * WEEK))
    assert officials(step) == [ONE] * 7
    assert [case.answer for case in step.cases] == [None, Answer.NO]


def test_a_fall_lapses_when_the_organisation_runs_again():
    story, state = falling()
    story.organised(MONDAY + DAY)
    step = through(story, state, start_of(MONDAY + 3 * WEEK))
    assert officials(step) == [ONE] * 4
    assert [case.answer for case in step.cases] == [None, Answer.LAPSED]


def test_a_fall_that_is_open_does_not_keep_a_silent_kim_in_1():
    story = Story().opened().decree().weeks(*range(8, 14))
    step = through(story, settled(ONE, g_failing=MONDAY - 63 * DAY), start_of(MONDAY + WEEK))
    assert officials(step) == [ONE, THREE]
    assert step.cases[-1].answer is Answer.LAPSED


def test_a_decree_moves_to_4_on_the_day_it_dies_not_on_monday():
    story = running(organised=False, end=WEDNESDAY - 31 * DAY)
    state = through(story, settled(TWO, g=False), start_of(MONDAY)).state
    assert clusters.daily(POLICY, story.ledger, state, at(WEDNESDAY, 0)).changes[0].why is (
        Why.DECREE_DEAD
    )
    before = clusters.daily(POLICY, story.ledger, state, at(WEDNESDAY - DAY, 23, 59))
    assert before.state.official is TWO


def override(story, to, told, **values):
    return story.tell(OverrideApproved, told, to=to, **values)


def test_an_override_is_shown_for_90_days_while_the_rule_goes_on_beneath():
    story = override(running(organised=False), THREE, WEDNESDAY)
    state = settled(TWO, g=False)
    last, after = WEDNESDAY + 89 * DAY, WEDNESDAY + 90 * DAY
    step = through(story, state, at(last, 23, 59))
    assert (step.state.official, step.state.ruled) == (THREE, TWO)
    assert step.changes[0].day == WEDNESDAY
    assert step.state.override.due == last
    step = through(story, state, at(after, 0))
    assert (step.state.official, step.state.override) == (TWO, None)
    assert (step.changes[-1].day, step.changes[-1].why) == (after, Why.OVERRIDE_ENDED)


def test_the_proposals_of_the_rule_go_on_beneath_an_override():
    story = answer(override(running(), THREE, MONDAY - DAY), ONE, MONDAY, True, WEDNESDAY)
    step = through(story, settled(TWO, g=False), at(MONDAY + 95 * DAY))
    assert step.assessments[0].official is THREE
    assert step.assessments[1].state.ruled is ONE
    assert step.changes[1].to is ONE


def test_a_newer_override_replaces_an_older_one():
    story = override(running(organised=False), THREE, WEDNESDAY)
    override(story, ONE, WEDNESDAY + 10 * DAY)
    step = through(story, settled(TWO, g=False), at(WEDNESDAY + 95 * DAY))
    assert step.state.official is ONE
    assert [c.to for c in step.changes] == [THREE, ONE]


def baseline(story, cluster, told, *, p=True, g=True):
    values = {"cluster": cluster, "p": p, "g": g, "day": day("2021-12-14"), "source": "daftar"}
    return story.tell(BaselineSet, told, **values)


START = MONDAY - 3 * DAY  # a Friday: MONDAY is the first evaluation of a baseline


def old_kim(cluster, *, end=FAR, assumed=False, **signals):
    story = Story().opened(day("2025-08-20"))
    story.decree(end, told=at(START, 9), assumed=assumed)
    return baseline(story, cluster, START, **signals)


def test_a_baseline_acts_from_its_recording_and_is_not_new():
    state = through(old_kim(ONE), None, at(START)).state
    assert (state.official, state.since) == (ONE, day("2021-12-14"))
    assert (state.p_on, state.g_on) == (True, True)


def test_for_13_evaluations_only_the_computed_cluster_moves():
    step = through(old_kim(ONE), None, start_of(MONDAY + 13 * WEEK))
    found = [a for a in step.assessments if a.monday >= MONDAY]
    assert [a.official for a in found] == [ONE] * 13 + [THREE]
    # P cannot go off; G goes off at the first cut 60 days after the baseline of 29 August.
    assert [a.computed for a in found] == [ONE] * 9 + [TWO] * 4 + [THREE]
    assert found[8].organisation.failing_since == START
    assert found[9].monday == day("2025-11-03")
    assert step.cases == ()


def test_a_baseline_is_warned_only_of_a_p_that_can_go_off():
    step = through(old_kim(ONE), None, start_of(MONDAY + 13 * WEEK))
    told = [a.monday for a in step.assessments if a.tell]
    assert told == [MONDAY + 11 * WEEK]
    assert step.assessments[-3].p_off == MONDAY + 13 * WEEK


def active(cluster, **values):
    """An old KIM that publishes and is organised from its baseline on."""
    story = old_kim(cluster, **values).weeks(*range(-14, 1))
    return story.organised(START)


@pytest.mark.parametrize(
    ("cluster", "last", "cases"), [(ONE, ONE, []), (TWO, TWO, [None]), (THREE, TWO, [None])]
)
def test_the_14th_evaluation_confirms_a_baseline_1_alone(cluster, last, cases):
    step = through(active(cluster, p=cluster is not THREE), None, start_of(MONDAY + 13 * WEEK))
    found = [a for a in step.assessments if a.monday >= MONDAY]
    assert [a.official for a in found] == [cluster] * 13 + [last]
    assert [case.answer for case in step.cases] == cases
    assert found[12].state.baseline is cluster
    assert found[13].state.baseline is None


def test_a_baseline_1_that_a_decree_moved_meanwhile_comes_back_without_confirmation():
    story = active(ONE, end=MONDAY - 11 * DAY)
    story.decree(FAR, MONDAY, told=MONDAY + 40 * DAY, decree_id=2)
    step = through(story, None, start_of(MONDAY + 13 * WEEK))
    moves = [(c.to, c.day, c.why) for c in step.changes if c.day > START]
    assert moves == [
        (FOUR, MONDAY + 20 * DAY, Why.DECREE_DEAD),
        (TWO, MONDAY + 40 * DAY, Why.DECREE_VERIFIED),
        (ONE, MONDAY + 13 * WEEK, Why.BASELINE_KEPT),
    ]
    assert step.cases == ()


def test_in_a_baseline_the_need_is_to_wait():
    step = through(active(TWO), None, start_of(MONDAY))
    need = step.assessments[-1].rise.needs[0]
    assert (need.code, need.amount) == (NeedCode.BASELINE_OVER, 13)


def test_a_baseline_2_without_publishing_lacks_weeks_as_well():
    step = through(old_kim(TWO, p=False, g=False), None, start_of(MONDAY))
    assert step.assessments[-1].computed is THREE
    codes = [need.code for need in step.assessments[-1].rise.needs]
    assert codes == [NeedCode.WEEKS, NeedCode.BOARD, NeedCode.MARKS]


def test_a_baseline_lapses_an_open_proposal():
    story = baseline(running(), TWO, WEDNESDAY)
    step = through(story, settled(TWO, g=False), at(WEDNESDAY))
    assert [case.answer for case in step.cases] == [None, Answer.LAPSED]


@pytest.mark.parametrize(
    ("cluster", "decree", "problem"),
    [
        (NEW, {}, "cluster_outside"),
        (ONE, None, "decree_missing"),
        (ONE, {"assumed": True}, None),
        (FOUR, {"end": MONDAY - 90 * DAY, "assumed": True}, "end_unknown"),
        (FOUR, {"end": MONDAY - 90 * DAY}, None),
    ],
)
def test_what_a_baseline_needs(cluster, decree, problem):
    story = Story() if decree is None else Story().decree(**decree)
    read = decrees.read(POLICY, story.ledger, MONDAY)
    assert baseline_problem(cluster, read) == problem


def test_proof_that_waits_for_the_forum_is_a_need():
    story = running(organised=False).proof(Proof.BOARD, MONDAY - DAY, as_=EvidenceSubmitted)
    found = through(story, settled(TWO, g=False), start_of(MONDAY)).assessments[-1]
    codes = [NeedCode.BOARD, NeedCode.MARKS, NeedCode.VERIFICATION]
    assert [need.code for need in found.rise.needs] == codes
    assert found.rise.needs[-1].proofs == (Proof.BOARD,)


def test_where_only_the_board_is_missing_nothing_else_is_asked_for():
    story = running(organised=False)
    for proof in (Proof.PROGRAMME, Proof.REPORT):
        story.proof(proof, MONDAY - DAY)
    found = through(story, settled(TWO, g=False), start_of(MONDAY)).assessments[-1]
    assert [need.code for need in found.rise.needs] == [NeedCode.BOARD]
