from __future__ import annotations

import datetime as dt
import hashlib
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime
from kimcms.domain.html import Photo
from kimcms.storage import pdfs


class Kind(StrEnum):
    PHOTO = "photo"
    PDF = "pdf"


# Without a constraint: SQLite can add none to a table that others refer to.
_KIND = sa.Enum(
    Kind, native_enum=False, length=16, values_callable=lambda kinds: [kind.value for kind in kinds]
)


class Media(Base):
    """A photo of one KIM, re-encoded in several widths, or a PDF for download. Never shared
    between KIMs."""

    __tablename__ = "media"
    __table_args__ = (sa.Index("ix_media_library", "kim_id", "kind", "created_at", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    uploader_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    kind: Mapped[Kind] = mapped_column(_KIND, default=Kind.PHOTO)
    # How often an area was blurred, which gave it other bytes under the same addresses.
    version: Mapped[int] = mapped_column(default=0)
    # What it is called in the library, and proposed where it is used; a PDF's title.
    caption: Mapped[str] = mapped_column(sa.String(300), default="")
    alt: Mapped[str] = mapped_column(sa.String(300), default="")
    credit: Mapped[str] = mapped_column(sa.String(80), default="")
    faces: Mapped[bool | None]  # whether a child can be recognised; None while nobody has said
    # Of a photo, upright; a PDF has none.
    width: Mapped[int]
    height: Mapped[int]
    widths: Mapped[list[int]] = mapped_column(sa.JSON)
    size: Mapped[int]  # bytes, all files together
    # When it was deleted: its row stays, so that its id never names another photo.
    gone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    @property
    def names(self) -> frozenset[str]:
        """The files that there are."""
        if self.gone_at:
            return frozenset()
        if self.kind is Kind.PDF:
            return frozenset({pdfs.NAME})
        return frozenset(f"{width}.{kind}" for width in self.widths for kind in ("webp", "jpg"))

    @property
    def folder(self) -> str:
        """Where its files lie in the store, and the cards that it is drawn on."""
        return f"{self.kim_id}/{self.id}"

    def key(self, name: str) -> str:
        """Where a file of this photo lies in the store."""
        return f"{self.folder}/{name}"

    @property
    def photo(self) -> Photo:
        """As pages show it."""
        return Photo(self.id, self.width, self.height, tuple(self.widths), self.version)

    @property
    def src(self) -> str:
        """The address of the whole of it, on the host where it may be seen."""
        if self.kind is Kind.PDF:
            return f"/media/{self.id}/{pdfs.NAME}"
        return f"/media/{self.id}/{self.widths[len(self.widths) // 2]}.webp"

    @property
    def largest(self) -> str:
        """The largest file of a photo, from which all others can be made again."""
        return f"{max(self.widths)}.jpg"

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        # Pages name the weight of a photo and the picture that is shared, which has it on it.
        seen = "version" in changed and self.version
        return frozenset({f"kim:{self.kim_id}", "feed"}) if seen else frozenset()


class Upload(Base):
    """A file on its way: what was announced. How much has come is the length of its pieces."""

    __tablename__ = "upload"
    __table_args__ = (sa.UniqueConstraint("user_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"))
    key: Mapped[str] = mapped_column(sa.String(64))  # chosen by the sender, one a file
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(sa.String(64), default="")  # SHA-256 in hexadecimal, or ""
    name: Mapped[str] = mapped_column(sa.String(140), default="")
    faces: Mapped[bool | None]
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime, index=True)
    media_id: Mapped[int | None] = mapped_column(sa.ForeignKey("media.id"))  # once it is all here

    @property
    def pieces(self) -> str:
        """Where its pieces lie in the store of uploads: a place that no other file ever had, not
        even one with the same id."""
        facts = f"{self.user_id} {self.key} {self.size} {self.digest} {self.created_at.timestamp()}"
        return f"{self.kim_id}/{hashlib.sha256(facts.encode()).hexdigest()[:32]}"


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
