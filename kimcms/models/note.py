from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime


class Note(Base):
    """An editor's words beside one paragraph of an item, for its author. Never public."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id"), index=True)
    # What the paragraph said: by this it is found again in another revision.
    anchor: Mapped[str] = mapped_column(sa.Text)
    text: Mapped[str] = mapped_column(sa.String(1000))
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    fixed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
