from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base


class Byline(Base):
    """Who worked on an article beside its author. Readers see those who show their name."""

    __tablename__ = "byline"
    __table_args__ = (sa.Index("ix_byline_user", "user_id", "article_id"),)

    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    rank: Mapped[int]  # 1 stands right behind the author
