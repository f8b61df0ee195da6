"""Invitations to KIMs; the host ticks who came, which is the verification of that proof (g5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain import ledger as facts
from kimcms.domain.clock import DAY, day_of
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.ledger import Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.evidence import Evidence, Invitation
from kimcms.models.kim import Kim
from kimcms.queries import accounts
from kimcms.queries import invitations as shelf
from kimcms.services import evidence, idempotency, ledger, notices
from kimcms.services.unit import atomic, lock

LONGEST_AHEAD = 366 * DAY
# The rule asks for what lay before a Monday: what never takes place lies before none.
_NEVER = dt.date.max


def make(
    actor: Actor,
    title: str,
    day: dt.date,
    place: str,
    kims: Sequence[Kim],
    now: dt.datetime,
    key: str | None = None,
) -> Invitation:
    """Invite these KIMs. From today on only: nobody stays away from what they were not told."""
    title, place, today = clean_line(title, 140), clean_line(place, 140), day_of(now)
    if not title:
        raise Refused("invitation_title")
    if not today <= day <= today + LONGEST_AHEAD:
        raise Refused("invitation_day")
    with atomic(CITY, now) as unit:
        if not actor.may(Verb.INVITE, None, now):
            raise Refused("not_allowed")
        earlier = idempotency.earlier(actor, key, "invitation.make", now)
        if earlier is not None:
            return db.session.get_one(Invitation, earlier)
        guests = _open(kims)
        if not guests:
            raise Refused("invitation_nobody")
        made = Invitation(title=title, day=day, place=place, made_by=actor.user_id, made_at=now)
        db.session.add(made)
        unit.record(actor, "invitation.make", made, after={"kims": len(guests)})
        heads = accounts.heads(now)
        for kim in guests:
            proof = _invited(actor, made, kim, now)
            _tell_heads("invitation.made", made, proof, kim, heads, now)
        idempotency.done(actor, key, made.id)
        return made


def tick(
    actor: Actor, invitation: Invitation, came: Collection[int], now: dt.datetime
) -> tuple[int, int]:
    """Who came, by KIM id; the others did not. How many came, and how many are left to others.

    The own KIM is left as it is: another host answers for it. May be mended later: what is the
    same as before is not told again.
    """
    if invitation.day > day_of(now):
        raise Refused("invitation_ahead")
    with atomic(CITY, now) as unit:
        lock(invitation)
        if not actor.may(Verb.INVITE, None, now):
            raise Refused("not_allowed")
        rows = shelf.proofs(invitation.id)
        if all(row.returned_at for row in rows):
            raise Refused("invitation_off")
        mine = [row for row in rows if actor.may(Verb.INVITE, row.kim_id, now)]
        if foreign := set(came) - {row.kim_id for row in mine}:
            invited = foreign & {row.kim_id for row in rows}
            raise Refused("not_allowed" if invited else "invitation_guest")
        unit.record(actor, "invitation.tick", invitation, after={"came": len(came)})
        for row in mine:
            attended = row.kim_id in came
            if row.verified_at is None or bool(row.details.get("attended")) != attended:
                row.details = {**row.details, "attended": attended}
                row.verified_at, row.verified_by = now, actor.user_id
                evidence.tell(facts.EvidenceVerified, row, now)
                unit.record(actor, "evidence.attend", row, after={"attended": attended})
        return len(came), len(rows) - len(mine)


def cancel(actor: Actor, invitation: Invitation, reason: str, now: dt.datetime) -> None:
    """It does not take place, so that nobody stayed away from it. Not after attendance is known."""
    reason = clean_line(reason, NOTE_LONGEST)
    if not reason:
        raise Refused("invitation_reason")
    with atomic(CITY, now) as unit:
        lock(invitation)
        if not actor.may(Verb.INVITE, None, now):
            raise Refused("not_allowed")
        guests = shelf.guests(invitation.id)
        if any(guest.proof.verified_at for guest in guests):
            raise Refused("invitation_ticked")
        if all(guest.proof.returned_at for guest in guests):
            raise Refused("invitation_off")
        unit.record(actor, "invitation.cancel", invitation, reason=reason)
        heads = accounts.heads(now)
        for guest in guests:
            row = guest.proof
            row.returned_at, row.returned_why = now, reason
            _forget(row, now)
            kim = db.session.get_one(Kim, row.kim_id)
            _tell_heads("invitation.off", invitation, row, kim, heads, now, reason=reason)


def _open(kims: Sequence[Kim]) -> list[Kim]:
    """Those that are open now, held until the unit ends: one may have been closed or merged
    while the form was filled in."""
    wanted = sa.select(Kim).where(Kim.id.in_([kim.id for kim in kims]), Kim.closed_at.is_(None))
    held = wanted.order_by(Kim.id).with_for_update(key_share=True, of=Kim)
    return list(db.session.scalars(held.execution_options(populate_existing=True)))


def _invited(actor: Actor, made: Invitation, kim: Kim, now: dt.datetime) -> Evidence:
    proof = Evidence(
        kim_id=kim.id,
        kind=Proof.INVITATION.value,
        day=made.day,
        title=made.title,
        invitation_id=made.id,
        details={"attended": False},
        submitted_at=now,
        submitted_by=actor.user_id,
    )
    db.session.add(proof)
    db.session.flush()
    evidence.tell(facts.EvidenceSubmitted, proof, now)
    return proof


def _forget(row: Evidence, now: dt.datetime) -> None:
    """The ledger learns that this invitation is none: its day never comes."""
    ledger.append(
        facts.EvidenceReturned,
        row.kim_id,
        now,
        row.id,
        evidence_id=row.id,
        kind=Proof.INVITATION,
        day=_NEVER,
    )


def _tell_heads(
    kind: str,
    invitation: Invitation,
    proof: Evidence,
    kim: Kim,
    heads: dict[int, list[int]],
    now: dt.datetime,
    **more: str,
) -> None:
    notices.tell(
        heads.get(kim.id, ()),
        kind,
        f"{kind}:{proof.id}",
        now,
        kim_id=kim.id,
        path=f"/k/{kim.slug}/bukti/{proof.id}",
        title=invitation.title,
        kim=kim.name,
        day=invitation.day.isoformat(),
        **more,
    )
