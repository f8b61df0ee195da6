"""Decrees: entered by the KIM, verified by Diskominfo; a verified one acts at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kimcms.db import db, kim_scope
from kimcms.domain import ledger as facts
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.decree import Decree
from kimcms.models.kim import Kim
from kimcms.services import clusters, ledger
from kimcms.services.unit import atomic, lock


@dataclass(frozen=True)
class DecreeFacts:
    """What stands on the paper. `end_assumed`: it names no end, so one was assumed."""

    number: str
    dated_on: dt.date
    starts_on: dt.date
    ends_on: dt.date
    signer: str = ""
    end_assumed: bool = False


def enter(actor: Actor, kim: Kim, paper: DecreeFacts, now: dt.datetime) -> Decree:
    """Record a decree; it counts from its verification on."""
    if paper.ends_on < paper.starts_on:
        raise Refused("decree_dates")
    number = clean_line(paper.number, 80)
    if not number:
        raise Refused("decree_number")
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(Verb.ENTER_DECREE, kim.id, now):
            raise Refused("not_allowed")
        decree = Decree(
            kim_id=kim.id,
            number=number,
            dated_on=paper.dated_on,
            starts_on=paper.starts_on,
            ends_on=paper.ends_on,
            end_assumed=paper.end_assumed,
            signer=clean_line(paper.signer, 120),
            entered_at=now,
        )
        db.session.add(decree)
        unit.record(actor, "decree.enter", decree)
        return decree


def verify(actor: Actor, decree: Decree, now: dt.datetime) -> Decree:
    """Diskominfo has seen the paper. Moves the KIM on that very day where it does."""
    with atomic(kim_scope(decree.kim_id), now) as unit:
        lock(decree)
        if not actor.may(Verb.VERIFY_DECREE, decree.kim_id, now):
            raise Refused("not_allowed")
        if decree.verified_at is not None:
            raise Refused("already_verified")
        decree.verified_at, decree.verified_by = now, actor.user_id
        ledger.append(
            facts.DecreeVerified,
            decree.kim_id,
            now,
            decree.id,
            decree_id=decree.id,
            start=decree.starts_on,
            end=decree.ends_on,
            assumed_end=decree.end_assumed,
        )
        unit.record(actor, "decree.verify", decree)
        clusters.act_now(unit, actor, decree.kim_id, now)
        return decree
