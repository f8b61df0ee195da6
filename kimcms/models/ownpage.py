from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime

_CITY = sa.text("kim_id IS NULL")


class OwnPage(Base):
    """A page of a subsite's own, or (no kim_id) of the portal's: how to reach Diskominfo."""

    __tablename__ = "own_page"
    __table_args__ = (
        sa.UniqueConstraint("kim_id", "slug"),
        sa.Index(
            "uq_own_page_city",
            "slug",
            unique=True,
            sqlite_where=_CITY,
            postgresql_where=_CITY,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("kim.id"))
    slug: Mapped[str] = mapped_column(sa.String(63))
    former: Mapped[list[str]] = mapped_column(sa.JSON, default=list)  # slugs that lead here
    title: Mapped[str] = mapped_column(sa.String(80))
    body: Mapped[str] = mapped_column(sa.Text)  # HTML, filtered when it was saved
    rank: Mapped[int] = mapped_column(default=0)  # its place in the menu, the lowest first
    published: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    before: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON)  # what an undo brings back
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({"look" if self.kim_id is None else f"kim:{self.kim_id}"})
