from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base


class ArticleReads(Base):
    """How often an article was read on a day in WIB. Nothing about who read it.

    Days older than `services.reads.KEPT_DAYS` are summed up under the first day of their month.
    """

    __tablename__ = "article_reads"
    __table_args__ = (sa.Index("ix_article_reads_kim_id", "kim_id", "day"),)

    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True, index=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    count: Mapped[int]
