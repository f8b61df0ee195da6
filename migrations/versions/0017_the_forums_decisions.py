"""Reasons from a list, items to be read after they came in, appeals, trust per KIM, signs of risk"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'

REASONS = (
    'source', 'facts', 'balance', 'child', 'privacy', 'copied', 'duplicate', 'promotion',
    'gambling', 'outside', 'writing', 'other',
)
UNREAD = sa.text('unread_since IS NOT NULL')


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    instant = sa.DateTime(timezone=True)
    reasons = sa.Enum(*REASONS, name='reason', native_enum=False, create_constraint=False, length=16)
    op.add_column('article', sa.Column('review_why', reasons))
    op.add_column('article', sa.Column('unread_since', instant))
    op.add_column('article', sa.Column('signals', sa.JSON()))
    op.create_index(
        'ix_article_unread',
        'article',
        ['unread_since', 'id'],
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )
    op.add_column(
        'kim', sa.Column('review_after', sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        'kim', sa.Column('accepted_first', sa.Integer(), nullable=False, server_default='0')
    )
    op.create_table(
        'appeal',
        sa.Column('article_id', big, nullable=False),
        sa.Column('kim_id', big, nullable=False),
        sa.Column('made_by', big, nullable=False),
        sa.Column('made_at', instant, nullable=False),
        sa.Column('words', sa.String(length=1000), nullable=False),
        sa.Column('decided_by', big),
        sa.Column('answered_at', instant),
        sa.ForeignKeyConstraint(
            ['article_id'], ['article.id'], name='fk_appeal_article_id_article'
        ),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_appeal_kim_id_kim'),
        sa.ForeignKeyConstraint(
            ['made_by'], ['user_account.id'], name='fk_appeal_made_by_user_account'
        ),
        sa.ForeignKeyConstraint(
            ['decided_by'], ['user_account.id'], name='fk_appeal_decided_by_user_account'
        ),
        sa.PrimaryKeyConstraint('article_id', name='pk_appeal'),
    )


def downgrade() -> None:
    op.drop_table('appeal')
    op.drop_column('kim', 'accepted_first')
    op.drop_column('kim', 'review_after')
    op.drop_index('ix_article_unread', 'article')
    for column in ('signals', 'unread_since', 'review_why'):
        op.drop_column('article', column)
