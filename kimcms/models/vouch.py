from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, UtcDateTime


class Vouch(Base):
    """Who stands for a text that speaks of gambling, so that somebody else may publish it. The
    revision is no foreign key: it only counts while it is the newest."""

    __tablename__ = "vouch"
    __table_args__ = (sa.Index("ix_vouch_made_at", "made_at", "article_id"),)

    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    revision_id: Mapped[int] = mapped_column(sa.BigInteger)
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
