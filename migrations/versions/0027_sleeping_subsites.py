"""When somebody of a KIM last came"""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
KIM = sa.table("kim", sa.column("awake_at", sa.DateTime(timezone=True)))


def upgrade() -> None:
    op.add_column("kim", sa.Column("awake_at", sa.DateTime(timezone=True)))
    # None of those that are there falls asleep by this.
    now = dt.datetime.now(dt.UTC)
    naive = op.get_bind().dialect.name == "sqlite"
    op.execute(sa.update(KIM).values(awake_at=now.replace(tzinfo=None) if naive else now))


def downgrade() -> None:
    op.drop_column("kim", "awake_at")
