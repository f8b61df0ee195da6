"""The one-screen table, and the moves from one cluster to another at an evaluation."""

from __future__ import annotations

import pytest

from kimcms.domain import clusters
from kimcms.domain.assessments import NeedCode, Tag, explain, from_json, to_json
from kimcms.domain.cases import CaseKind
from kimcms.domain.clock import DAY, WEEK, start_of
from kimcms.domain.ledger import Closed, NewEnded, Opened, Proof
from kimcms.domain.policy import Policy, Timeline
from kimcms.domain.refusal import Refused
from kimcms.domain.standing import Why, table
from kimcms.domain.terms import Standing
from tests.domain.story import MONDAY, Story, at, day, settled

FORMING, NEW = Standing.FORMING, Standing.NEW
ONE, TWO, THREE, FOUR = Standing.ONE, Standing.TWO, Standing.THREE, Standing.FOUR
POLICY = Policy()

TABLE = [
    # S, G, P, cluster, tags of the official one
    (True, True, True, ONE, ()),
    (True, False, True, TWO, ()),
    (True, True, False, THREE, (Tag.ORGANISATION_RUNS,)),
    (True, False, False, THREE, ()),
    (False, True, True, FOUR, (Tag.STILL_ACTIVE,)),
    (False, False, True, FOUR, (Tag.STILL_ACTIVE,)),
    (False, True, False, FOUR, ()),
    (False, False, False, FOUR, ()),
]


def tell(s: bool, g: bool, p: bool) -> Story:
    """A KIM of long standing whose evidence gives these signals at MONDAY."""
    story = Story().opened().decree(day("2030-12-31") if s else day("2025-06-30"))
    if g:
        story.organised()
    return story.weeks(*range(1, 14)) if p else story


@pytest.mark.parametrize(("s", "g", "p", "cluster", "tags"), TABLE)
def test_the_table(s, g, p, cluster, tags):
    assert table(s, g, p) is cluster
    assert table(None, g, p) is FORMING


@pytest.mark.parametrize(("s", "g", "p", "cluster", "tags"), TABLE)
def test_the_first_cluster_of_a_new_kim(s, g, p, cluster, tags):
    previous = settled(NEW, p=p, g=g)
    found = clusters.evaluate(POLICY, tell(s, g, p).ledger, previous, MONDAY)
    assert found.computed is cluster
    assert found.official is (TWO if cluster is ONE else cluster)
    assert found.tags == tags
    assert found.change is not None
    assert (found.change.from_, found.change.why) == (NEW, Why.FIRST)


@pytest.mark.parametrize(
    ("was", "s", "g", "p", "official", "case"),
    [
        (ONE, True, True, True, ONE, None),
        (ONE, True, False, True, ONE, CaseKind.FALL),
        (ONE, True, True, False, THREE, None),
        (ONE, True, False, False, THREE, None),
        (ONE, False, True, True, FOUR, None),
        (TWO, True, True, True, TWO, CaseKind.RISE),
        (TWO, True, False, True, TWO, None),
        (TWO, True, True, False, THREE, None),
        (TWO, False, False, True, FOUR, None),
        (THREE, True, True, True, TWO, CaseKind.RISE),
        (THREE, True, False, True, TWO, None),
        (THREE, True, True, False, THREE, None),
        (THREE, False, False, False, FOUR, None),
        (FOUR, True, True, True, TWO, CaseKind.RISE),
        (FOUR, True, False, True, TWO, None),
        (FOUR, True, False, False, THREE, None),
        (FOUR, False, True, True, FOUR, None),
    ],
)
def test_every_move(was, s, g, p, official, case):
    previous = settled(was, p=was in (ONE, TWO), g=was is ONE and g)
    found = clusters.evaluate(POLICY, tell(s, g, p).ledger, previous, MONDAY)
    assert found.official is official
    opened = found.state.open_proposal
    assert (opened.kind if opened else None) is case
    if opened:
        assert opened.opened == MONDAY
        assert opened.to is found.computed
        assert opened.due == (MONDAY + 14 * DAY if case is CaseKind.FALL else None)


@pytest.mark.parametrize(
    ("was", "story", "state", "why"),
    [
        (TWO, tell(True, False, False), {"p": True, "g": False}, Why.PUBLISHING_OFF),
        (THREE, tell(True, False, True), {"p": False, "g": False}, Why.PUBLISHING_ON),
        (THREE, tell(True, False, True), {"p": True, "g": False}, Why.RULE),
    ],
)
def test_a_change_says_which_signal_moved(was, story, state, why):
    found = clusters.evaluate(POLICY, story.ledger, settled(was, **state), MONDAY)
    assert found.change is not None
    assert (found.change.day, found.change.why, found.since) == (MONDAY, why, MONDAY)


