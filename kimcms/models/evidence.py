from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime


class Evidence(Base):
    """A proof that the organisation runs: board, programme, meeting, report or invitation."""

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(16))
    day: Mapped[dt.date]
    title: Mapped[str] = mapped_column(sa.String(140), default="")
    details: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    submitted_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    submitted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    verified_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    verified_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    returned_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    returned_why: Mapped[str] = mapped_column(sa.String(500), default="")
