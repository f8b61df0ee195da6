"""Who has an item open; an editor's notes beside its paragraphs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    instant = sa.DateTime(timezone=True)
    op.create_table(
        'presence',
        sa.Column('article_id', big, nullable=False),
        sa.Column('user_id', big, nullable=False),
        sa.Column('kim_id', big, nullable=False),
        sa.Column('since', instant, nullable=False),
        sa.Column('seen_at', instant, nullable=False),
        sa.ForeignKeyConstraint(['article_id'], ['article.id'], name='fk_presence_article_id_article'),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user_account.id'], name='fk_presence_user_id_user_account'
        ),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_presence_kim_id_kim'),
        sa.PrimaryKeyConstraint('article_id', 'user_id', name='pk_presence'),
    )
    op.create_index('ix_presence_seen_at', 'presence', ['seen_at'])
    op.create_table(
        'note',
        sa.Column('id', big, nullable=False),
        sa.Column('kim_id', big, nullable=False),
        sa.Column('article_id', big, nullable=False),
        sa.Column('anchor', sa.Text(), nullable=False),
        sa.Column('text', sa.String(length=1000), nullable=False),
        sa.Column('made_by', big, nullable=False),
        sa.Column('made_at', instant, nullable=False),
        sa.Column('fixed_at', instant),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_note_kim_id_kim'),
        sa.ForeignKeyConstraint(['article_id'], ['article.id'], name='fk_note_article_id_article'),
        sa.ForeignKeyConstraint(
            ['made_by'], ['user_account.id'], name='fk_note_made_by_user_account'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_note'),
    )
    op.create_index('ix_note_article_id', 'note', ['article_id'])


def downgrade() -> None:
    op.drop_table('note')
    op.drop_table('presence')
