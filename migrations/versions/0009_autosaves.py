"""Autosaves: when their session began, and when one took the place of another"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'

_NAMED = (
    ('article', 'newest_revision_id'),
    ('article', 'reviewed_revision_id'),
    ('correction', 'revision_id'),
)


def upgrade() -> None:
    for column in ('auto_since', 'folded_at'):
        op.add_column('revision', sa.Column(column, sa.DateTime(timezone=True)))
    folded = sa.text('folded_at IS NOT NULL')
    op.create_index(
        'ix_revision_folded',
        'revision',
        ['folded_at'],
        sqlite_where=folded,
        postgresql_where=folded,
    )
    # Taking a revision away asks whether something still names it.
    for table, column in _NAMED:
        op.create_index(f'ix_{table}_{column}', table, [column])


def downgrade() -> None:
    for table, column in _NAMED:
        op.drop_index(f'ix_{table}_{column}', table)
    op.drop_index('ix_revision_folded', 'revision')
    for column in ('folded_at', 'auto_since'):
        op.drop_column('revision', column)
