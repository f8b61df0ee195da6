from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime

_UNMAILED = sa.text("mailed_at IS NULL")
_UNREAD = sa.text("read_at IS NULL")


class Notice(Base):
    """The outbox: one message to one person, written with the change it tells of."""

    __tablename__ = "notice"
    __table_args__ = (
        sa.Index("ix_notice_user", "user_id", "id"),
        sa.Index(
            "ix_notice_unread",
            "user_id",
            "id",
            sqlite_where=_UNREAD,
            postgresql_where=_UNREAD,
        ),
        sa.Index("ix_notice_unmailed", "id", sqlite_where=_UNMAILED, postgresql_where=_UNMAILED),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    kim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("kim.id"))
    kind: Mapped[str] = mapped_column(sa.String(32))
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    path: Mapped[str] = mapped_column(sa.String(300), default="")
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # When the mail server had it, or when it was clear that no letter goes.
    mailed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    mail_after: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)  # not tried again before
