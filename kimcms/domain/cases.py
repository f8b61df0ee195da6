"""Proposals, overrides and objections of the cluster rule: one kind of record."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass, replace

from kimcms.domain.clock import day_of
from kimcms.domain.ledger import Ledger, ObjectionDeclined, ObjectionRaised, OverrideApproved
from kimcms.domain.terms import Standing


class CaseKind(enum.StrEnum):
    RISE = "rise"  # into 1: the Forum confirms
    FALL = "fall"  # 1 -> 2 because G went off
    OVERRIDE = "override"
    OBJECTION = "objection"


class Answer(enum.StrEnum):
    YES = "yes"
    NO = "no"
    SILENCE = "silence"  # due without an answer: applied, and marked so
    LAPSED = "lapsed"  # the computed cluster left it


@dataclass(frozen=True)
class Case:
    """Proposal, override and objection are one kind of record.

    `due` is the last day of an override and the day of the evaluation that applies an
    unanswered fall; a rise and an objection have none, silence changes nothing there.
    """

    kind: CaseKind
    from_: Standing
    to: Standing | None
    opened: dt.date
    due: dt.date | None = None
    if_silent: Standing | None = None
    answer: Answer | None = None
    answered: dt.date | None = None
    id: int | None = None

    @property
    def open(self) -> bool:
        return self.answer is None


def objections(ledger: Ledger, standing: Standing) -> tuple[Case, ...]:
    """The KIM's objections, answered by an override (yes) or declined; the rest are open."""
    answers: dict[int, tuple[Answer, dt.date]] = {}
    for entry in ledger.entries:
        if isinstance(entry, ObjectionDeclined):
            answers[entry.objection_id] = (Answer.NO, day_of(entry.recorded_at))
        elif isinstance(entry, OverrideApproved) and entry.objection_id is not None:
            answers[entry.objection_id] = (Answer.YES, day_of(entry.recorded_at))
    found = []
    for raised in ledger.of(ObjectionRaised):
        answer, day = answers.get(raised.objection_id, (None, None))
        opened = day_of(raised.recorded_at)
        case = Case(CaseKind.OBJECTION, standing, None, opened, None, None, answer, day)
        found.append(replace(case, id=raised.objection_id))
    return tuple(found)
