from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, UtcDateTime
from kimcms.domain.review import APPEAL_LONGEST

_OPEN = sa.text("answered_at IS NULL")


class Appeal(Base):
    """The one appeal that an item may have: why the KIM asks for another look, and who may not
    take it. Open while `answered_at` is empty; its item is pending meanwhile."""

    __tablename__ = "appeal"
    __table_args__ = (
        sa.Index(
            "ix_appeal_open",
            "made_at",
            "article_id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    words: Mapped[str] = mapped_column(sa.String(APPEAL_LONGEST))
    # Who declined or removed it: somebody else answers.
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
