from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime, choice
from kimcms.domain.assistance import Deed, Difficulty, Phase


class Assistance(Base):
    """One difficulty of a KIM, from the first words to the KIM's last one."""

    __tablename__ = "assistance"
    __table_args__ = (
        sa.Index("ix_assistance_kim", "kim_id", "opened_at", "id"),
        sa.Index("ix_assistance_phase", "phase", "next_on"),
        sa.Index(
            "ix_assistance_waiting",
            "waits_since",
            "id",
            sqlite_where=sa.text("waits_since IS NOT NULL"),
            postgresql_where=sa.text("waits_since IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    about: Mapped[Difficulty] = mapped_column(choice(Difficulty))
    words: Mapped[str] = mapped_column(sa.String(2000))
    # The tracker's reason, where the Forum opened it on that.
    reason: Mapped[str] = mapped_column(sa.String(16), default="")
    phase: Mapped[Phase] = mapped_column(choice(Phase), default=Phase.OPEN)
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    next_on: Mapped[dt.date | None]
    reminded_on: Mapped[dt.date | None]  # the next date of which the owner was told
    visit_on: Mapped[dt.date | None]  # while one is planned
    waits_since: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # the KIM for an answer
    asked_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # the Forum for the word
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime, index=True)


class AssistanceEntry(Base):
    """One deed in a case, with its words. Appended, never changed."""

    __tablename__ = "assistance_entry"
    __table_args__ = (sa.Index("ix_assistance_entry_case", "assistance_id", "made_at", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    assistance_id: Mapped[int] = mapped_column(sa.ForeignKey("assistance.id"))
    deed: Mapped[Deed] = mapped_column(choice(Deed))
    words: Mapped[str] = mapped_column(sa.String(2000), default="")
    day: Mapped[dt.date | None]  # of a planned visit
    place: Mapped[str] = mapped_column(sa.String(140), default="")
    who: Mapped[str] = mapped_column(sa.String(140), default="")  # comes, or owns it from now on
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
