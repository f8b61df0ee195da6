"""Who worked on an article beside its author"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "byline",
        sa.Column("article_id", BIG, sa.ForeignKey("article.id"), primary_key=True),
        sa.Column("user_id", BIG, sa.ForeignKey("user_account.id"), primary_key=True),
        sa.Column("rank", sa.Integer(), nullable=False),
    )
    op.create_index("ix_byline_user", "byline", ["user_id", "article_id"])


def downgrade() -> None:
    op.drop_table("byline")
