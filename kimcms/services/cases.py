"""What people decide about a cluster beside the rule: answers, objections and overrides.

Nobody decides about the own KIM. An override wants two people and acts when the second approves.
"""

from __future__ import annotations

import datetime as dt

from kimcms.db import db, kim_scope
from kimcms.domain import ledger as facts
from kimcms.domain.cases import Answer, CaseKind
from kimcms.domain.clock import DAY, day_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import KIM_ROLES, Actor, Verb
from kimcms.domain.standing import OUTSIDE, State, may_object
from kimcms.domain.terms import Standing
from kimcms.domain.text import clean_line
from kimcms.models import cluster
from kimcms.models.cluster import ClusterCase
from kimcms.models.kim import Kim
from kimcms.queries import accounts, cases
from kimcms.queries.clusters import policy_in_force
from kimcms.services import claims, clusters, ledger, notices
from kimcms.services.casebook import PROPOSALS
from kimcms.services.relief import free_moderators, relieved
from kimcms.services.unit import atomic, lock

WORDS_LONGEST = 2000


def answer(actor: Actor, case: ClusterCase, yes: bool, words: str, now: dt.datetime) -> None:
    """The Forum confirms a proposal, or declines it with words. Acts at once."""
    words = clean_line(words, WORDS_LONGEST)
    if not yes and not words:
        raise Refused("words_missing")
    clusters.make_up(now)
    with atomic(kim_scope(case.kim_id), now):
        _decides(actor, case, PROPOSALS, now)
        kim = db.session.get_one(Kim, case.kim_id)
        clusters.answer(actor, kim, yes, now)
        case.answer_words = words
        if not yes:
            _tell_kim(kim, "declined", case, now, reason=words)


def object_to(actor: Actor, kim: Kim, words: str, now: dt.datetime) -> ClusterCase:
    """The KIM objects to its standing, or to what is proposed. Silence changes nothing."""
    words = clean_line(words, WORDS_LONGEST)
    if not words:
        raise Refused("words_missing")
    clusters.make_up(now)
    with atomic(kim_scope(kim.id), now) as unit:
        lock(kim)
        if not actor.may(Verb.OBJECT, kim.id, now):
            raise Refused("not_allowed")
        state = _state(kim.id)
        if state is None or not _may_object(state, kim.id, now):
            raise Refused("objection_closed")
        proposal = state.open_proposal
        against = state.official
        if proposal and proposal.to and proposal.opened >= state.since:
            against = proposal.to
        case = ClusterCase(
            kim_id=kim.id,
            kind=CaseKind.OBJECTION.value,
            from_standing=against.value,
            opened_on=day_of(now),
            opened_at=now,
            opened_by=actor.user_id,
            words=words,
        )
        db.session.add(case)
        db.session.flush()
        ledger.append(
            facts.ObjectionRaised, kim.id, now, case.id, objection_id=case.id, against=against
        )
        unit.record(actor, "cluster.object", case, after={"against": against.value})
        _tell_forum(kim, "objected", case, now)
        return case


def may_object_now(kim_id: int, now: dt.datetime) -> bool:
    """Whether the card offers the objection."""
    state = _state(kim_id)
    return state is not None and _may_object(state, kim_id, now)


def decline_objection(actor: Actor, case: ClusterCase, words: str, now: dt.datetime) -> None:
    """The Forum keeps to the standing, and says why. (The other answer is an override.)"""
    words = clean_line(words, WORDS_LONGEST)
    if not words:
        raise Refused("words_missing")
    with atomic(kim_scope(case.kim_id), now) as unit:
        _decides(actor, case, (CaseKind.OBJECTION,), now)
        _close(case, Answer.NO, actor, words, now)
        ledger.append(facts.ObjectionDeclined, case.kim_id, now, case.id, objection_id=case.id)
        unit.record(actor, "cluster.objection_decline", case)
        kim = db.session.get_one(Kim, case.kim_id)
        _tell_kim(kim, "objection_declined", case, now, reason=words)


def propose_override(
    actor: Actor, kim: Kim, to: Standing, words: str, now: dt.datetime
) -> ClusterCase:
    """One moderator proposes what is to be shown instead of the rule's result."""
    words = clean_line(words, WORDS_LONGEST)
    if not words:
        raise Refused("words_missing")
    if to in OUTSIDE:
        raise Refused("override_outside")
    with atomic(kim_scope(kim.id), now) as unit:
        lock(kim)
        if not actor.may(Verb.DECIDE_CLUSTER, kim.id, now, relief=relieved(kim.id, now)):
            raise Refused("not_allowed")
        state = _state(kim.id)
        if state is None or state.ruled in OUTSIDE or kim.closed_at is not None:
            raise Refused("override_outside")
        if cases.open_case(kim.id, CaseKind.OVERRIDE) is not None:
            raise Refused("override_open")
        case = ClusterCase(
            kim_id=kim.id,
            kind=CaseKind.OVERRIDE.value,
            from_standing=state.official.value,
            to_standing=to.value,
            opened_on=day_of(now),
            opened_at=now,
            opened_by=actor.user_id,
            words=words,
        )
        db.session.add(case)
        unit.record(actor, "cluster.override_propose", case, after={"to": to.value})
        _tell_forum(kim, "override_proposed", case, now)
        return case


