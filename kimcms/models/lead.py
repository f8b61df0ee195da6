from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime


class Lead(Base):
    """An item of the city feed that a moderator put at the head of the portal for a day."""

    __tablename__ = "lead"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), index=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), index=True)
    chosen_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # Brought forward where it is undone.
    until: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({"feed"})

    def page_moments(self, changed: frozenset[str]) -> frozenset[dt.datetime]:
        return frozenset({self.until})
