from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime, choice
from kimcms.domain.corrections import Kind


class Correction(Base):
    """A dated, public change of a published article. Written once; another one follows where it
    was wrong itself."""

    __tablename__ = "correction"
    __table_args__ = (
        sa.Index("ix_correction_at", "at", "id"),
        sa.Index("ix_correction_kim", "kim_id", "at", "id"),
        sa.Index("ix_correction_article", "article_id", "at", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"))
    # The one that was live from then on.
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"), index=True)
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    mistake: Mapped[str] = mapped_column(sa.String(500))
    correct: Mapped[str] = mapped_column(sa.String(500))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({f"kim:{self.kim_id}", "feed"})
