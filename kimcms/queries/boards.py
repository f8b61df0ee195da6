"""The board of a KIM: the seats of today and of former terms."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.kim import BoardMember


@dataclass(frozen=True)
class Boards:
    """Seats held now, by rank; and former ones, those that ended together in one group."""

    now: list[BoardMember]
    former: list[list[BoardMember]]


def boards(kim_id: int) -> Boards:
    """All seats of a KIM. One query."""
    seats = list(
        db.session.scalars(
            sa.select(BoardMember)
            .where(BoardMember.kim_id == kim_id)
            .order_by(BoardMember.rank, BoardMember.id)
        )
    )
    ended = sorted((s for s in seats if s.until), key=lambda s: str(s.until), reverse=True)
    return Boards(
        now=[seat for seat in seats if seat.until is None],
        former=[list(group) for _until, group in groupby(ended, key=lambda s: s.until)],
    )


def seat(kim_id: int, seat_id: int) -> BoardMember | None:
    return db.session.scalar(
        sa.select(BoardMember).where(BoardMember.id == seat_id, BoardMember.kim_id == kim_id)
    )
