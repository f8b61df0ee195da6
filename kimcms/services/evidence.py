"""Proof that the organisation runs: handed in by the KIM, verified by the Forum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from kimcms.db import db, kim_scope
from kimcms.domain import board
from kimcms.domain import ledger as facts
from kimcms.domain.clock import day_of
from kimcms.domain.draft import NOTE_LONGEST
from kimcms.domain.evidence import TITLE_LONGEST, Claim, ProofState, check
from kimcms.domain.ledger import Proof
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.domain.text import clean_line
from kimcms.models.evidence import Evidence, EvidenceFile
from kimcms.models.kim import Kim
from kimcms.queries import accounts, boards
from kimcms.queries import evidence as shelf
from kimcms.services import claims, files, idempotency, ledger, notices
from kimcms.services.relief import relieved
from kimcms.services.unit import atomic, lock
from kimcms.storage.files import FileStore


def hand_in(
    actor: Actor,
    kim: Kim,
    claim: Claim,
    papers: Sequence[files.Paper],
    store: FileStore,
    now: dt.datetime,
    key: str | None = None,
) -> Evidence:
    """A programme, meeting or report as the KIM proves it, with its files. `key` makes it once."""
    if claim.kind in (Proof.BOARD, Proof.INVITATION):
        raise Refused("evidence_kind")
    check(claim, len(papers), now)
    with atomic(kim_scope(kim.id), now):
        earlier = idempotency.earlier(actor, key, "evidence.submit", now)
        if earlier is not None and (made := shelf.proof(kim.id, earlier)) is not None:
            return made
        proof = submit(actor, kim, claim.kind, claim.day, claim.title, now, _year(claim))
        proof.details = _details(claim)
        _keep_papers(actor, kim, proof, papers, store, now)
        idempotency.done(actor, key, proof.id)
        return proof


def confirm_board(
    actor: Actor,
    kim: Kim,
    title: str,
    seat_ids: Collection[int],
    now: dt.datetime,
    key: str | None = None,
) -> Evidence:
    """The KIM has looked at its board, these seats, and says that it stands.

    Refused: a board that lacks a seat, and one that changed since it was looked at.
    """
    with atomic(kim_scope(kim.id), now):
        earlier = idempotency.earlier(actor, key, "evidence.submit", now)
        if earlier is not None and (made := shelf.proof(kim.id, earlier)) is not None:
            return made
        seats = boards.boards(kim.id).now
        if lacking := board.missing({seat.position for seat in seats}):
            raise Refused("board_incomplete", seats=", ".join(lacking))
        if {seat.id for seat in seats} != set(seat_ids):
            raise Refused("board_changed")
        proof = submit(actor, kim, Proof.BOARD, day_of(now), title, now)
        proof.details = {"seats": [seat.id for seat in seats]}
        idempotency.done(actor, key, proof.id)
        return proof


def submit(
    actor: Actor,
    kim: Kim,
    kind: Proof,
    day: dt.date,
    title: str,
    now: dt.datetime,
    year: int | None = None,
) -> Evidence:
    """The proof itself, of something that has happened; counts when the Forum has verified it."""
    if day > day_of(now):
        raise Refused("evidence_ahead")
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(Verb.ENTER_EVIDENCE, kim.id, now):
            raise Refused("not_allowed")
        if kim.closed_at is not None:
            raise Refused("kim_closed")
        proof = Evidence(
            kim_id=kim.id,
            kind=kind.value,
            day=day,
            title=clean_line(title, TITLE_LONGEST),
            year=year,
            details={},
            submitted_at=now,
            submitted_by=actor.user_id,
        )
        db.session.add(proof)
        db.session.flush()
        tell(facts.EvidenceSubmitted, proof, now)
        unit.record(actor, "evidence.submit", proof, after={"kind": kind.value})
        return proof


def correct(
    actor: Actor,
    kim: Kim,
    proof: Evidence,
    claim: Claim,
    papers: Sequence[files.Paper],
    store: FileStore,
    now: dt.datetime,
    *,
    without: Collection[int] = (),
) -> Evidence:
    """Change what was returned or still waits, and send it again. `without` are file ids that no
    longer belong to it."""
    with atomic(kim_scope(kim.id), now) as unit:
        lock(proof)
        if not actor.may(Verb.ENTER_EVIDENCE, kim.id, now):
            raise Refused("not_allowed")
        if proof.kind in (Proof.BOARD, Proof.INVITATION) or proof.kind != claim.kind:
            raise Refused("evidence_kind")
        if shelf.state_of(proof) is ProofState.VERIFIED:
            raise Refused("already_verified")
        kept = [row for row in shelf.links(proof.id) if row.file_id not in without]
        check(claim, len(kept) + len(papers), now)
        for row in shelf.links(proof.id):
            if row.file_id in without:
                db.session.delete(row)
        proof.day, proof.title = claim.day, clean_line(claim.title, TITLE_LONGEST)
        proof.year, proof.details = _year(claim), _details(claim)
        proof.submitted_at, proof.submitted_by = now, actor.user_id
        proof.returned_at, proof.returned_why = None, ""
        _keep_papers(actor, kim, proof, papers, store, now)
        tell(facts.EvidenceSubmitted, proof, now)
        unit.record(actor, "evidence.correct", proof)
        return proof


def verify(actor: Actor, proof: Evidence, now: dt.datetime, seen: str | None = None) -> Evidence:
    """The Forum has seen it. Counts from the next evaluation on.

    `seen` names the version that the moderator looked at, as `version` says it.
    """
    with atomic(kim_scope(proof.kim_id), now) as unit:
        _open_for_verdict(actor, proof, now, seen)
        if shelf.state_of(proof) is ProofState.VERIFIED:
            raise Refused("already_verified")
        if shelf.state_of(proof) is ProofState.RETURNED:
            raise Refused("evidence_returned")
        proof.verified_at, proof.verified_by = now, actor.user_id
        tell(facts.EvidenceVerified, proof, now)
        unit.record(actor, "evidence.verify", proof)
        _tell_kim(actor, "evidence.verified", proof, now)
        return proof


def give_back(
    actor: Actor, proof: Evidence, reason: str, now: dt.datetime, seen: str | None = None
) -> Evidence:
    """The Forum does not accept it, with a reason; also where it had verified it before."""
    reason = clean_line(reason, NOTE_LONGEST)
    if not reason:
        raise Refused("evidence_reason")
    with atomic(kim_scope(proof.kim_id), now) as unit:
        _open_for_verdict(actor, proof, now, seen)
        if shelf.state_of(proof) is ProofState.RETURNED:
            raise Refused("evidence_returned")
        proof.verified_at = proof.verified_by = None
        proof.returned_at, proof.returned_why = now, reason
        tell(facts.EvidenceReturned, proof, now)
        unit.record(actor, "evidence.return", proof, reason=reason)
        _tell_kim(actor, "evidence.returned", proof, now, reason=reason)
        return proof


def may_judge(actor: Actor, kim_id: int, now: dt.datetime) -> bool:
    """Whether somebody may verify or return what this KIM handed in."""
    relief = relieved(kim_id, now)
    return actor.may(Verb.VERIFY_EVIDENCE, kim_id, now, relief=relief)


def version(proof: Evidence) -> str:
    """Which version of a proof somebody looked at: it changes when the KIM sends it again."""
    return proof.submitted_at.isoformat()


def tell(kind: type[facts.Evidence], proof: Evidence, now: dt.datetime) -> None:
    """The ledger learns what a proof says now, within the running unit."""
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


def _open_for_verdict(actor: Actor, proof: Evidence, now: dt.datetime, seen: str | None) -> None:
    lock(proof)
    if not may_judge(actor, proof.kim_id, now):
        raise Refused("not_allowed")
    claims.settle(actor, proof, now)
    if proof.kind == Proof.INVITATION:  # the host ticks who came
        raise Refused("evidence_kind")
    if seen is not None and seen != version(proof):
        raise Refused("evidence_changed")


def _keep_papers(
    actor: Actor,
    kim: Kim,
    proof: Evidence,
    papers: Sequence[files.Paper],
    store: FileStore,
    now: dt.datetime,
) -> None:
    for paper in papers:
        file = files.keep(actor, kim, Verb.ENTER_EVIDENCE, paper, store, now)
        db.session.add(EvidenceFile(evidence_id=proof.id, file_id=file.id, kim_id=kim.id))


def _year(claim: Claim) -> int | None:
    return claim.year if claim.kind is Proof.PROGRAMME else None


def _details(claim: Claim) -> dict[str, object]:
    """What only some kinds have."""
    if claim.kind is Proof.MEETING:
        return {"people": claim.people}
    if claim.kind is Proof.REPORT:
        return {"tags": [tag.value for tag in claim.tags], "story": clean_line(claim.story, 2000)}
    return {}


def _tell_kim(actor: Actor, kind: str, proof: Evidence, now: dt.datetime, **more: str) -> None:
    kim = db.session.get_one(Kim, proof.kim_id)
    told = {proof.submitted_by or 0, *accounts.holders(kim.id, (Role.HEAD,), now)}
    notices.tell(
        told - {0, actor.user_id},
        kind,
        f"{kind}:{proof.id}:{now.timestamp():.0f}",
        now,
        kim_id=kim.id,
        path=f"/k/{kim.slug}/bukti/{proof.id}",
        title=proof.title,
        kim=kim.name,
        **more,
    )
