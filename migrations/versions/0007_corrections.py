"""Corrections of published articles"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KIND = sa.Enum(
    *("ralat", "koreksi", "klarifikasi"),
    name="kind",
    native_enum=False,
    create_constraint=True,
    length=16,
)


def upgrade() -> None:
    op.add_column("article", sa.Column("notes", sa.JSON()))
    op.create_table(
        "correction",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("kim_id", BIG, sa.ForeignKey("kim.id"), nullable=False),
        sa.Column("article_id", BIG, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("revision_id", BIG, sa.ForeignKey("revision.id"), nullable=False),
        sa.Column("kind", KIND, nullable=False),
        sa.Column("mistake", sa.String(500), nullable=False),
        sa.Column("correct", sa.String(500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", BIG, sa.ForeignKey("user_account.id")),
    )
    op.create_index("ix_correction_at", "correction", ["at", "id"])
    op.create_index("ix_correction_kim", "correction", ["kim_id", "at", "id"])
    op.create_index("ix_correction_article", "correction", ["article_id", "at", "id"])


def downgrade() -> None:
    op.drop_table("correction")
    op.drop_column("article", "notes")
