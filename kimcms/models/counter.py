from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, UtcDateTime

# On PostgreSQL every change of a counter is told here as "<tag> <value>".
CHANNEL = "kimcms_pages"


class PageCounter(Base):
    """How often what a group of pages shows has changed: `kim:<id>`, `feed`, `look`."""

    __tablename__ = "page_counter"

    tag: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    value: Mapped[int] = mapped_column(sa.BigInteger, default=1)


class PageMoment(Base):
    """An instant at which time alone changes the pages of a tag: a scheduled item, a hide's end."""

    __tablename__ = "page_moment"

    tag: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime, primary_key=True)
