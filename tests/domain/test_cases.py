"""Objections: who may raise one until when, and how it is answered."""

from __future__ import annotations

import pytest

from kimcms.domain.cases import Answer, Case, CaseKind, objections
from kimcms.domain.clock import DAY
from kimcms.domain.ledger import ObjectionDeclined, ObjectionRaised, OverrideApproved
from kimcms.domain.policy import Policy
from kimcms.domain.standing import may_object
from kimcms.domain.terms import Standing
from tests.domain.story import MONDAY, Story, settled

ONE, TWO = Standing.ONE, Standing.TWO
POLICY = Policy()
WEDNESDAY = MONDAY + 2 * DAY


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (14, True), (15, False)])
def test_a_kim_may_object_for_14_days_after_a_change_or_proposal(days, may):
    changed = settled(TWO, proposal=None)
    assert may_object(POLICY, changed, changed.since + days * DAY) is may
    case = Case(CaseKind.FALL, ONE, TWO, MONDAY)
    proposed = settled(ONE, computed=TWO, proposal=case)
    assert may_object(POLICY, proposed, MONDAY + days * DAY) is may


def test_objections_are_answered_by_an_override_or_declined_and_else_stay_open():
    story = Story()
    for number in (1, 2, 3):
        story.tell(ObjectionRaised, MONDAY, objection_id=number, against=TWO)
    story.tell(ObjectionDeclined, WEDNESDAY, objection_id=1)
    story.tell(OverrideApproved, WEDNESDAY, to=ONE, objection_id=2)
    found = objections(story.ledger)
    assert [(case.id, case.to, case.answer, case.answered) for case in found] == [
        (1, None, Answer.NO, WEDNESDAY),
        (2, ONE, Answer.YES, WEDNESDAY),
        (3, None, None, None),
    ]
    assert {(case.opened, case.due, case.from_) for case in found} == {(MONDAY, None, TWO)}
