"""When the link to an article's preview was shared"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("article", sa.Column("previewed_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("article", "previewed_at")
