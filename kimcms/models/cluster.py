from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from kimcms.db import Base, BigId, UtcDateTime


class PolicyVersion(Base):
    """All numbers of the cluster rule, in force from a Monday on. Old results keep theirs."""

    __tablename__ = "policy_version"

    version: Mapped[int] = mapped_column(primary_key=True)
    numbers: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    in_force_from: Mapped[dt.date]
    made_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))


class LedgerEntry(Base):
    """What the tracker knows, in the order in which it learnt it. Appended, never changed."""

    __tablename__ = "ledger_entry"
    # Publications are many and matter while they are in the window, the rest is little and lasts:
    # an evaluation reads each by an index of its own.
    __table_args__ = (
        sa.Index("ix_ledger_entry_kim", "kim_id", "recorded_at", "id"),
        sa.Index(
            "ix_ledger_entry_public",
            "kim_id",
            "public_at",
            sqlite_where=sa.text("public_at IS NOT NULL"),
            postgresql_where=sa.text("public_at IS NOT NULL"),
        ),
        sa.Index(
            "ix_ledger_entry_lasting",
            "kim_id",
            sqlite_where=sa.text("public_at IS NULL"),
            postgresql_where=sa.text("public_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("kim.id"))  # None: the whole city
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(sa.String(24))
    ref_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    # Of a publication: when it came or comes before readers. None for every other kind.
    public_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    data: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)


class Evaluation(Base):
    """One Monday for the whole city; its row is the claim that makes it happen once."""

    __tablename__ = "evaluation"

    monday: Mapped[dt.date] = mapped_column(primary_key=True)
    policy_version: Mapped[int] = mapped_column(sa.ForeignKey("policy_version.version"))
    finished_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Assessment(Base):
    """The result of one Monday for one KIM. Never rewritten."""

    __tablename__ = "assessment"
    __table_args__ = (sa.UniqueConstraint("kim_id", "monday"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    monday: Mapped[dt.date] = mapped_column(index=True)
    policy_version: Mapped[int] = mapped_column(sa.ForeignKey("policy_version.version"))
    result: Mapped[str] = mapped_column(sa.Text)  # canonical JSON, compared byte by byte
    written_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class Standing(Base):
    """Where a KIM stands now, and the state from which the next step of the rule starts."""

    __tablename__ = "standing"

    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"), primary_key=True)
    standing: Mapped[str] = mapped_column(sa.String(16))  # "1" to "4", "new", "forming"
    since: Mapped[dt.date]
    assessment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assessment.id"))
    state: Mapped[dict[str, Any]] = mapped_column(sa.JSON)

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        return frozenset({"feed"}) if changed & {"standing", "since"} else frozenset()


class ClusterCase(Base):
    """A proposal, objection or override: one kind of record, with who said what.

    The rule itself reads the ledger; this is what people decide on and look up.
    """

    __tablename__ = "cluster_case"
    __table_args__ = (
        sa.Index("ix_cluster_case_kim", "kim_id", "id"),
        sa.Index(
            "ix_cluster_case_open",
            "opened_at",
            "id",
            sqlite_where=sa.text("answer IS NULL"),
            postgresql_where=sa.text("answer IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kim_id: Mapped[int] = mapped_column(sa.ForeignKey("kim.id"))
    kind: Mapped[str] = mapped_column(sa.String(16))
    from_standing: Mapped[str] = mapped_column(sa.String(16))
    to_standing: Mapped[str | None] = mapped_column(sa.String(16))
    opened_on: Mapped[dt.date]
    opened_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    opened_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    words: Mapped[str] = mapped_column(sa.String(2000), default="")
    due_on: Mapped[dt.date | None]
    if_silent: Mapped[str | None] = mapped_column(sa.String(16))
    answer: Mapped[str | None] = mapped_column(sa.String(16), index=True)
    answered_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    answer_words: Mapped[str] = mapped_column(sa.String(2000), default="")


class RestWeek(Base):
    """A week without duty, for the city or one KIM."""

    __tablename__ = "rest_week"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    monday: Mapped[dt.date] = mapped_column(index=True)
    kim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("kim.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.String(140))
    set_by: Mapped[int | None] = mapped_column(sa.ForeignKey("user_account.id"))
    set_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    lifted_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
