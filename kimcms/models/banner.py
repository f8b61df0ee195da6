from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime


class Banner(Base):
    """A notice above every reader page, for an emergency. It ends by itself."""

    __tablename__ = "banner"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    text: Mapped[str] = mapped_column(sa.String(200))
    link: Mapped[str] = mapped_column(sa.String(300), default="")
    level: Mapped[str] = mapped_column(sa.String(8))
    starts_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    set_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    set_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({"look"})

    def page_moments(self, changed: frozenset[str]) -> frozenset[dt.datetime]:
        return frozenset({self.starts_at, self.ends_at})
