from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime

_WAITING = sa.text("verified_at IS NULL AND returned_at IS NULL AND kind <> 'invitation'")


class Invitation(Base):
    """A meeting that the Forum or Diskominfo calls; each invited KIM has an evidence row of it."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(140))
    day: Mapped[dt.date]
    place: Mapped[str] = mapped_column(sa.String(140), default="")
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Evidence(Base):
    """A proof that the organisation runs: board, programme, meeting, report or invitation."""

    __tablename__ = "evidence"
    __table_args__ = (
        sa.Index(
            "ix_evidence_waiting",
            "submitted_at",
            "id",
            sqlite_where=_WAITING,
            postgresql_where=_WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(16))
    day: Mapped[dt.date]
    title: Mapped[str] = mapped_column(sa.String(140), default="")
    year: Mapped[int | None]  # of a work programme
    invitation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invitation.id"), index=True)
    details: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    submitted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    submitted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    verified_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    verified_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    returned_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    returned_why: Mapped[str] = mapped_column(sa.String(500), default="")


class EvidenceFile(Base):
    """A file or photo that belongs to a proof."""

    __tablename__ = "evidence_file"

    evidence_id: Mapped[int] = mapped_column(sa.ForeignKey("evidence.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("private_file.id"), primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
