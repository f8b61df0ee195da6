"""What Diskominfo does to a KIM in the register: names, address, suspension, end and merger."""

from __future__ import annotations

import datetime as dt

from kimcms.db import CITY, db
from kimcms.domain import ledger as facts
from kimcms.domain.clock import day_of
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.publishing import articles, takeover
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.text import clean_line
from kimcms.models.kim import Kim, KimSlug
from kimcms.queries import accounts, clusters, register
from kimcms.services import ledger, notices
from kimcms.services.kims import usable_slug
from kimcms.services.signins import end_sign_ins
from kimcms.services.unit import Unit, atomic, lock

EARLIEST = dt.date(1995, 1, 1)


def describe(
    actor: Actor,
    kim: Kim,
    now: dt.datetime,
    *,
    name: str,
    founded_on: dt.date | None,
) -> Kim:
    """The name of a KIM, and when it was founded."""
    name = clean_line(name, 80)
    if not name:
        raise Refused("name_missing")
    if founded_on is not None and not EARLIEST <= founded_on <= day_of(now):
        raise Refused("founded_when")
    with atomic(CITY, now) as unit:
        _open_for(actor, kim, now)
        before = {"name": kim.name}
        kim.name, kim.founded_on = name, founded_on
        verb = "kim.rename" if before["name"] != name else "kim.describe"
        unit.record(actor, verb, kim, kim_id=kim.id, before=before, after={"name": name})
        return kim


def change_slug(actor: Actor, kim: Kim, slug: str, reason: str, now: dt.datetime) -> Kim:
    """Another address. The old one stays reserved and leads here."""
    reason = _said(reason)
    usable_slug(slug)
    with atomic(CITY, now) as unit:
        _open_for(actor, kim, now)
        before = kim.slug
        if slug == before:
            raise Refused("slug_same")
        owner = db.session.get(KimSlug, slug)
        if owner is not None and owner.kim_id != kim.id:
            raise Refused("slug_taken", slug=slug)
        if owner is None:
            db.session.add(KimSlug(slug=slug, kim_id=kim.id))
        kim.slug = slug
        _record(unit, actor, "kim.slug", kim, reason, before={"slug": before}, after={"slug": slug})
        _tell(actor, "kim.slug", kim, now, reason=reason, to=slug)
        return kim


def suspend(actor: Actor, kim: Kim, reason: str, now: dt.datetime) -> Kim:
    """Close the subsite for a time; the newsroom, credit and standing stay as they are."""
    reason = _said(reason)
    with atomic(CITY, now) as unit:
        _open_for(actor, kim, now)
        if kim.suspended_at is not None:
            raise Refused("kim_suspended")
        kim.suspended_at = now
        _record(unit, actor, "kim.suspend", kim, reason)
        _tell(actor, "kim.suspend", kim, now, reason=reason)
        return kim


def resume(actor: Actor, kim: Kim, reason: str, now: dt.datetime) -> Kim:
    """Open the subsite again."""
    reason = _said(reason)
    with atomic(CITY, now) as unit:
        _open_for(actor, kim, now)
        if kim.suspended_at is None:
            raise Refused("kim_not_suspended")
        kim.suspended_at = None
        _record(unit, actor, "kim.resume", kim, reason)
        _tell(actor, "kim.resume", kim, now, reason=reason)
        return kim


def close(actor: Actor, kim: Kim, typed: str, reason: str, now: dt.datetime) -> Kim:
    """The end of a KIM, for good. `typed` is its address, so that nobody does it by mistake.

    Its kelurahan may have another KIM from then on; its address stays reserved.
    """
    reason = _said(reason)
    with atomic(CITY, now) as unit:
        _open_for(actor, kim, now)
        _confirmed(kim, typed)
        kim.alias_domain = kim.alias_verified_at = None
        _tell(actor, "kim.close", kim, now, reason=reason)
        _end(unit, actor, kim, None, now)
        _record(unit, actor, "kim.close", kim, reason)
        return kim


def merge(actor: Actor, kim: Kim, into: Kim, typed: str, reason: str, now: dt.datetime) -> Kim:
    """`kim` closes and leads to `into`, which keeps start, decree and cluster.

    The ledger of the survivor takes over the published weeks, so that both KIMs' weeks count as
    one. The articles themselves stay with the closed KIM and are no longer shown.
    """
    reason = _said(reason)
    if kim.id == into.id:
        raise Refused("merge_itself")
    with atomic(CITY, now) as unit:
        for one in sorted((kim, into), key=lambda row: row.id):  # never in a circle
            _open_for(actor, one, now)
        _confirmed(kim, typed)
        _tell(actor, "kim.merge", kim, now, reason=reason, to=into.name)
        _tell(actor, "kim.merged_here", into, now, reason=reason, to=kim.name)
        _take_over(kim, into, now)
        _end(unit, actor, kim, into, now)
        _record(unit, actor, "kim.merge", kim, reason, after={"into": into.id})
        _record(unit, actor, "kim.merged_here", into, reason, after={"from": kim.id})
        return into


def _open_for(actor: Actor, kim: Kim, now: dt.datetime) -> None:
    lock(kim)
    if not actor.may(Verb.MANAGE_REGISTER, kim.id, now):
        raise Refused("not_allowed")
    if kim.closed_at is not None:
        raise Refused("kim_closed")


def _said(reason: str) -> str:
    reason = clean_line(reason, NOTE_LONGEST)
    if not reason:
        raise Refused("register_reason")
    return reason


def _confirmed(kim: Kim, typed: str) -> None:
    if typed.strip().lower() != kim.slug:
        raise Refused("slug_not_typed", slug=kim.slug)


def _take_over(kim: Kim, into: Kim, now: dt.datetime) -> None:
    own = clusters.ledgers([kim.id])[kim.id]
    # What was only scheduled never comes before readers, so it counts for nobody.
    ahead = {item.first.article_id for item in articles(own) if item.public_at > now}
    rows = [row for row in takeover(own, kim.id) if row[1]["article_id"] not in ahead]
    ledger.taken_over(into, rows, now)


def _end(unit: Unit, actor: Actor, kim: Kim, into: Kim | None, now: dt.datetime) -> None:
    """The KIM closes: readers no longer find it, and its people have no role in it."""
    kim.closed_at, kim.suspended_at = now, None
    kim.merged_into_id = into.id if into else None
    ledger.append(
        facts.Closed, kim.id, now, kim.id, day=day_of(now), merged_into=kim.merged_into_id
    )
    for row in register.roles_held(kim.id, now):
        lock(row)
        row.until = now
        end_sign_ins(row.user_id, now)
        unit.record(actor, "member.end", row, before={"role": row.role.value, "user": row.user_id})


def _record(
    unit: Unit,
    actor: Actor,
    verb: str,
    kim: Kim,
    reason: str,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    unit.record(actor, verb, kim, kim_id=kim.id, reason=reason, before=before, after=after)


def _tell(actor: Actor, kind: str, kim: Kim, now: dt.datetime, **more: str) -> None:
    others = set(accounts.holders(kim.id, (Role.HEAD,), now)) - {actor.user_id}
    # Who lost the last role there could not open a page of that KIM.
    gone = kind in {"kim.close", "kim.merge"}
    notices.tell(
        others,
        kind,
        f"{kind}:{kim.id}:{now.timestamp():.0f}",
        now,
        kim_id=kim.id,
        path="" if gone else f"/k/{kim.slug}/klaster",
        kim=kim.name,
        **more,
    )
