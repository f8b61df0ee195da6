"""Photos: words, faces and blurring; uploads in pieces; PDFs for download"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def columns() -> list[sa.Column[object]]:
    return [
        sa.Column("kind", sa.String(16), nullable=False, server_default="photo"),
        sa.Column("version", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("caption", sa.String(300), nullable=False, server_default=""),
        sa.Column("alt", sa.String(300), nullable=False, server_default=""),
        sa.Column("credit", sa.String(80), nullable=False, server_default=""),
        sa.Column("faces", sa.Boolean()),
        sa.Column("gone_at", sa.DateTime(timezone=True)),
    ]


def upgrade() -> None:
    for column in columns():
        op.add_column("media", column)
    op.create_index("ix_media_library", "media", ["kim_id", "kind", "created_at", "id"])
    op.drop_index("ix_media_kim_id", "media")
    op.add_column("revision", sa.Column("attachments", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "upload",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("kim_id", BIG, sa.ForeignKey("kim.id"), nullable=False),
        sa.Column("user_id", BIG, sa.ForeignKey("user_account.id"), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(140), nullable=False),
        sa.Column("faces", sa.Boolean()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("media_id", BIG, sa.ForeignKey("media.id")),
        sa.UniqueConstraint("user_id", "key", name="uq_upload_user_id_key"),
    )
    op.create_index("ix_upload_created_at", "upload", ["created_at"])


def downgrade() -> None:
    op.drop_table("upload")
    op.drop_column("revision", "attachments")
    op.create_index("ix_media_kim_id", "media", ["kim_id"])
    op.drop_index("ix_media_library", "media")
    for column in reversed(columns()):
        op.drop_column("media", column.name)
