"""What is to be read of one KIM, in the order of the queue"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0026'
down_revision = '0025'

UNREAD = sa.text('unread_since IS NOT NULL')


def upgrade() -> None:
    op.create_index(
        'ix_article_unread_kim',
        'article',
        ['kim_id', 'unread_since', 'id'],
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )


def downgrade() -> None:
    op.drop_index('ix_article_unread_kim', 'article')
