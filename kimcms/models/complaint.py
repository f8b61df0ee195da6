from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime, choice
from kimcms.domain import complaints as rule
from kimcms.domain.clock import WIB
from kimcms.domain.complaints import Kind, Outcome, Stage, State

_TICKS = sa.text("state = 'open'")
_WAITS = sa.text("state IN ('held', 'open', 'disputed')")
_UNTOLD = sa.text("mailed_at IS NULL")


class Complaint(Base):
    """What a reader complained of. Never on a page for readers: what becomes public is a `Reply`
    or a correction. What names the sender goes some months after the end."""

    __tablename__ = "complaint"
    __table_args__ = (
        sa.Index("ix_complaint_kim", "kim_id", "due_at", "id"),
        sa.Index("ix_complaint_arrived", "arrived_at", "id"),
        sa.Index("ix_complaint_closed", "closed_at"),
        sa.Index(
            "ix_complaint_clock", "due_at", "id", sqlite_where=_TICKS, postgresql_where=_TICKS
        ),
        sa.Index("ix_complaint_state", "state", "due_at", "id"),
        sa.Index(
            "ix_complaint_waiting",
            "arrived_at",
            "id",
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    # None: about the KIM or its pages as a whole.
    article_id: Mapped[int | None] = mapped_column(sa.ForeignKey("article.id"), index=True)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    state: Mapped[State] = mapped_column(choice(State))
    text: Mapped[str] = mapped_column(sa.Text)
    correct: Mapped[str] = mapped_column(sa.Text, default="")
    name: Mapped[str] = mapped_column(sa.String(80))
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    phone: Mapped[str] = mapped_column(sa.String(20), default="")
    # The same form sent twice is one complaint. With the program's key it gives the token of the
    # status page, of which only the hash is here.
    form_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    held_for: Mapped[str] = mapped_column(sa.String(16), default="")

    arrived_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    escalated_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # The first answer: what the clock is stopped by.
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # The newest one, and what it says.
    replied_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    by_forum: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[Outcome | None] = mapped_column(choice(Outcome))
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    correction_id: Mapped[int | None] = mapped_column(sa.ForeignKey("correction.id"))
    message: Mapped[str] = mapped_column(sa.Text, default="")
    message_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closing: Mapped[str] = mapped_column(sa.Text, default="")  # the Forum's words
    erased_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    @property
    def number(self) -> str:
        """What people call it."""
        return rule.number(self.arrived_at.astimezone(WIB).year, self.id)

    def stage(self, now: dt.datetime) -> Stage:
        """Where its clock stands."""
        return rule.stage(self.kind, self.arrived_at, now)

    @property
    def in_time(self) -> bool:
        """Whether the first answer came in time."""
        return rule.in_time(self.kind, self.arrived_at, self.answered_at)


class Reply(Base):
    """A published right of reply. Part of the news: it stays when the complaint is erased."""

    __tablename__ = "reply"
    __table_args__ = (sa.UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"))
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    number: Mapped[int]  # of the article, from 1
    name: Mapped[str] = mapped_column(sa.String(80))
    text: Mapped[str] = mapped_column(sa.Text)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({f"kim:{self.kim_id}", "feed"})


class ComplaintLetter(Base):
    """A letter to the sender of a complaint, who has no account: the outbox for them."""

    __tablename__ = "complaint_letter"
    __table_args__ = (
        sa.UniqueConstraint("complaint_id", "kind", "at"),
        sa.Index(
            "ix_complaint_letter_unmailed", "id", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    complaint_id: Mapped[int] = mapped_column(sa.ForeignKey("complaint.id"))
    kind: Mapped[str] = mapped_column(sa.String(16))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    mailed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    mail_after: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
