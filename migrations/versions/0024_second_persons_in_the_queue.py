"""Second persons in the order of the queue"""

from __future__ import annotations

from alembic import op

revision = '0024'
down_revision = '0023'


def upgrade() -> None:
    op.create_index('ix_vouch_made_at', 'vouch', ['made_at', 'article_id'])


def downgrade() -> None:
    op.drop_index('ix_vouch_made_at', 'vouch')
