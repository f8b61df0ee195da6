from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime
from kimcms.domain.phrases import NAME_LONGEST, TEXT_LONGEST


class Phrase(Base):
    """Words that the Forum uses again and again when it asks for a change or says no."""

    __tablename__ = "phrase"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(NAME_LONGEST))
    text: Mapped[str] = mapped_column(sa.String(TEXT_LONGEST))
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
