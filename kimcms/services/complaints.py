"""Complaints: how they arrive, and what their senders and the Forum do with them."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db, kim_scope
from kimcms.domain import complaints as rule
from kimcms.domain.accounts import Limit
from kimcms.domain.complaints import Kind, Move, State
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import SYSTEM, Actor, Role, Verb
from kimcms.models.account import Attempt
from kimcms.models.complaint import Complaint, ComplaintLetter
from kimcms.models.kim import Kim
from kimcms.queries import accounts, complaints
from kimcms.services import claims, notices
from kimcms.services.relief import deciders, free_moderators, relieved
from kimcms.services.unit import Unit, atomic, lock, upsert


@dataclass(frozen=True)
class Said:
    """What a reader filled in, cleaned."""

    kind: Kind
    text: str
    correct: str
    name: str
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Sent:
    """How it came: the form's own mark, the token that the status page gets, from where, and
    whether the trap for robots was filled."""

    form_hash: str
    token_hash: str
    address: str
    trapped: bool = False


def send(kim: Kim, article_id: int | None, said: Said, sent: Sent, now: dt.datetime) -> Complaint:
    """Take a complaint in. The same form again is the same complaint; what is too much or looks
    doubtful is held for the Forum. Raises `Refused("complaint_many")` for a flood."""
    with atomic(kim_scope(kim.id), now) as unit:
        earlier = complaints.by_form(sent.form_hash)
        if earlier is not None:
            return earlier
        held_for = "trap" if sent.trapped else _held_by_limits(kim.id, sent.address, now)
        values = {
            "kim_id": kim.id,
            "article_id": article_id,
            "kind": said.kind,
            "state": State.HELD if held_for else State.OPEN,
            "held_for": held_for,
            "text": said.text,
            "correct": said.correct,
            "name": said.name,
            "email": said.email,
            "phone": said.phone,
            "form_hash": sent.form_hash,
            "token_hash": sent.token_hash,
            "arrived_at": now,
            "due_at": rule.due_at(said.kind, now),
        }
        upsert(Complaint, values, None, on=["form_hash"])
        made = db.session.scalars(
            sa.select(Complaint).where(Complaint.form_hash == sent.form_hash)
        ).one()
        after = {"kind": made.kind.value, "state": made.state.value}
        unit.record(SYSTEM, "complaint.arrive", made, after=after)
        if made.state is State.HELD:
            tell(made, kim, "held", deciders(kim.id, now), now)
        else:
            _arrived(made, kim, now)
        return made


def dispute(complaint: Complaint, words: str, now: dt.datetime) -> None:
    """The sender adds one message. After an answer it says that this is no answer: the Forum."""
    words = rule.clean_text(words)
    if not words:
        raise Refused("complaint_words")
    with atomic(kim_scope(complaint.kim_id), now) as unit:
        lock(complaint)
        if complaint.message_at is not None:
            raise Refused("complaint_spoken")
        if complaint.state is not State.OPEN:
            complaint.state = rule.step(complaint.state, Move.DISPUTE)
        complaint.message, complaint.message_at = words, now
        unit.record(SYSTEM, "complaint.message", complaint, after=_state(complaint))
        kim = db.session.get_one(Kim, complaint.kim_id)
        told = {*kim_readers(kim.id, now)}
        if complaint.state is State.DISPUTED:
            told |= {*free_moderators(kim.id, now)}
        tell(complaint, kim, "message", told, now)


def accept(complaint: Complaint, now: dt.datetime) -> None:
    """The sender is content with the answer."""
    with atomic(kim_scope(complaint.kim_id), now) as unit:
        lock(complaint)
        _end(complaint, Move.ACCEPT, now)
        unit.record(SYSTEM, "complaint.accept", complaint, after=_state(complaint))


def release(actor: Actor, complaint: Complaint, now: dt.datetime) -> None:
    """The Forum hands a held one to the KIM. The clock has run from its arrival on."""
    with atomic(kim_scope(complaint.kim_id), now) as unit:
        _oversee(actor, complaint, now)
        complaint.state = rule.step(complaint.state, Move.RELEASE)
        unit.record(actor, "complaint.release", complaint, after=_state(complaint))
        _arrived(complaint, db.session.get_one(Kim, complaint.kim_id), now)


def reject(actor: Actor, complaint: Complaint, now: dt.datetime) -> None:
    """The Forum says that it is no complaint."""
    with atomic(kim_scope(complaint.kim_id), now) as unit:
        _oversee(actor, complaint, now)
        _end(complaint, Move.REJECT, now)
        unit.record(actor, "complaint.reject", complaint, after=_state(complaint))


def close(actor: Actor, complaint: Complaint, words: str, now: dt.datetime) -> None:
    """The Forum ends it, with words that sender and KIM read."""
    words = rule.clean_text(words)
    if not words:
        raise Refused("complaint_words")
    with atomic(kim_scope(complaint.kim_id), now) as unit:
        _oversee(actor, complaint, now)
        _end(complaint, Move.CLOSE, now)
        complaint.closing = words
        unit.record(actor, "complaint.close", complaint, after=_state(complaint))
        kim = db.session.get_one(Kim, complaint.kim_id)
        tell(complaint, kim, "closed", kim_readers(kim.id, now), now)
        write_to_sender(complaint, "closed", now)


def _end(complaint: Complaint, move: Move, now: dt.datetime) -> None:
    complaint.state = rule.step(complaint.state, move)
    complaint.closed_at = now


def _oversee(actor: Actor, complaint: Complaint, now: dt.datetime) -> None:
    lock(complaint)
    relief = relieved(complaint.kim_id, now)
    if not actor.may(Verb.OVERSEE_COMPLAINT, complaint.kim_id, now, relief=relief):
        raise Refused("not_allowed")
    claims.settle(actor, complaint, now)


def _state(complaint: Complaint) -> dict[str, str]:
    return {"state": complaint.state.value}


def _arrived(complaint: Complaint, kim: Kim, now: dt.datetime) -> None:
    told = {*kim_readers(kim.id, now), *free_moderators(kim.id, now)}
    tell(complaint, kim, "arrived", told, now)
    write_to_sender(complaint, "arrived", now)


def kim_readers(kim_id: int, now: dt.datetime) -> list[int]:
    """Who has to answer for a KIM."""
    return accounts.holders(kim_id, (Role.EDITOR, Role.HEAD), now)


def tell(
    complaint: Complaint, kim: Kim, kind: str, users: set[int] | list[int], now: dt.datetime
) -> None:
    """Number, kind and clock, never what it says. What can happen more than once is told each
    time, everything else once."""
    again = f":{now.timestamp():.0f}" if kind in {"message", "answered"} else ""
    notices.tell(
        users,
        f"complaint.{kind}",
        f"complaint.{kind}:{complaint.id}{again}",
        now,
        kim_id=kim.id,
        path=f"/k/{kim.slug}/aduan/{complaint.id}",
        number=complaint.number,
        about=complaint.kind.value,
        kim=kim.name,
        due=complaint.due_at.isoformat(),
    )


def write_to_sender(complaint: Complaint, kind: str, now: dt.datetime) -> None:
    """A letter with the number and the way to the status page, where an address was given."""
    if complaint.email:
        db.session.add(ComplaintLetter(complaint_id=complaint.id, kind=kind, at=now))


def _held_by_limits(kim_id: int, address: str, now: dt.datetime) -> str:
    """ "many" where more come than usual. Counts this one."""
    keys = {
        f"aduan:{hashlib.sha256(address.encode()).hexdigest()[:32]}": rule.BY_ADDRESS,
        f"aduan-kim:{kim_id}": rule.BY_KIM,
    }
    held = ""
    for key, (some, most) in keys.items():
        if _full(key, most, now):
            raise Refused("complaint_many", minutes=int(most.window.total_seconds() // 60))
        held = "many" if _full(key, some, now) else held
    db.session.add_all([Attempt(key=key, at=now) for key in keys])
    return held


def _full(key: str, limit: Limit, now: dt.datetime) -> bool:
    return accounts.tries(key, now - limit.window) >= limit.tries


def write_down(unit: Unit, complaint: Complaint, verb: str) -> None:
    """What the clock did by itself."""
    unit.record(SYSTEM, verb, complaint, after=_state(complaint))
