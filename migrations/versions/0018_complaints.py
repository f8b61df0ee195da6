"""Complaints of readers, letters to their senders, published replies"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0018'
down_revision = '0017'


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    instant = sa.DateTime(timezone=True)

    def choice(name: str, *values: str) -> sa.Enum:
        return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)

    op.create_table(
        'complaint',
        sa.Column('id', big, nullable=False),
        sa.Column('kim_id', big, nullable=False),
        sa.Column('article_id', big),
        sa.Column('kind', choice('kind', 'reply', 'correction', 'violation', 'privacy'), nullable=False),
        sa.Column(
            'state',
            choice('state', 'held', 'open', 'answered', 'disputed', 'closed', 'spam'),
            nullable=False,
        ),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('correct', sa.Text(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('email', sa.String(length=254), nullable=False),
        sa.Column('phone', sa.String(length=20), nullable=False),
        sa.Column('form_hash', sa.String(length=64), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('held_for', sa.String(length=16), nullable=False),
        sa.Column('arrived_at', instant, nullable=False),
        sa.Column('due_at', instant, nullable=False),
        sa.Column('reminded_at', instant),
        sa.Column('escalated_at', instant),
        sa.Column('answered_at', instant),
        sa.Column('replied_at', instant),
        sa.Column('answered_by', big),
        sa.Column('by_forum', sa.Boolean(), nullable=False),
        sa.Column('outcome', choice('outcome', 'published', 'corrected', 'done', 'refused')),
        sa.Column('answer', sa.Text(), nullable=False),
        sa.Column('correction_id', big),
        sa.Column('message', sa.Text(), nullable=False),
        sa.Column('message_at', instant),
        sa.Column('closed_at', instant),
        sa.Column('closing', sa.Text(), nullable=False),
        sa.Column('erased_at', instant),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_complaint_kim_id_kim'),
        sa.ForeignKeyConstraint(['article_id'], ['article.id'], name='fk_complaint_article_id_article'),
        sa.ForeignKeyConstraint(
            ['answered_by'], ['user_account.id'], name='fk_complaint_answered_by_user_account'
        ),
        sa.ForeignKeyConstraint(
            ['correction_id'], ['correction.id'], name='fk_complaint_correction_id_correction'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_complaint'),
        sa.UniqueConstraint('form_hash', name='uq_complaint_form_hash'),
        sa.UniqueConstraint('token_hash', name='uq_complaint_token_hash'),
    )
    waits = sa.text("state = 'open'")
    op.create_index('ix_complaint_article_id', 'complaint', ['article_id'])
    op.create_index('ix_complaint_kim', 'complaint', ['kim_id', 'due_at', 'id'])
    op.create_index('ix_complaint_arrived', 'complaint', ['arrived_at', 'id'])
    op.create_index('ix_complaint_closed', 'complaint', ['closed_at'])
    op.create_index('ix_complaint_state', 'complaint', ['state', 'due_at', 'id'])
    op.create_index(
        'ix_complaint_clock',
        'complaint',
        ['due_at', 'id'],
        sqlite_where=waits,
        postgresql_where=waits,
    )
    op.create_table(
        'reply',
        sa.Column('id', big, nullable=False),
        sa.Column('kim_id', big, nullable=False),
        sa.Column('article_id', big, nullable=False),
        sa.Column('complaint_id', big, nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(length=80), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('at', instant, nullable=False),
        sa.Column('made_by', big),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_reply_kim_id_kim'),
        sa.ForeignKeyConstraint(['article_id'], ['article.id'], name='fk_reply_article_id_article'),
        sa.ForeignKeyConstraint(
            ['complaint_id'], ['complaint.id'], name='fk_reply_complaint_id_complaint'
        ),
        sa.ForeignKeyConstraint(['made_by'], ['user_account.id'], name='fk_reply_made_by_user_account'),
        sa.PrimaryKeyConstraint('id', name='pk_reply'),
        sa.UniqueConstraint('article_id', 'number', name='uq_reply_article_id_number'),
    )
    op.create_index('ix_reply_complaint_id', 'reply', ['complaint_id'])
    op.create_table(
        'complaint_letter',
        sa.Column('id', big, nullable=False),
        sa.Column('complaint_id', big, nullable=False),
        sa.Column('kind', sa.String(length=16), nullable=False),
        sa.Column('at', instant, nullable=False),
        sa.Column('mailed_at', instant),
        sa.Column('mail_after', instant),
        sa.ForeignKeyConstraint(
            ['complaint_id'], ['complaint.id'], name='fk_complaint_letter_complaint_id_complaint'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_complaint_letter'),
        sa.UniqueConstraint('complaint_id', 'kind', 'at', name='uq_complaint_letter_complaint_id_kind_at'),
    )
    untold = sa.text('mailed_at IS NULL')
    op.create_index(
        'ix_complaint_letter_unmailed',
        'complaint_letter',
        ['id'],
        sqlite_where=untold,
        postgresql_where=untold,
    )
    op.add_column('article', sa.Column('replies', sa.JSON()))


def downgrade() -> None:
    op.drop_column('article', 'replies')
    op.drop_table('complaint_letter')
    op.drop_table('reply')
    op.drop_table('complaint')
