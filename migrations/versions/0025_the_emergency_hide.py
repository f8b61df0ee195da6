"""Who hid an item, since when and why"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("article", sa.Column("hidden_at", sa.DateTime(timezone=True)))
    # In plain words, which both databases have: SQLite would else copy a table that others name.
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    name = "fk_article_hidden_by_user_account"
    op.execute(
        f"ALTER TABLE article ADD COLUMN hidden_by {number} "
        f"CONSTRAINT {name} REFERENCES user_account (id)"
    )
    op.add_column(
        "article", sa.Column("hidden_note", sa.String(500), nullable=False, server_default="")
    )
    held = sa.text("hidden_until IS NOT NULL")
    op.create_index(
        "ix_article_hidden",
        "article",
        ["hidden_until", "id"],
        sqlite_where=held,
        postgresql_where=held,
    )


def downgrade() -> None:
    op.drop_index("ix_article_hidden", "article")
    op.drop_column("article", "hidden_note")
    op.drop_column("article", "hidden_by")
    op.drop_column("article", "hidden_at")
