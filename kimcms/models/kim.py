from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kimcms.db import Base, BigId, UtcDateTime
from kimcms.models.kelurahan import Kelurahan


class Kim(Base):
    """A group and its subsite: one tenant."""

    __tablename__ = "kim"
    __table_args__ = (
        sa.Index(
            "uq_kim_open_kelurahan",
            "kelurahan_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kelurahan_id: Mapped[int] = mapped_column(sa.ForeignKey("kelurahan.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    slug: Mapped[str] = mapped_column(sa.String(63), unique=True)
    tagline: Mapped[str] = mapped_column(sa.String(140), default="")
    about: Mapped[str] = mapped_column(sa.Text, default="")  # HTML, filtered when it was saved
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    phone: Mapped[str] = mapped_column(sa.String(20), default="")
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    links: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)
    # The redaksi box; empty: made from the board and from those who let their name be shown.
    responsible: Mapped[str] = mapped_column(sa.String(80), default="")
    editors: Mapped[str] = mapped_column(sa.String(300), default="")
    founded_on: Mapped[dt.date | None]
    accent: Mapped[str] = mapped_column(sa.String(16), default="bata")
    logo_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("media.id", name="fk_kim_logo_id_media", use_alter=True)
    )
    opened_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    suspended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("kim.id"))
    alias_domain: Mapped[str | None] = mapped_column(sa.String(253), unique=True)
    alias_verified_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    # When somebody of it last came while it was awake; None: nobody since its opening.
    awake_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    is_sample: Mapped[bool] = mapped_column(default=False)
    # The Forum reads its items after they stand in the city feed, not before. See `domain.trust`.
    review_after: Mapped[bool] = mapped_column(default=False)
    accepted_first: Mapped[int] = mapped_column(default=0)

    kelurahan: Mapped[Kelurahan] = relationship()

    @property
    def is_open(self) -> bool:
        """Readers may see its subsite."""
        return self.opened_at is not None and not self.suspended_at and not self.closed_at

    @property
    def canonical_alias(self) -> str | None:
        """The verified domain under which the subsite lives, if it has one."""
        return self.alias_domain if self.alias_verified_at else None

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        if changed and changed <= {
            "review_after",
            "accepted_first",
            "awake_at",
        }:  # on no page of readers
            return frozenset()
        return frozenset({f"kim:{self.id}", "feed"})


class KimSlug(Base):
    """A name once used: reserved for ever, answered by a redirect after a rename or merge."""

    __tablename__ = "kim_slug"

    slug: Mapped[str] = mapped_column(sa.String(63), primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), index=True)

    kim: Mapped[Kim] = relationship()


class BoardMember(Base):
    """One seat of the board (pengurus) for one term."""

    __tablename__ = "board_member"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), index=True)
    decree_id: Mapped[int | None] = mapped_column(sa.ForeignKey("decree.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[str] = mapped_column(sa.String(40))
    rank: Mapped[int] = mapped_column(default=0)
    since: Mapped[dt.date]
    until: Mapped[dt.date | None]

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({f"kim:{self.kim_id}"})
