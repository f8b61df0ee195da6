"""One KIM's result at one cut: every signal with value, limit and evidence, and why.

All that a card needs is here or in the forecast, as codes and values: pages put them in words.
"""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Iterator
from dataclasses import dataclass

from kimcms.domain import codec
from kimcms.domain.cases import Answer
from kimcms.domain.clock import DAY
from kimcms.domain.decrees import Decree
from kimcms.domain.ledger import Proof
from kimcms.domain.organisation import Organisation
from kimcms.domain.policy import Policy
from kimcms.domain.publishing import Publishing
from kimcms.domain.standing import Change, State, Why, table
from kimcms.domain.terms import Standing


class Tag(enum.StrEnum):
    ORGANISATION_RUNS = "organisation_runs"  # in 3, though the organisation runs
    STILL_ACTIVE = "still_active"  # in 4 by its decree, though it publishes: renew soon
    BY_SILENCE = "by_silence"  # 1 -> 2 applied without an answer


class NeedCode(enum.StrEnum):
    """What stands between a KIM and the next better cluster."""

    FIRST_DECREE = "first_decree"
    NEW_OVER = "new_over"  # `day`: the first day on which an evaluation gives a cluster
    DECREE = "decree"  # a verified decree
    WEEKS = "weeks"  # `amount` more published weeks in the window
    BOARD = "board"
    MARKS = "marks"  # `amount` more marks, out of `proofs`
    VERIFICATION = "verification"  # handed in, the Forum has to answer: `proofs`
    CONFIRMATION = "confirmation"  # the Forum has to answer the proposal
    DECLINED = "declined"  # it declined; not asked again until the computed cluster changes
    BASELINE_OVER = "baseline_over"  # `amount` evaluations until the rule moves the KIM


@dataclass(frozen=True)
class Need:
    code: NeedCode
    amount: int = 0
    proofs: tuple[Proof, ...] = ()
    day: dt.date | None = None


