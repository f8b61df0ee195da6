from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime, choice
from kimcms.domain.lists import TERM_LONGEST, Name


class ListChange(Base):
    """What the Forum did to one term of a list of `domain/lists.py`: the terms of the program
    have a row only once they are struck, or put back."""

    __tablename__ = "list_change"
    __table_args__ = (sa.UniqueConstraint("name", "term"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[Name] = mapped_column(choice(Name))
    term: Mapped[str] = mapped_column(sa.String(TERM_LONGEST))
    counts: Mapped[bool]
    changed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))


class LinkedHost(Base):
    """A host to which a live revision of this KIM has led."""

    __tablename__ = "linked_host"

    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), primary_key=True)
    host: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
