"""Letters by choice: topics that are off, once a day; tries of the mailer"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    op.add_column(
        "user_account", sa.Column("mail_off", sa.JSON(), nullable=False, server_default="[]")
    )
    op.add_column(
        "user_account",
        sa.Column("mail_daily", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("notice", sa.Column("mail_after", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_notice_unread",
        "notice",
        ["user_id", "id"],
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )


def downgrade() -> None:
    op.drop_index("ix_notice_unread", "notice")
    op.drop_column("notice", "mail_after")
    op.drop_column("user_account", "mail_daily")
    op.drop_column("user_account", "mail_off")
