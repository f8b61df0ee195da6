from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime, choice
from kimcms.domain.accounts import LinkKind
from kimcms.domain.roles import Role

_OPEN = sa.text("until IS NULL")
_OPEN_CITY = sa.text("until IS NULL AND kim_id IS NULL")


class User(Base):
    """A person who signs in, named by e-mail address or phone number."""

    __tablename__ = "user_account"  # `user` is a reserved word in PostgreSQL
    __table_args__ = (sa.Index("uq_user_account_byline_slug", "byline_slug", unique=True),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    email: Mapped[str | None] = mapped_column(sa.String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(sa.String(20), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(255))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    is_sample: Mapped[bool] = mapped_column(default=False)
    # The address of the own page as pewarta. None: readers are told the KIM and no name.
    byline_slug: Mapped[str | None] = mapped_column(sa.String(63))
    # Topics of notices of which no letter goes, and whether the others go once a day.
    mail_off: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    mail_daily: Mapped[bool] = mapped_column(default=False)

    @property
    def sign_in_name(self) -> str:
        return self.email or self.phone or ""


class Membership(Base):
    """One role of one person in a KIM, or in the city (no kim_id), for a span of time."""

    __tablename__ = "membership"
    __table_args__ = (
        sa.Index(
            "uq_membership_open",
            "user_id",
            "kim_id",
            "role",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        sa.Index(
            "uq_membership_open_city",
            "user_id",
            "role",
            unique=True,
            sqlite_where=_OPEN_CITY,
            postgresql_where=_OPEN_CITY,
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    kim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("kim.id"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    since: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    until: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        """Who edits stands in the redaksi box of the subsite."""
        return frozenset({f"kim:{self.kim_id}"} if self.kim_id is not None else ())

    def page_moments(self, changed: frozenset[str]) -> frozenset[dt.datetime]:
        return frozenset({self.until} if self.until else ())


class SignIn(Base):
    """One signed-in device. The cookie holds the token, the row its hash."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    started_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    agent: Mapped[str] = mapped_column(sa.String(200), default="")


class OneTimeLink(Base):
    """An invitation or a password reset. The address is signed over the row, nothing secret lies
    here."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[LinkKind] = mapped_column(choice(LinkKind))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class Attempt(Base):
    """A failed sign-in or a reset request, counted by account name and by address."""

    __tablename__ = "attempt"
    __table_args__ = (sa.Index("ix_attempt_key_at", "key", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(80))
    at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
