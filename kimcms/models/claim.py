from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime


class Claim(Base):
    """Who has a waiting thing open to decide about it. Lapses by the query itself; what is left
    of it says what that person has read."""

    __tablename__ = "claim"

    kind: Mapped[str] = mapped_column(sa.String(24), primary_key=True)  # the object's table
    object_id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    # Of an article: the revision that was read.
    version: Mapped[int | None] = mapped_column(sa.BigInteger)
