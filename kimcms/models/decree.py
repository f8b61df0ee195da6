from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime


class Decree(Base):
    """The lurah's decree (SK) that names the board. Its state is derived from dates."""

    __tablename__ = "decree"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), index=True)
    number: Mapped[str] = mapped_column(sa.String(80))
    dated_on: Mapped[dt.date]
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    end_assumed: Mapped[bool] = mapped_column(default=False)
    signer: Mapped[str] = mapped_column(sa.String(120), default="")
    entered_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    verified_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    verified_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    scan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("private_file.id"))
    renewal_requested_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    renewal_refused_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    renewal_answer: Mapped[str] = mapped_column(sa.String(500), default="")

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({"feed"})
