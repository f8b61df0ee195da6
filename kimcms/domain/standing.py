"""From the computed cluster to the official one: what moves by itself, and what is asked first.

They are the same, except: into 1 the Forum confirms, and until then the KIM stands in 2; 1 -> 2
because the organisation stopped waits 14 days for an answer; a decree moves a KIM to 4 and up
again on the very day; an override is shown instead for 90 days while the rule goes on beneath.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kimcms.domain import codec
from kimcms.domain.cases import Answer, Case, CaseKind
from kimcms.domain.clock import DAY, WEEK, day_of, monday_of, start_of
from kimcms.domain.decrees import Decree
from kimcms.domain.ledger import Answered, BaselineSet, Entry, OverrideApproved
from kimcms.domain.policy import Policy
from kimcms.domain.terms import Standing

OUTSIDE = (Standing.FORMING, Standing.NEW)


class Why(enum.StrEnum):
    """What made the official standing the one it is."""

    START = "start"
    DECREE_FIRST = "decree_first"  # the first verified decree: forming -> new
    FIRST = "first"  # `new` is over
    PUBLISHING_ON = "publishing_on"
    PUBLISHING_OFF = "publishing_off"
    DECREE_DEAD = "decree_dead"
    DECREE_VERIFIED = "decree_verified"
    CONFIRMED = "confirmed"  # a proposal answered yes
    SILENCE = "silence"
    RULE = "rule"  # the rule, though no signal moved now: the end of a baseline, a new policy
    BASELINE = "baseline"
    BASELINE_KEPT = "baseline_kept"  # baseline 1, computed 1 at the end of it
    OVERRIDE = "override"
    OVERRIDE_ENDED = "override_ended"


@dataclass(frozen=True, kw_only=True)
class State:
    """All that one step hands to the next, and all that is known of older history.

    `at` is the instant through which the ledger was worked off, `monday` the newest Monday whose
    evaluation is done (or was not due: before the first entry, or while the KIM was closed).
    `ruled` is what the rule and its proposals give, `official` what is shown. `proposal` is the
    newest one and stays after its answer until the computed cluster leaves it, so that a
    declined one is not opened again before.
    """

    at: dt.datetime
    monday: dt.date
    p_on: bool = False
    p_warned: bool = False
    g_on: bool = False
    g_failing: dt.date | None = None
    computed: Standing = Standing.FORMING
    ruled: Standing = Standing.FORMING
    official: Standing = Standing.FORMING
    since: dt.date
    why: Why = Why.START
    proposal: Case | None = None
    override: Case | None = None
    baseline: Standing | None = None
    baseline_evaluations: int = 0

    @property
    def open_proposal(self) -> Case | None:
        return self.proposal if self.proposal and self.proposal.open else None

    def as_dict(self) -> dict[str, Any]:
        stored: dict[str, Any] = codec.dump(self)
        return stored

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> State:
        return codec.load(cls, data)


@dataclass(frozen=True)
class Change:
    """The official standing moved. `from_` and `to` may be outside the four clusters."""

    day: dt.date
    from_: Standing
    to: Standing
    why: Why


def change(before: State, after: State) -> Change | None:
    """What people are told between two states, if the official standing differs."""
    if before.official is after.official:
        return None
    return Change(after.since, before.official, after.official, after.why)


def start(moment: dt.datetime) -> State:
    """A KIM of which nothing was recorded before this moment: forming, P and G off."""
    return State(at=moment, monday=passed(moment), since=day_of(moment))


def passed(moment: dt.datetime) -> dt.date:
    """The newest Monday that began before an instant; one that begins just then is still due."""
    monday = monday_of(day_of(moment))
    return monday if start_of(monday) < moment else monday - WEEK


def table(alive: bool | None, g: bool, p: bool) -> Standing:
    """The cluster rule's one table. Without any verified decree the KIM is forming."""
    if alive is None:
        return Standing.FORMING
    if not alive:
        return Standing.FOUR
    if not p:
        return Standing.THREE
    return Standing.ONE if g else Standing.TWO


def evaluated(policy: Policy, state: State, day: dt.date, new_over: bool, why: Why) -> State:
    """The move of a Monday's evaluation, for a state whose signals are already this cut's."""
    state = _settled(state, day)
    if state.baseline is not None:
        return _under_baseline(policy, state, day)
    if state.ruled in OUTSIDE:
        if state.ruled is Standing.FORMING or not new_over:
            return state
        why = Why.FIRST
    return _towards(policy, state, day, why)


def by_decree(policy: Policy, state: State, day: dt.date) -> State:
    """The move that a decree makes at once, on the day it dies or is verified."""
    state = _settled(state, day)
    dead = state.computed is Standing.FOUR
    if state.computed is Standing.FORMING:
        return state
    if state.ruled is Standing.FORMING:
        return _shown(replace(state, ruled=Standing.NEW), day, Why.DECREE_FIRST)
    if state.ruled is Standing.NEW or dead == (state.ruled is Standing.FOUR):
        return state
    return _towards(policy, state, day, Why.DECREE_DEAD if dead else Why.DECREE_VERIFIED)


