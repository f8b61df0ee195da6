"""Invitations of the Forum and Diskominfo, and who came."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import User
from kimcms.models.evidence import Evidence, Invitation
from kimcms.models.kelurahan import Kecamatan, Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries.paging import Cursor, Page, beyond

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """An invitation with its numbers: KIMs invited, told of by the host, and come."""

    invitation: Invitation
    host: str
    invited: int
    ticked: int
    came: int
    cancelled: int

    @property
    def off(self) -> bool:
        """Nobody is invited any more."""
        return self.invited > 0 and self.cancelled == self.invited


@dataclass(frozen=True, slots=True)
class Guest:
    """An invited KIM; `proof` is the row that counts for its g5."""

    proof: Evidence
    kim_id: int
    kim: str
    kim_slug: str
    kelurahan: str
    kecamatan: str

    @property
    def came(self) -> bool:
        return bool(self.proof.details.get("attended"))


def invitation(invitation_id: int) -> Invitation | None:
    return db.session.scalar(sa.select(Invitation).where(Invitation.id == invitation_id))


def page(after: Cursor | None = None) -> Page[Line]:
    """All invitations, the newest first. Two queries."""
    found = db.session.execute(
        sa.select(Invitation, User.name)
        .outerjoin(User, User.id == Invitation.made_by)
        .where(beyond(Invitation.made_at, Invitation.id, after))
        .order_by(Invitation.made_at.desc(), Invitation.id.desc())
        .limit(PAGE + 1)
    ).all()
    rows = found[:PAGE]
    numbers = _numbers([row[0].id for row in rows])
    more = len(found) > PAGE
    last = rows[-1][0] if more else None
    return Page(
        [Line(row[0], row[1] or "", *numbers.get(row[0].id, (0, 0, 0, 0))) for row in rows],
        Cursor(last.made_at, last.id) if last else None,
    )


def _numbers(ids: list[int]) -> dict[int, tuple[int, int, int, int]]:
    """Who came is in a JSON column, which the two databases read differently: so in Python, over
    the rows of one page."""
    found: dict[int, list[int]] = {}
    rows = db.session.execute(
        sa.select(
            Evidence.invitation_id, Evidence.verified_at, Evidence.returned_at, Evidence.details
        ).where(Evidence.invitation_id.in_(ids))
    )
    for invitation_id, verified_at, returned_at, details in rows:
        assert invitation_id is not None
        sums = found.setdefault(invitation_id, [0, 0, 0, 0])
        told = (True, verified_at is not None, bool(details.get("attended")), bool(returned_at))
        found[invitation_id] = [n + int(more) for n, more in zip(sums, told, strict=True)]
    return {key: (s[0], s[1], s[2], s[3]) for key, s in found.items()}


def guests(invitation_id: int) -> list[Guest]:
    """The invited KIMs, by kecamatan and name. One query."""
    rows = db.session.execute(
        sa.select(Evidence, Kim.id, Kim.name, Kim.slug, Kelurahan.name, Kecamatan.name)
        .join(Kim, Kim.id == Evidence.kim_id)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
        .where(Evidence.invitation_id == invitation_id)
        .order_by(Kecamatan.name, Kim.name)
    )
    return [Guest(*row) for row in rows]


def proofs(invitation_id: int) -> list[Evidence]:
    """The rows of the invited KIMs, to be written."""
    return list(
        db.session.scalars(
            sa.select(Evidence).where(Evidence.invitation_id == invitation_id).order_by(Evidence.id)
        )
    )


def ahead(kim_id: int, today: dt.date) -> list[tuple[Evidence, Invitation]]:
    """What a KIM is invited to from today on, the next first."""
    rows = db.session.execute(
        sa.select(Evidence, Invitation)
        .join(Invitation, Invitation.id == Evidence.invitation_id)
        .where(
            Evidence.kim_id == kim_id,
            Evidence.day >= today,
            Evidence.verified_at.is_(None),
            Evidence.returned_at.is_(None),
        )
        .order_by(Evidence.day, Evidence.id)
        .limit(5)
    )
    return [(row[0], row[1]) for row in rows]
