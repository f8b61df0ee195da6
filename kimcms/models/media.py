from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime


class Media(Base):
    """A photo of one KIM, re-encoded in several widths. Never shared between KIMs."""

    __tablename__ = "media"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), index=True)
    uploader_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    width: Mapped[int]
    height: Mapped[int]
    widths: Mapped[list[int]] = mapped_column(sa.JSON)
    size: Mapped[int]  # bytes, all files together

    @property
    def names(self) -> frozenset[str]:
        """The files that there are."""
        return frozenset(f"{width}.{kind}" for width in self.widths for kind in ("webp", "jpg"))

    def key(self, name: str) -> str:
        """Where a file of this photo lies in the store."""
        return f"{self.kim_id}/{self.id}/{name}"


class PrivateFile(Base):
    """A scan, minutes or proof: for its KIM, the Forum and Diskominfo only, never for readers."""

    __tablename__ = "private_file"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(140))
    kind: Mapped[str] = mapped_column(sa.String(40))  # application/pdf or image/jpeg
    size: Mapped[int]
    uploaded_by: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    @property
    def key(self) -> str:
        """Where it lies in the private store."""
        return f"{self.kim_id}/{self.id}"
