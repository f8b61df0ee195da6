"""Decrees: entered by the KIM, verified by Diskominfo; a verified one acts at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kimcms.db import db, kim_scope
from kimcms.domain import ledger as facts
from kimcms.domain.clock import day_of
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.text import clean_line
from kimcms.models.account import OneTimeLink, User
from kimcms.models.decree import Decree
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.queries import decrees as shelves
from kimcms.queries import files
from kimcms.services import clusters, idempotency, ledger, notices
from kimcms.services.heads import NewHead, name_head
from kimcms.services.unit import Unit, atomic, lock

EARLIEST, LATEST = dt.date(1995, 1, 1), dt.date(2100, 12, 31)
_FIELDS = ("number", "dated_on", "starts_on", "ends_on", "end_assumed", "signer", "scan_id")


@dataclass(frozen=True)
class DecreeFacts:
    """What stands on the paper. `end_assumed`: it names no end, so one was assumed."""

    number: str
    dated_on: dt.date
    starts_on: dt.date
    ends_on: dt.date
    signer: str = ""
    end_assumed: bool = False


@dataclass(frozen=True)
class Verified:
    """A verified decree; where it named a new head also that person, and the link to send."""

    decree: Decree
    head: User | None = None
    link: OneTimeLink | None = None


def check(paper: DecreeFacts, now: dt.datetime) -> None:
    """Raises `Refused` for what cannot stand on a decree."""
    if not clean_line(paper.number, 80):
        raise Refused("decree_number")
    days = (paper.dated_on, paper.starts_on, paper.ends_on)
    if min(days) < EARLIEST or max(days) > LATEST:
        raise Refused("decree_year")
    if paper.dated_on > day_of(now):
        raise Refused("decree_ahead")
    if paper.ends_on < paper.starts_on:
        raise Refused("decree_dates")


def enter(
    actor: Actor,
    kim: Kim,
    paper: DecreeFacts,
    now: dt.datetime,
    *,
    scan_id: int | None = None,
    key: str | None = None,
) -> Decree:
    """Record a decree; it counts from its verification on. `key` makes it happen once."""
    check(paper, now)
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(Verb.ENTER_DECREE, kim.id, now):
            raise Refused("not_allowed")
        earlier = idempotency.earlier(actor, key, "decree.enter", now)
        if earlier is not None and (made := shelves.decree(kim.id, earlier)) is not None:
            return made
        decree = Decree(kim_id=kim.id, entered_at=now)
        _write(decree, paper, scan_id)
        db.session.add(decree)
        unit.record(actor, "decree.enter", decree)
        idempotency.done(actor, key, decree.id)
        _ask_diskominfo(actor, "decree.entered", kim, decree, now)
        return decree


def correct(
    actor: Actor, decree: Decree, paper: DecreeFacts, now: dt.datetime, *, scan_id: int | None
) -> Decree:
    """Change what was entered, while nobody has verified it. No `scan_id` keeps the scan."""
    check(paper, now)
    with atomic(kim_scope(decree.kim_id), now) as unit:
        lock(decree)
        if not actor.may(Verb.ENTER_DECREE, decree.kim_id, now):
            raise Refused("not_allowed")
        if decree.verified_at is not None:
            raise Refused("decree_verified")
        before = {name: getattr(decree, name) for name in _FIELDS}
        _write(decree, paper, scan_id if scan_id is not None else decree.scan_id)
        changed = sorted(name for name in _FIELDS if before[name] != getattr(decree, name))
        unit.record(actor, "decree.correct", decree, after={"fields": changed})
        kim = db.session.get_one(Kim, decree.kim_id)
        _ask_diskominfo(actor, "decree.entered", kim, decree, now)
        return decree


def give_back(actor: Actor, decree: Decree, reason: str, now: dt.datetime) -> Decree:
    """Diskominfo asks the KIM for a correction, with a reason."""
    reason = clean_line(reason, NOTE_LONGEST)
    if not reason:
        raise Refused("reason_missing")
    with atomic(kim_scope(decree.kim_id), now) as unit:
        _open_for_verdict(actor, decree, now)
        unit.record(actor, "decree.return", decree, reason=reason)
        _tell_heads(actor, "decree.returned", decree, now, reason=reason)
        return decree


def verify(actor: Actor, decree: Decree, now: dt.datetime, head: NewHead | None = None) -> Verified:
    """Diskominfo has seen the paper. Moves the KIM on that very day where it does.

    `head` is the new head whom the decree names; the handover begins with it.
    """
    with atomic(kim_scope(decree.kim_id), now) as unit:
        _open_for_verdict(actor, decree, now)
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
        _tell_heads(actor, "decree.verified", decree, now)
        clusters.act_now(unit, actor, decree.kim_id, now)
        return _handed_over(unit, actor, decree, head, now)


def _handed_over(
    unit: Unit, actor: Actor, decree: Decree, head: NewHead | None, now: dt.datetime
) -> Verified:
    if head is None:
        return Verified(decree)
    kim = db.session.get_one(Kim, decree.kim_id)
    return Verified(decree, *name_head(unit, actor, kim, head, now))


def _open_for_verdict(actor: Actor, decree: Decree, now: dt.datetime) -> None:
    lock(decree)
    if not actor.may(Verb.VERIFY_DECREE, decree.kim_id, now):
        raise Refused("not_allowed")
    if decree.verified_at is not None:
        raise Refused("already_verified")


def _write(decree: Decree, paper: DecreeFacts, scan_id: int | None) -> None:
    if scan_id is not None and files.file(decree.kim_id, scan_id) is None:
        raise Refused("scan_unknown")
    decree.number = clean_line(paper.number, 80)
    decree.dated_on = paper.dated_on
    decree.starts_on, decree.ends_on = paper.starts_on, paper.ends_on
    decree.end_assumed = paper.end_assumed
    decree.signer = clean_line(paper.signer, 120)
    decree.scan_id = scan_id


def _ask_diskominfo(actor: Actor, kind: str, kim: Kim, decree: Decree, now: dt.datetime) -> None:
    others = set(people.holders(None, (Role.DISKOMINFO,), now)) - {actor.user_id}
    _tell(kind, others, kim, decree, now)


def _tell_heads(actor: Actor, kind: str, decree: Decree, now: dt.datetime, **more: str) -> None:
    kim = db.session.get_one(Kim, decree.kim_id)
    others = set(people.holders(kim.id, (Role.HEAD,), now)) - {actor.user_id}
    _tell(kind, others, kim, decree, now, **more)


def _tell(
    kind: str, users: set[int], kim: Kim, decree: Decree, now: dt.datetime, **more: str
) -> None:
    notices.tell(
        users,
        kind,
        f"{kind}:{decree.id}:{now.timestamp():.0f}",
        now,
        kim_id=kim.id,
        path=f"/k/{kim.slug}/sk/{decree.id}",
        kim=kim.name,
        **more,
    )
