"""The cluster rule: pure functions of (policy, ledger up to the cut, previous state, Monday).

`daily` works off what acts at once (decrees, answers, overrides, baselines), `evaluate` the
Monday's evaluation; everything else here only runs these two forward. The evaluation of Monday
M happens at M 00:00 WIB, whenever it is computed: it starts from the state of the evaluation
before it (or a daily one not after the cut), never from a later one. So a missed evaluation is
made up first, and the days after it are worked off again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kimcms.domain import decrees, organisation, publishing
from kimcms.domain.assessments import Assessment, moved_by, rise, tags
from kimcms.domain.cases import Case
from kimcms.domain.clock import DAY, WEEK, day_of, start_of
from kimcms.domain.ledger import (
    Answered,
    BaselineSet,
    Closed,
    DecreeVerified,
    Ledger,
    NewEnded,
    Opened,
    OverrideApproved,
    RenewalRefused,
    RenewalRequested,
    is_open,
)
from kimcms.domain.policy import Rules
from kimcms.domain.publishing import Publishing
from kimcms.domain.refusal import Refused
from kimcms.domain.standing import (
    Change,
    State,
    by_decree,
    change,
    confirmed,
    decided,
    evaluated,
    override_over,
    passed,
    start,
    table,
    without_override,
)

# What acts between the evaluations; publications, evidence and rest weeks wait for the next.
ACTING = (
    *(Opened, Closed, DecreeVerified, RenewalRequested, RenewalRefused),
    *(BaselineSet, Answered, OverrideApproved),
)


@dataclass(frozen=True)
class Step:
    """Where a KIM stands at `state.at`; what was told on the way, oldest first.

    `cases` are proposals and overrides as they were opened or closed.
    """

    state: State
    changes: tuple[Change, ...] = ()
    cases: tuple[Case, ...] = ()
    assessments: tuple[Assessment, ...] = ()

    def to(self, state: State, assessment: Assessment | None = None) -> Step:
        """This step and one more, to a newer state."""
        if state is self.state and assessment is None:
            return self
        before, moved = self.state, change(self.state, state)
        pairs = (before.proposal, state.proposal), (before.override, state.override)
        return Step(
            state,
            (*self.changes, moved) if moved else self.changes,
            (*self.cases, *(new for old, new in pairs if new and new != old)),
            (*self.assessments, assessment) if assessment else self.assessments,
        )

    def then(self, more: Step) -> Step:
        """This step and all that came after it."""
        return Step(
            more.state,
            self.changes + more.changes,
            self.cases + more.cases,
            self.assessments + more.assessments,
        )


@dataclass(frozen=True)
class Forecast:
    """What comes if nothing is recorded any more: every move of the official standing, the
    Monday on which P goes off, and the Monday on which the KIM is told so (None if it was)."""

    changes: tuple[Change, ...]
    p_off: dt.date | None
    p_warning: dt.date | None


def evaluate(rules: Rules, ledger: Ledger, previous: State | None, monday: dt.date) -> Assessment:
    """The result of a Monday, from the entries recorded before its 00:00 WIB.

    Refused: a day that is no Monday, one not after the newest evaluated, a state later than the
    cut, a KIM that is closed or merged.
    """
    cut, policy = start_of(monday), rules.on(monday)
    seen = ledger.up_to(cut)
    if monday.weekday() or (previous and previous.monday >= monday):
        raise Refused("evaluation_order", monday=monday)
    if not is_open(seen):
        raise Refused("kim_closed", monday=monday)
    before = daily(rules, seen, previous, cut).state
    day_one = decrees.day_one(seen)
    decree = decrees.read(policy, seen, monday)
    runs = organisation.read(
        policy, seen, monday, was_on=before.g_on, failing_since=before.g_failing
    )
    p = _publishing(rules, seen, before, monday, 1)
    signals = replace(
        before,
        monday=monday,
        p_on=p.on,
        g_on=runs.on,
        g_failing=runs.failing_since,
        computed=table(decree.alive, runs.on, p.on),
    )
    new_over = bool(seen.of(NewEnded)) or (
        day_one is not None and (monday - day_one).days >= policy.new_days
    )
    p_off = _p_off(rules, seen, signals, monday)
    state = evaluated(policy, signals, monday, new_over, moved_by(before, signals))
    state = replace(state, p_warned=p_off is not None)
    return Assessment(
        monday=monday,
        policy_version=policy.version,
        day_one=day_one,
        decree=decree,
        organisation=runs,
        publishing=p,
        tags=tags(decree, state),
        rise=rise(policy, day_one, runs, p, state),
        p_off=p_off,
        tell=p_off is not None and not before.p_warned,
        change=change(before, state),
        state=state,
    )


def _publishing(
    rules: Rules, seen: Ledger, state: State, monday: dt.date, evaluations: int
) -> Publishing:
    """P at a cut that is `evaluations` after the state's newest; a baseline's P cannot go off."""
    policy = rules.on(monday)
    protected = (
        state.baseline is not None
        and state.baseline_evaluations + evaluations <= policy.baseline_evaluations
    )
    return publishing.read(
        policy,
        seen,
        monday,
        was_on=state.p_on,
        day_one=decrees.day_one(seen),
        may_turn_off=not protected,
    )


def _p_off(rules: Rules, seen: Ledger, state: State, monday: dt.date) -> dt.date | None:
    """The Monday within 14 days on which P, now on, goes off if nothing more is recorded."""
    weeks = rules.on(monday).warn_days // 7
    # `state` does not count this evaluation yet, so the one n weeks on is n + 1 after it.
    for ahead in range(1, weeks + 1):
        if not state.p_on:
            break
        day = monday + ahead * WEEK
        if not _publishing(rules, seen, state, day, ahead + 1).on:
            return day
    return None


def daily(rules: Rules, ledger: Ledger, previous: State | None, now: dt.datetime) -> Step:
    """Works off what acts at once between the previous state and now, this instant included.

    Day by day for what dates do (a decree that dies, an override that ends), and at the instant
    of each entry. Working off an instant twice changes nothing. Refused for a now before `at`.
    """
    seen = ledger.through(now)
    if previous is None:
        previous = start(seen.entries[0].recorded_at if seen.entries else now)
    if previous.at > now:
        raise Refused("clock_back", at=previous.at, now=now)
    step, acting = Step(previous), seen.only(ACTING)
    for moment in _moments(acting, previous.at, now):
        known, day = acting.through(moment), day_of(moment)
        if not is_open(known):
            continue
        policy = rules.on(day)
        for entry in known.at(moment):
            step = step.to(decided(policy, step.state, entry))
        state = override_over(step.state, day)
        computed = table(decrees.read(policy, known, day).alive, state.g_on, state.p_on)
        if computed is not state.computed:
            state = replace(state, computed=computed)
        step = step.to(by_decree(policy, state, day))
    return step.to(replace(step.state, at=now))


def _moments(ledger: Ledger, after: dt.datetime, until: dt.datetime) -> list[dt.datetime]:
    """The instants at which something can act, rising: starts of days, and entries."""
    days = (day_of(until) - day_of(after)).days
    starts = {start_of(day_of(after) + n * DAY) for n in range(1, days + 1)}
    return sorted(starts | {entry.recorded_at for entry in ledger.since(after)})


def advance(rules: Rules, ledger: Ledger, previous: State | None, now: dt.datetime) -> Step:
    """All that is due by now: missed evaluations week by week, each with its own cut, and the
    days between. From the state of the newest assessment this is also the current standing."""
    step = Step(previous) if previous else _begin(rules, ledger, now)
    for monday in _mondays(step.state, now):
        step = step.then(_week(rules, ledger, step.state, monday))
    return step.then(daily(rules, ledger, step.state, now))


def _begin(rules: Rules, ledger: Ledger, now: dt.datetime) -> Step:
    """The first instant of a KIM: that of its first entry."""
    first = min([now, *(entry.recorded_at for entry in ledger.entries[:1])])
    return daily(rules, ledger, None, first)


def _mondays(state: State, until: dt.datetime) -> Iterator[dt.date]:
    """The Mondays whose evaluations are due between a state and an instant."""
    monday = state.monday + WEEK
    while start_of(monday) <= until:
        yield monday
        monday += WEEK


def _week(rules: Rules, ledger: Ledger, state: State, monday: dt.date) -> Step:
    """The days up to a Monday, and its evaluation unless the KIM is closed then."""
    cut = start_of(monday)
    seen = ledger.up_to(cut)
    step = daily(rules, seen, state, cut)
    if not is_open(seen):
        return step.to(replace(step.state, monday=monday))
    assessment = evaluate(rules, seen, step.state, monday)
    return step.to(assessment.state, assessment)


def replay(
    rules: Rules, ledger: Ledger, last: dt.date, previous: State | None = None
) -> tuple[Assessment, ...]:
    """Every evaluation through the Monday `last`, from the first entry or a stored state on."""
    return advance(rules, ledger, previous, start_of(last)).assessments


def forecast(rules: Rules, ledger: Ledger, state: State, weeks: int = 60) -> Forecast:
    """The same functions run forward with no new entry and no answer to proposals.

    What the ledger already schedules counts. `state` may be that of an assessment or a daily
    one after it. Only what lies after it is forecast: a Monday that it passed without an
    evaluation is left out, as for a KIM that was closed then.
    """
    state = replace(state, monday=max(state.monday, passed(state.at)))
    step = advance(rules, ledger, state, start_of(state.monday + weeks * WEEK))
    p_on, p_off = state.p_on, None
    for assessment in step.assessments:
        if p_on and not assessment.publishing.on:
            p_off = assessment.monday
            break
        p_on = assessment.publishing.on
    told = [a.monday for a in step.assessments if a.tell and a.p_off == p_off]
    return Forecast(step.changes, p_off, told[0] if told and p_off else None)


def what_if(
    rules: Rules, ledger: Ledger, last: dt.date, previous: State | None = None
) -> tuple[Assessment, ...]:
    """The stored history under a changed policy, to be compared before it is switched on.

    P, G and verdicts carry over in `previous`; proposals for 1 are answered yes at the
    evaluation, all other answers and the overrides are left out.
    """
    kept = tuple(e for e in ledger.entries if not isinstance(e, Answered | OverrideApproved))
    bare, until = Ledger(kept), start_of(last)
    state = without_override(previous) if previous else _begin(rules, bare, until).state
    found = []
    for monday in _mondays(state, until):
        week = _week(rules, bare, state, monday)
        state = confirmed(week.state, monday)
        found += [replace(assessment, state=state) for assessment in week.assessments]
    return tuple(found)
