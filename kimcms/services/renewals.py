"""Renewal of the decree in force: asked by the KIM; the new verified decree is the yes."""

from __future__ import annotations

import datetime as dt

from kimcms.db import db, kim_scope
from kimcms.domain import decrees as rule
from kimcms.domain import ledger as facts
from kimcms.domain.clock import day_of
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.text import clean_line
from kimcms.models.decree import Decree
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.queries import decrees as shelves
from kimcms.queries.clusters import policy_in_force
from kimcms.services import clusters, ledger, notices
from kimcms.services.unit import atomic, lock


def request(actor: Actor, decree: Decree, now: dt.datetime) -> Decree:
    """The KIM has handed its letter to the lurah. Counts when recorded by the end of grace."""
    with atomic(kim_scope(decree.kim_id), now) as unit:
        lock(decree)
        if not actor.may(Verb.ENTER_DECREE, decree.kim_id, now):
            raise Refused("not_allowed")
        _check_request(decree, now)
        decree.renewal_requested_at = now
        _append(facts.RenewalRequested, decree, now)
        unit.record(actor, "renewal.request", decree)
        _tell(actor, "renewal.requested", decree, None, now)
        clusters.act_now(unit, actor, decree.kim_id, now)
        return decree


def refuse(actor: Actor, decree: Decree, words: str, now: dt.datetime) -> Decree:
    """Diskominfo's no, with words that the KIM reads. Kills on its day, not before grace ends."""
    words = clean_line(words, NOTE_LONGEST)
    if not words:
        raise Refused("reason_missing")
    with atomic(kim_scope(decree.kim_id), now) as unit:
        lock(decree)
        if not actor.may(Verb.VERIFY_DECREE, decree.kim_id, now):
            raise Refused("not_allowed")
        policy, known = policy_in_force(now), shelves.ledgers([decree.kim_id])[decree.kim_id]
        if not (_in_force(decree, now) and rule.requested(policy, known)):
            raise Refused("no_request")
        decree.renewal_refused_at, decree.renewal_answer = now, words
        _append(facts.RenewalRefused, decree, now)
        unit.record(actor, "renewal.refuse", decree, reason=words)
        _tell(actor, "renewal.refused", decree, words, now)
        clusters.act_now(unit, actor, decree.kim_id, now)
        return decree


def _check_request(decree: Decree, now: dt.datetime) -> None:
    if not _in_force(decree, now):
        raise Refused("decree_not_current")
    policy, known = policy_in_force(now), shelves.ledgers([decree.kim_id])[decree.kim_id]
    if rule.may_request(policy, known, day_of(now)):
        return
    if rule.requested(policy, known):
        raise Refused("already_requested")
    if day_of(now) <= decree.ends_on:
        raise Refused("renewal_early", days=policy.ending_soon_days)
    raise Refused("renewal_late")


def _in_force(decree: Decree, now: dt.datetime) -> bool:
    known = shelves.ledgers([decree.kim_id])[decree.kim_id]
    return rule.read(policy_in_force(now), known, day_of(now)).decree_id == decree.id


def _append(
    entry: type[facts.RenewalRequested] | type[facts.RenewalRefused],
    decree: Decree,
    now: dt.datetime,
) -> None:
    ledger.append(entry, decree.kim_id, now, decree.id, decree_id=decree.id, day=day_of(now))


def _tell(actor: Actor, kind: str, decree: Decree, reason: str | None, now: dt.datetime) -> None:
    """A request goes to Diskominfo, the answer to the KIM's heads."""
    kim = db.session.get_one(Kim, decree.kim_id)
    to_kim = reason is not None
    role, group = (Role.HEAD, kim.id) if to_kim else (Role.DISKOMINFO, None)
    notices.tell(
        set(people.holders(group, (role,), now)) - {actor.user_id},
        kind,
        f"{kind}:{decree.id}:{now.timestamp():.0f}",
        now,
        kim_id=kim.id,
        path=f"/k/{kim.slug}/sk/{decree.id}",
        kim=kim.name,
        reason=reason or "",
    )