def approve_override(actor: Actor, case: ClusterCase, now: dt.datetime) -> None:
    """Another one approves: shown from today on, and the answer to an open objection."""
    clusters.make_up(now)
    with atomic(kim_scope(case.kim_id), now) as unit:
        _decides(actor, case, (CaseKind.OVERRIDE,), now)
        if actor.user_id == case.opened_by:
            raise Refused("second_person")
        to = Standing(str(case.to_standing))
        objection = cases.open_case(case.kim_id, CaseKind.OBJECTION)
        ledger.append(
            facts.OverrideApproved,
            case.kim_id,
            now,
            case.id,
            to=to,
            objection_id=objection.id if objection else None,
        )
        _close(case, Answer.YES, actor, "", now)
        case.due_on = day_of(now) + (policy_in_force(now).override_days - 1) * DAY
        if objection:
            _close(objection, Answer.YES, actor, case.words, now)
            objection.to_standing = to.value
        unit.record(actor, "cluster.override_approve", case, after={"to": to.value})
        clusters.act_now(unit, actor, case.kim_id, now)
        kim = db.session.get_one(Kim, case.kim_id)
        _tell_kim(kim, "overridden", case, now, reason=case.words, day=case.due_on.isoformat())


def refuse_override(actor: Actor, case: ClusterCase, words: str, now: dt.datetime) -> None:
    """A second one refuses it with words, or the first takes it back."""
    words = clean_line(words, WORDS_LONGEST)
    own = actor.user_id == case.opened_by
    if not words and not own:
        raise Refused("words_missing")
    with atomic(kim_scope(case.kim_id), now) as unit:
        _decides(actor, case, (CaseKind.OVERRIDE,), now)
        _close(case, Answer.NO, actor, words, now)
        unit.record(actor, "cluster.override_refuse", case)


def first_person(case: ClusterCase) -> int | None:
    """Who cannot be the second one too."""
    return case.opened_by if case.kind == CaseKind.OVERRIDE else None


def _decides(actor: Actor, case: ClusterCase, kinds: tuple[str, ...], now: dt.datetime) -> None:
    """Holds the case and makes sure that this person may answer it, and that it is open."""
    lock(case)
    relief = relieved(case.kim_id, now, first_person(case))
    if not actor.may(Verb.DECIDE_CLUSTER, case.kim_id, now, relief=relief):
        raise Refused("not_allowed")
    claims.settle(actor, case, now)
    if case.kind not in kinds:
        raise Refused("case_kind")
    if case.answer is not None:
        raise Refused("case_closed")


def _close(case: ClusterCase, how: Answer, actor: Actor, words: str, now: dt.datetime) -> None:
    case.answer, case.answered_at, case.answered_by = how.value, now, actor.user_id
    case.answer_words = words


def _state(kim_id: int) -> State | None:
    held = db.session.get(cluster.Standing, kim_id)
    return State.from_dict(held.state) if held else None


def _may_object(state: State, kim_id: int, now: dt.datetime) -> bool:
    """Once for each change or proposal, within the days that the policy gives."""
    if not may_object(policy_in_force(now), state, day_of(now)):
        return False
    proposal = state.open_proposal
    last = max(state.since, proposal.opened) if proposal else state.since
    return not cases.objected_since(kim_id, last)


def _tell_forum(kim: Kim, kind: str, case: ClusterCase, now: dt.datetime) -> None:
    notices.tell(
        free_moderators(kim.id, now, case.opened_by),
        f"cluster.{kind}",
        f"cluster.{kind}:{case.id}",
        now,
        kim_id=kim.id,
        path=f"/k/{kim.slug}/klaster/keputusan",
        kim=kim.name,
        to=case.to_standing or "",
    )


def _tell_kim(kim: Kim, kind: str, case: ClusterCase, now: dt.datetime, **data: str) -> None:
    notices.tell(
        accounts.holders(kim.id, KIM_ROLES, now),
        f"cluster.{kind}",
        f"cluster.{kind}:{case.id}",
        now,
        kim_id=kim.id,
        path=f"/k/{kim.slug}/klaster",
        kim=kim.name,
        to=case.to_standing or "",
        **data,
    )
