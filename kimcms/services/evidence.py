"""Proof that the organisation runs: handed in by the KIM, verified by the Forum."""

from __future__ import annotations

import datetime as dt

from kimcms.db import db, kim_scope
from kimcms.domain import ledger as facts
from kimcms.domain.clock import day_of
from kimcms.domain.ledger import Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.evidence import Evidence
from kimcms.models.kim import Kim
from kimcms.services import ledger
from kimcms.services.review import relieved
from kimcms.services.unit import atomic, lock


def submit(
    actor: Actor,
    kim: Kim,
    kind: Proof,
    day: dt.date,
    title: str,
    now: dt.datetime,
    *,
    attended: bool = False,
) -> Evidence:
    """Hand in a proof of something that has happened."""
    if day > day_of(now):
        raise Refused("evidence_ahead")
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(Verb.ENTER_EVIDENCE, kim.id, now):
            raise Refused("not_allowed")
        proof = Evidence(
            kim_id=kim.id,
            kind=kind.value,
            day=day,
            title=clean_line(title, 140),
            details={"attended": attended} if kind is Proof.INVITATION else {},
            submitted_at=now,
            submitted_by=actor.user_id,
        )
        db.session.add(proof)
        db.session.flush()
        _tell(facts.EvidenceSubmitted, proof, now)
        unit.record(actor, "evidence.submit", proof, after={"kind": kind.value})
        return proof


def verify(actor: Actor, proof: Evidence, now: dt.datetime) -> Evidence:
    """The Forum has seen it. Counts from the next evaluation on."""
    with atomic(kim_scope(proof.kim_id), now) as unit:
        lock(proof)
        relief = relieved(proof.kim_id, now)
        if not actor.may(Verb.VERIFY_EVIDENCE, proof.kim_id, now, relief=relief):
            raise Refused("not_allowed")
        if proof.verified_at is not None:
            raise Refused("already_verified")
        proof.verified_at, proof.verified_by = now, actor.user_id
        _tell(facts.EvidenceVerified, proof, now)
        unit.record(actor, "evidence.verify", proof)
        return proof


def _tell(kind: type[facts.Evidence], proof: Evidence, now: dt.datetime) -> None:
    ledger.append(
        kind,
        proof.kim_id,
        now,
        proof.id,
        evidence_id=proof.id,
        kind=Proof(proof.kind),
        day=proof.day,
        year=proof.year,
        attended=bool(proof.details.get("attended")),
    )