@dataclass(frozen=True)
class Rise:
    """The next better standing and all that is missing for it."""

    to: Standing
    needs: tuple[Need, ...]


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The stored result of one Monday. `state` is what the next step starts from.

    `p_off` is the Monday on which P goes off if nothing is published, where that is 14 days
    away or less; `tell` says that the KIM has to be told so now. `change` is what this
    evaluation itself moved; what decrees and answers moved in the week before, it did not.
    During the evaluations of a baseline the computed cluster is for the Forum only.
    """

    monday: dt.date
    policy_version: int
    day_one: dt.date | None
    decree: Decree
    organisation: Organisation
    publishing: Publishing
    tags: tuple[Tag, ...]
    rise: Rise | None
    p_off: dt.date | None
    tell: bool
    change: Change | None
    state: State

    @property
    def computed(self) -> Standing:
        return self.state.computed

    @property
    def official(self) -> Standing:
        return self.state.official

    @property
    def since(self) -> dt.date:
        return self.state.since


def to_json(assessment: Assessment) -> str:
    """Canonical, so that a replay can be compared byte by byte."""
    return codec.canonical(assessment)


def from_json(stored: str) -> Assessment:
    """What `to_json` wrote, and equal to it."""
    return codec.load(Assessment, json.loads(stored))


def state_of(stored: str) -> State:
    """The state alone of what `to_json` wrote: all that the next evaluation starts from."""
    return State.from_dict(json.loads(stored)["state"])


def tags(decree: Decree, state: State) -> tuple[Tag, ...]:
    """The remarks beside the official cluster."""
    case = state.proposal
    silence = case is not None and case.answer is Answer.SILENCE and case.to is state.official
    found = {
        Tag.ORGANISATION_RUNS: state.official is Standing.THREE and state.g_on,
        Tag.STILL_ACTIVE: state.official is Standing.FOUR and decree.alive is False and state.p_on,
        Tag.BY_SILENCE: silence,
    }
    return tuple(tag for tag, holds in found.items() if holds)


def rise(
    policy: Policy,
    day_one: dt.date | None,
    organisation: Organisation,
    publishing: Publishing,
    state: State,
) -> Rise | None:
    """What is missing for the next better cluster under the rule, an override left aside."""
    ruled = state.ruled
    if ruled is Standing.ONE:
        return None
    if ruled is Standing.FORMING:
        return Rise(Standing.NEW, (Need(NeedCode.FIRST_DECREE),))
    if ruled is Standing.NEW:
        over = None if day_one is None else day_one + policy.new_days * DAY
        return Rise(state.computed, (Need(NeedCode.NEW_OVER, day=over),))
    if state.computed not in (Standing.FORMING, ruled) and state.computed < ruled:
        return Rise(state.computed, (_blocker(policy, state),))
    if ruled is Standing.FOUR:
        to = table(True, state.g_on, state.p_on)
        # Into 1 the Forum confirms: what the decree alone gives is 2.
        return Rise(max(to, Standing.TWO), (Need(NeedCode.DECREE),))
    weeks = Need(NeedCode.WEEKS, max(1, policy.p_on - publishing.filled))
    if ruled is Standing.THREE:
        return Rise(table(True, state.g_on, True), (weeks,))
    # In 2 with P off: only under a baseline, which holds the KIM there for a while.
    silent = () if state.p_on else (weeks,)
    return Rise(Standing.ONE, (*silent, *_missing_marks(organisation)))


def _blocker(policy: Policy, state: State) -> Need:
    """Why a KIM that is computed better than it stands does not stand there."""
    if state.baseline is not None:
        left = policy.baseline_evaluations + 1 - state.baseline_evaluations
        return Need(NeedCode.BASELINE_OVER, left)
    return Need(NeedCode.CONFIRMATION if state.open_proposal else NeedCode.DECLINED)


def _missing_marks(organisation: Organisation) -> Iterator[Need]:
    board = next(mark for mark in organisation.marks if mark.proof is Proof.BOARD)
    others = [m for m in organisation.marks if m.proof is not Proof.BOARD and m.counted]
    if not board.met:
        yield Need(NeedCode.BOARD)
    missing = organisation.need - sum(mark.met for mark in others)
    if missing > 0:
        choice = tuple(mark.proof for mark in others if not mark.met)
        yield Need(NeedCode.MARKS, missing, choice)
    unanswered = tuple(m.proof for m in organisation.marks if m.met_pending and not m.met)
    if unanswered:
        yield Need(NeedCode.VERIFICATION, len(unanswered), unanswered)


def explain(assessment: Assessment) -> list[tuple[str, dict[str, object]]]:
    """The result as lines of (code, values), in the order in which a card says them."""
    a, state = assessment, assessment.state
    standing = {"official": a.official, "since": a.since, "computed": a.computed}
    decree = {"start": a.decree.start, "end": a.decree.end, "limit": a.decree.limit}
    runs = {name: getattr(a.organisation, name) for name in ("met", "of", "need", "failing_since")}
    p = {name: getattr(a.publishing, name) for name in ("filled", "silent_run", "on")}
    lines: list[tuple[str, dict[str, object]]] = [
        (f"standing.{state.why}", {**standing}),
        (f"decree.{a.decree.status}", {**decree}),
        (f"organisation.{a.organisation.level}", runs),
        (f"publishing.{a.publishing.level}", {**p, "boxes": len(a.publishing.boxes)}),
    ]
    if state.override:
        lines.append(("override", {"to": state.override.to, "due": state.override.due}))
    if state.baseline is not None:
        lines.append(("baseline", {"evaluation": state.baseline_evaluations}))
    if case := state.proposal:
        values = {"to": case.to, "opened": case.opened, "due": case.due, "answer": case.answer}
        lines.append((f"proposal.{case.kind}", {**values}))
    lines += [(f"tag.{tag}", {}) for tag in a.tags]
    if a.rise:
        for need in a.rise.needs:
            missing = {"amount": need.amount, "proofs": need.proofs, "day": need.day}
            lines.append((f"rise.{need.code}", {"to": a.rise.to, **missing}))
    if a.p_off:
        lines.append(("p_off", {"day": a.p_off, "tell": a.tell}))
    return lines


def moved_by(before: State, after: State) -> Why:
    """Which signal moved the cluster at a cut: P, since G alone moves nothing unasked."""
    if before.p_on != after.p_on:
        return Why.PUBLISHING_ON if after.p_on else Why.PUBLISHING_OFF
    return Why.RULE
