"""Proposals, overrides and objections of the cluster rule: one kind of record."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

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


def objections(ledger: Ledger) -> tuple[Case, ...]:
    """The KIM's objections: answered by an override (yes), declined (no), or still open."""
    overrides = {e.objection_id: e for e in ledger.of(OverrideApproved)}
    declined = {e.objection_id: e for e in ledger.of(ObjectionDeclined)}
    found = []
    for raised in ledger.of(ObjectionRaised):
        yes, no = overrides.get(raised.objection_id), declined.get(raised.objection_id)
        closing = yes or no
        found.append(
            Case(
                CaseKind.OBJECTION,
                raised.against,
                yes.to if yes else None,
                day_of(raised.recorded_at),
                answer=(Answer.YES if yes else Answer.NO) if closing else None,
                answered=day_of(closing.recorded_at) if closing else None,
                id=raised.objection_id,
            )
        )
    return tuple(found)