def test_nothing_moves_without_a_change_of_signals():
    story = tell(True, False, True)
    previous = settled(TWO, g=False)
    found = clusters.evaluate(POLICY, story.ledger, previous, MONDAY)
    assert (found.change, found.since) == (None, previous.since)


def test_without_a_verified_decree_the_kim_is_forming_and_its_signals_run():
    story = Story().opened().organised().weeks(*range(1, 14))
    found = clusters.evaluate(POLICY, story.ledger, None, MONDAY)
    assert (found.computed, found.official) == (FORMING, FORMING)
    assert (found.state.p_on, found.state.g_on) == (True, True)
    assert found.day_one == day("2024-01-01")
    assert [need.code for need in found.rise.needs] == [NeedCode.FIRST_DECREE]


def test_the_first_verified_decree_makes_it_new_at_once():
    story = Story().opened(MONDAY - 20 * DAY)
    wednesday = MONDAY + 2 * DAY
    story.decree(start=MONDAY, told=wednesday)
    state = clusters.evaluate(POLICY, story.ledger, None, MONDAY).state
    step = clusters.daily(POLICY, story.ledger, state, at(wednesday))
    assert [(c.from_, c.to, c.day) for c in step.changes] == [(FORMING, NEW, wednesday)]
    assert clusters.daily(POLICY, story.ledger, state, at(wednesday, 9)).changes == ()


def test_the_forum_may_end_new_earlier():
    story = Story().opened(MONDAY - 20 * DAY).decree(start=MONDAY - 20 * DAY)
    assert clusters.evaluate(POLICY, story.ledger, None, MONDAY).official is NEW
    story.tell(NewEnded, MONDAY - DAY)
    assert clusters.evaluate(POLICY, story.ledger, None, MONDAY).official is THREE


def test_a_new_kim_stays_new_whatever_its_decree_does():
    story = Story().opened(MONDAY - 80 * DAY)
    story.decree(MONDAY - 40 * DAY, MONDAY - 80 * DAY)
    found = clusters.evaluate(POLICY, story.ledger, None, MONDAY)
    assert (found.computed, found.official) == (FOUR, NEW)
    later = clusters.evaluate(POLICY, story.ledger, found.state, MONDAY + 2 * WEEK)
    assert later.official is FOUR


@pytest.mark.parametrize(
    "monday", [MONDAY + DAY, MONDAY - WEEK, MONDAY - 2 * WEEK], ids=["tuesday", "same", "older"]
)
def test_an_evaluation_out_of_order_is_refused(monday):
    with pytest.raises(Refused, match="evaluation_order"):
        clusters.evaluate(POLICY, tell(True, True, True).ledger, settled(TWO), monday)


def test_a_state_later_than_the_cut_is_refused():
    story = tell(True, True, True)
    later = clusters.daily(POLICY, story.ledger, settled(TWO), at(MONDAY, 1)).state
    with pytest.raises(Refused, match="clock_back"):
        clusters.evaluate(POLICY, story.ledger, later, MONDAY)


def test_a_closed_kim_is_not_evaluated_and_goes_on_when_it_reopens():
    story = tell(True, False, True).tell(Closed, MONDAY - DAY, day=MONDAY - DAY)
    with pytest.raises(Refused, match="kim_closed"):
        clusters.evaluate(POLICY, story.ledger, settled(TWO, g=False), MONDAY)
    story.opened(MONDAY + 9 * DAY)
    step = clusters.advance(POLICY, story.ledger, settled(TWO, g=False), at(MONDAY + 15 * DAY))
    assert [a.monday for a in step.assessments] == [MONDAY + 2 * WEEK]


def test_a_closed_kim_does_not_move_by_its_decree_either():
    story = Story().opened().decree(MONDAY - 30 * DAY)
    story.tell(Closed, MONDAY - DAY, day=MONDAY - DAY)
    step = clusters.daily(POLICY, story.ledger, settled(TWO), at(MONDAY + 5 * DAY))
    assert step.state.official is TWO


@pytest.mark.parametrize("monday", [MONDAY, MONDAY + WEEK])
def test_a_result_is_stored_and_read_back_whole(monday):
    story = tell(True, True, True)
    first = clusters.evaluate(POLICY, story.ledger, settled(ONE, g=False), MONDAY)
    found = first
    if monday > MONDAY:
        found = clusters.evaluate(POLICY, story.ledger, first.state, monday)
    assert from_json(to_json(found)) == found
    assert type(found.state).from_dict(found.state.as_dict()) == found.state


