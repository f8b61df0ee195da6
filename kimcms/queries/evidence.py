"""Proof that the organisation runs, as the KIM and the Forum look at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain import evidence as rule
from kimcms.domain.evidence import ProofState
from kimcms.domain.ledger import Proof
from kimcms.models.evidence import Evidence, EvidenceFile, Invitation
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import BoardMember, Kim
from kimcms.models.media import PrivateFile
from kimcms.queries.paging import Cursor, Page, beyond

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One proof of a KIM with its state."""

    proof: Evidence
    state: ProofState
    place: str = ""  # of an invitation

    @property
    def attended(self) -> bool:
        return bool(self.proof.details.get("attended"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proof that waits for the Forum."""

    id: int
    kind: str
    title: str
    day: dt.date
    submitted_at: dt.datetime
    kim_id: int
    kim: str
    kim_slug: str
    kelurahan: str
    files: int


def state_of(proof: Evidence) -> ProofState:
    return rule.state(proof.verified_at, proof.returned_at)


def proof(kim_id: int, proof_id: int) -> Evidence | None:
    return db.session.scalar(
        sa.select(Evidence).where(Evidence.id == proof_id, Evidence.kim_id == kim_id)
    )


def handed_in(proof_id: int) -> tuple[Evidence, Kim] | None:
    """A proof of any KIM, as the city's roles may open it."""
    row = db.session.execute(
        sa.select(Evidence, Kim).join(Kim, Kim.id == Evidence.kim_id).where(Evidence.id == proof_id)
    ).first()
    return (row[0], row[1]) if row else None


def lines(kim_id: int, after: Cursor | None = None) -> Page[Line]:
    """What the KIM handed in and was invited to, the newest first. One query."""
    found = db.session.execute(
        sa.select(Evidence, Invitation.place)
        .outerjoin(Invitation, Invitation.id == Evidence.invitation_id)
        .where(
            Evidence.kim_id == kim_id,
            beyond(Evidence.submitted_at, Evidence.id, after),
        )
        .order_by(Evidence.submitted_at.desc(), Evidence.id.desc())
        .limit(PAGE + 1)
    )
    rows = [Line(row[0], state_of(row[0]), row[1] or "") for row in found]
    more = len(rows) > PAGE
    last = rows[PAGE - 1].proof if more else None
    return Page(rows[:PAGE], Cursor(last.submitted_at, last.id) if last else None)


def line(proof: Evidence) -> Line:
    """One proof as its page shows it."""
    place = db.session.scalar(
        sa.select(Invitation.place).where(Invitation.id == proof.invitation_id)
    )
    return Line(proof, state_of(proof), place or "")


def links(proof_id: int) -> list[EvidenceFile]:
    """The rows that tie files to a proof."""
    return list(
        db.session.scalars(sa.select(EvidenceFile).where(EvidenceFile.evidence_id == proof_id))
    )


def files(kim_id: int, proof_id: int) -> list[PrivateFile]:
    """The files of a proof, in the order in which they came."""
    return list(
        db.session.scalars(
            sa.select(PrivateFile)
            .join(EvidenceFile, EvidenceFile.file_id == PrivateFile.id)
            .where(EvidenceFile.evidence_id == proof_id, PrivateFile.kim_id == kim_id)
            .order_by(PrivateFile.id)
        )
    )


def seats(kim_id: int, ids: Iterable[int]) -> list[BoardMember]:
    """The seats that a confirmation spoke of."""
    return list(
        db.session.scalars(
            sa.select(BoardMember)
            .where(BoardMember.kim_id == kim_id, BoardMember.id.in_(list(ids)))
            .order_by(BoardMember.rank, BoardMember.id)
        )
    )


def titled(kim_id: int, ids: Iterable[int]) -> dict[int, Evidence]:
    """Those of the named proofs that belong to the KIM: what stands behind a value of the card."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = db.session.scalars(
        sa.select(Evidence).where(Evidence.kim_id == kim_id, Evidence.id.in_(wanted))
    )
    return {row.id: row for row in rows}


def returned(kim_ids: Iterable[int]) -> list[Evidence]:
    """What the Forum gave back to these KIMs and was not sent again."""
    return list(
        db.session.scalars(
            sa.select(Evidence)
            .where(
                Evidence.kim_id.in_(list(kim_ids)),
                Evidence.returned_at.is_not(None),
                Evidence.kind != Proof.INVITATION.value,
            )
            .order_by(Evidence.returned_at.desc())
            .limit(10)
        )
    )


def waiting(not_of: tuple[int, ...] = (), after: Cursor | None = None) -> Page[Waiting]:
    """What the Forum has to look at, the oldest first; `not_of` leaves KIMs out. One query."""
    files_of = (
        sa.select(sa.func.count())
        .where(EvidenceFile.evidence_id == Evidence.id)
        .correlate(Evidence)
        .scalar_subquery()
    )
    found = db.session.execute(
        sa.select(
            Evidence.id,
            Evidence.kind,
            Evidence.title,
            Evidence.day,
            Evidence.submitted_at,
            Evidence.kim_id,
            Kim.name,
            Kim.slug,
            Kelurahan.name,
            files_of,
        )
        .join(Kim, Kim.id == Evidence.kim_id)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .where(
            Evidence.verified_at.is_(None),
            Evidence.returned_at.is_(None),
            Evidence.kind != Proof.INVITATION.value,
            Kim.closed_at.is_(None),
            Evidence.kim_id.not_in(not_of),
            beyond(Evidence.submitted_at, Evidence.id, after, oldest_first=True),
        )
        .order_by(Evidence.submitted_at, Evidence.id)
        .limit(PAGE + 1)
    )
    rows = [Waiting(*row) for row in found]
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    return Page(rows, Cursor(rows[-1].submitted_at, rows[-1].id) if more else None)
