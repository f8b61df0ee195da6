from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kimcms.db import Base, BigId


class Kecamatan(Base):
    __tablename__ = "kecamatan"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(13), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    slug: Mapped[str] = mapped_column(sa.String(63), unique=True)

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({"look"})


class Kelurahan(Base):
    """An urban village with its official code. Whether it has a KIM is derived, never stored."""

    __tablename__ = "kelurahan"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kecamatan_id: Mapped[int] = mapped_column(sa.ForeignKey("kecamatan.id"), index=True)
    code: Mapped[str] = mapped_column(sa.String(13), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    other_spelling: Mapped[str] = mapped_column(sa.String(80), default="")
    slug: Mapped[str] = mapped_column(sa.String(63), unique=True)

    kecamatan: Mapped[Kecamatan] = relationship()

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({"look"})