NEEDS = [
    (settled(ONE), tell(True, True, True), None, []),
    (settled(TWO, g=False), tell(True, False, True), ONE, [NeedCode.BOARD, NeedCode.MARKS]),
    (settled(TWO, g=False), tell(True, True, True), ONE, [NeedCode.CONFIRMATION]),
    (settled(THREE, p=False, g=False), tell(True, False, False), TWO, [NeedCode.WEEKS]),
    (settled(THREE, p=False), tell(True, True, False), ONE, [NeedCode.WEEKS]),
    (settled(FOUR), tell(False, True, True), TWO, [NeedCode.DECREE]),
    (settled(FOUR, p=False, g=False), tell(False, False, False), THREE, [NeedCode.DECREE]),
]


@pytest.mark.parametrize(("previous", "story", "to", "codes"), NEEDS)
def test_what_is_missing_for_the_next_better_cluster(previous, story, to, codes):
    rise = clusters.evaluate(POLICY, story.ledger, previous, MONDAY).rise
    assert (rise.to if rise else None) is to
    assert [need.code for need in rise.needs] == codes if rise else codes == []


def test_how_much_is_missing():
    story = Story().opened().decree().weeks(1, 2).proof(Proof.BOARD, MONDAY - 9 * DAY)
    state = settled(THREE, p=False, g=False)
    weeks = clusters.evaluate(POLICY, story.ledger, state, MONDAY).rise.needs
    assert weeks[0].amount == 4
    marks = clusters.evaluate(POLICY, story.ledger, settled(TWO, g=False), MONDAY)
    assert marks.official is THREE  # two weeks are too few to stay
    story.weeks(3, 4)
    marks = clusters.evaluate(POLICY, story.ledger, settled(TWO, g=False), MONDAY).rise.needs
    expected = (Proof.PROGRAMME, Proof.MEETING, Proof.REPORT)
    assert [(n.code, n.amount, n.proofs) for n in marks] == [(NeedCode.MARKS, 1, expected)]


def test_a_new_kim_is_told_the_first_day_of_its_first_cluster():
    story = Story().opened(MONDAY - 20 * DAY).decree(start=MONDAY - 20 * DAY)
    rise = clusters.evaluate(POLICY, story.ledger, None, MONDAY).rise
    assert (rise.needs[0].code, rise.needs[0].day) == (NeedCode.NEW_OVER, MONDAY + 70 * DAY)


def test_the_explanation_names_each_signal_once_and_in_order():
    found = clusters.evaluate(POLICY, tell(True, True, True).ledger, settled(TWO), MONDAY)
    lines = explain(found)
    assert [code for code, _ in lines] == [
        "standing.start",
        "decree.valid",
        "organisation.enough",
        "publishing.regular",
        "proposal.rise",
        "rise.confirmation",
    ]
    assert lines[3][1] == {"filled": 13, "silent_run": 0, "on": True, "boxes": 13}


def test_each_result_names_the_policy_of_its_monday():
    policies = Timeline(POLICY, ((MONDAY, Policy(version=2, p_on=5)),))
    story = Story().opened().decree().weeks(2, 3, 4, 5, 6)
    state = settled(THREE, MONDAY - 2 * WEEK, p=False, g=False)
    step = clusters.advance(policies, story.ledger, state, start_of(MONDAY))
    assert [(a.policy_version, a.official) for a in step.assessments] == [(1, THREE), (2, TWO)]


def test_an_empty_ledger_gives_a_forming_kim_with_all_signals_off():
    found = clusters.evaluate(POLICY, Story().ledger, None, MONDAY)
    assert (found.official, found.since) == (FORMING, MONDAY)
    state = found.state
    assert not any((state.p_on, state.g_on, state.p_warned, state.baseline_evaluations))


def test_the_first_monday_due_is_the_one_after_the_first_entry():
    for opened, first in [(at(MONDAY, 0), MONDAY), (at(MONDAY, 1), MONDAY + WEEK)]:
        story = Story().tell(Opened, opened, day=MONDAY)
        found = clusters.replay(POLICY, story.ledger, MONDAY + WEEK)
        assert found[0].monday == first


def test_a_monday_that_a_daily_step_passed_is_not_skipped_silently():
    story = Story().opened(MONDAY - 3 * DAY)
    passed = clusters.daily(POLICY, story.ledger, None, at(MONDAY + DAY)).state
    with pytest.raises(Refused, match="clock_back"):
        clusters.advance(POLICY, story.ledger, passed, at(MONDAY + 2 * DAY))


def test_a_closed_time_can_be_worked_off_in_pieces():
    story = tell(True, False, True).tell(Closed, MONDAY - DAY, day=MONDAY - DAY)
    story.opened(MONDAY + 9 * DAY)
    whole = clusters.advance(POLICY, story.ledger, settled(TWO, g=False), at(MONDAY + 15 * DAY))
    state = settled(TWO, g=False)
    for days in (0, 3, 8, 15):
        step = clusters.advance(POLICY, story.ledger, state, at(MONDAY + days * DAY))
        state = step.state
    assert step.assessments == whole.assessments
    assert state == whole.state
