from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime

_CITY = sa.text("kim_id IS NULL")


class Event(Base):
    """The one history: who did what to which object, and why. Appended, never changed.

    `before` and `after` hold field names with states and ids, never text. `place` and `hash` are
    its link in the chain of the KIM, or of the city where there is none; written when the change is
    committed.
    """

    __tablename__ = "event"
    __table_args__ = (
        sa.Index("ix_event_object", "object_type", "object_id", "id"),
        sa.Index("ix_event_kim", "kim_id", "id"),
        sa.Index("ix_event_kim_at", "kim_id", "at", "id"),
        sa.Index("ix_event_actor", "actor_id", "at", "id"),
        sa.Index("ix_event_at", "at", "id"),
        sa.Index("ix_event_verb", "verb", "at"),
        sa.Index("uq_event_place", "kim_id", "place", unique=True),
        sa.Index(
            "uq_event_city_place",
            "place",
            unique=True,
            sqlite_where=_CITY,
            postgresql_where=_CITY,
        ),
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
    place: Mapped[int | None] = mapped_column(sa.BigInteger)
    hash: Mapped[str | None] = mapped_column(sa.String(64))


class ChainHead(Base):
    """The end of one chain: of a KIM by its id, of the city as 0. Its row is held while a change
    appends, so that a chain never forks."""

    __tablename__ = "chain_head"

    chain: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(sa.BigInteger)
    hash: Mapped[str] = mapped_column(sa.String(64))