def decided(policy: Policy, state: State, entry: Entry) -> State:
    """The move of a decision that acts when it is recorded; any other entry moves nothing."""
    day = day_of(entry.recorded_at)
    if isinstance(entry, Answered):
        return _answered(state, day, entry)
    if isinstance(entry, OverrideApproved):
        due = day + (policy.override_days - 1) * DAY
        case = Case(CaseKind.OVERRIDE, state.ruled, entry.to, day, due, id=entry.id)
        return _shown(replace(state, override=case), day, Why.OVERRIDE)
    if isinstance(entry, BaselineSet):
        return _baseline(state, day, entry)
    return state


def override_over(state: State, day: dt.date) -> State:
    """Back to the rule's result on the day after an override's last one."""
    if state.override is None or state.override.due is None or day <= state.override.due:
        return state
    return _shown(replace(state, override=None), day, Why.OVERRIDE_ENDED)


def _under_baseline(policy: Policy, state: State, day: dt.date) -> State:
    """The first 13 evaluations move nothing but what a decree moved; the 14th ends it."""
    done = state.baseline_evaluations + 1
    if done <= policy.baseline_evaluations:
        return by_decree(policy, replace(state, baseline_evaluations=done), day)
    was, state = state.baseline, replace(state, baseline=None, baseline_evaluations=0)
    if was is Standing.ONE and state.computed is Standing.ONE:
        return _shown(replace(state, ruled=Standing.ONE), day, Why.BASELINE_KEPT)
    return _towards(policy, state, day, Why.RULE)


def _towards(policy: Policy, state: State, day: dt.date, why: Why) -> State:
    """Moves `ruled` to the computed cluster, or opens the proposal that has to come first."""
    computed, ruled = state.computed, state.ruled
    if computed in OUTSIDE or computed is ruled:
        return state
    if computed is Standing.ONE:
        risen = _shown(replace(state, ruled=Standing.TWO), day, why)
        return _proposed(risen, Case(CaseKind.RISE, Standing.TWO, Standing.ONE, day))
    if ruled is Standing.ONE and computed is Standing.TWO:
        case = state.open_proposal
        if case and case.due and day >= case.due:
            closed = replace(case, answer=Answer.SILENCE, answered=day)
            return _shown(replace(state, ruled=computed, proposal=closed), day, Why.SILENCE)
        due = day + policy.fall_days * DAY
        return _proposed(state, Case(CaseKind.FALL, ruled, computed, day, due, computed))
    return _shown(replace(state, ruled=computed), day, why)


def _proposed(state: State, case: Case) -> State:
    """Opens a proposal, unless one for the same move is open or declined, or a baseline holds."""
    last = state.proposal
    blocked = last is not None and last.to is case.to and last.answer in (None, Answer.NO)
    return state if blocked or state.baseline is not None else replace(state, proposal=case)


def _settled(state: State, day: dt.date) -> State:
    """An open proposal lapses when the computed cluster leaves it; a closed one is forgotten."""
    case = state.proposal
    if case is None or case.to is state.computed:
        return state
    lapsed = replace(case, answer=Answer.LAPSED, answered=day) if case.open else None
    return replace(state, proposal=lapsed)


def _answered(state: State, day: dt.date, entry: Answered) -> State:
    case = state.open_proposal
    if case is None or (case.to, case.opened) != (entry.to, entry.opened):
        return state  # it lapsed meanwhile, or this very answer was worked off before
    answer = Answer.YES if entry.yes else Answer.NO
    state = replace(state, proposal=replace(case, answer=answer, answered=day))
    return _shown(replace(state, ruled=entry.to), day, Why.CONFIRMED) if entry.yes else state


def confirmed(state: State, day: dt.date) -> State:
    """An open proposal for 1 answered yes, as a what-if run assumes."""
    case = state.open_proposal
    if case is None or case.kind is not CaseKind.RISE:
        return state
    closed = replace(case, answer=Answer.YES, answered=day)
    return _shown(replace(state, ruled=Standing.ONE, proposal=closed), day, Why.CONFIRMED)


def without_override(state: State) -> State:
    """The rule's own result, as a what-if run starts from."""
    return _shown(replace(state, override=None), state.since, Why.RULE)


def _baseline(state: State, day: dt.date, entry: BaselineSet) -> State:
    case = state.open_proposal
    state = replace(
        state,
        p_on=entry.p,
        g_on=entry.g,
        g_failing=day if entry.g else None,
        ruled=entry.cluster,
        baseline=entry.cluster,
        baseline_evaluations=0,
        proposal=replace(case, answer=Answer.LAPSED, answered=day) if case else None,
    )
    return _shown(state, entry.day, Why.BASELINE)


def baseline_problem(cluster: Standing, decree: Decree) -> str | None:
    """Why a baseline cannot be recorded, as a code; None where it can.

    `decree` is read on the day of recording: an assumed end never kills, so it cannot be the
    ground for cluster 4.
    """
    if cluster in OUTSIDE:
        return "cluster_outside"
    if decree.alive is None:
        return "decree_missing"
    return "end_unknown" if cluster is Standing.FOUR and decree.assumed_end else None


def _shown(state: State, day: dt.date, why: Why) -> State:
    """Brings `official` up to date: the override while there is one, else the rule's result."""
    override = state.override.to if state.override else None
    official = override or state.ruled
    if official is state.official:
        return state
    return replace(state, official=official, since=day, why=why)


def may_object(policy: Policy, state: State, day: dt.date) -> bool:
    """A KIM may object within 14 days of a change of its standing or of an open proposal."""
    proposal = state.open_proposal
    last = max(state.since, proposal.opened) if proposal else state.since
    return 0 <= (day - last).days <= policy.objection_days
