"""Indexes: complaints that wait for the Forum, and what was done by verb and month"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'


def upgrade() -> None:
    waits = sa.text("state IN ('held', 'open', 'disputed')")
    op.create_index(
        'ix_complaint_waiting',
        'complaint',
        ['arrived_at', 'id'],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_index('ix_event_verb', 'event', ['verb', 'at'])


def downgrade() -> None:
    op.drop_index('ix_event_verb', 'event')
    op.drop_index('ix_complaint_waiting', 'complaint')
