from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime


class Event(Base):
    """The one history: who did what to which object, and why. Appended, never changed.

    `before` and `after` hold field names with states and ids, never text.
    """

    __tablename__ = "event"
    __table_args__ = (
        sa.Index("ix_event_object", "object_type", "object_id", "id"),
        sa.Index("ix_event_kim", "kim_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    verb: Mapped[str] = mapped_column(sa.String(40))
    kim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("kim.id"))
    object_type: Mapped[str] = mapped_column(sa.String(24))
    object_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    reason: Mapped[str] = mapped_column(sa.String(500), default="")
    before: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
