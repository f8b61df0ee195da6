"""Assistance: what KIMs find difficult, and how the Forum helps"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'


def choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    instant = sa.DateTime(timezone=True)
    about = choice(
        'difficulty', 'news', 'board', 'activity', 'technical', 'kelurahan', 'other'
    )
    phase = choice('phase', 'open', 'planned', 'asked', 'closed')
    deed = choice(
        'deed',
        *('write', 'answer', 'plan', 'found', 'note', 'hand', 'ask', 'helped', 'not_yet', 'silent'),
    )
    op.create_table(
        'assistance',
        sa.Column('id', big, nullable=False),
        sa.Column('kim_id', big, nullable=False),
        sa.Column('about', about, nullable=False),
        sa.Column('words', sa.String(length=2000), nullable=False),
        sa.Column('reason', sa.String(length=16), nullable=False),
        sa.Column('phase', phase, nullable=False),
        sa.Column('opened_at', instant, nullable=False),
        sa.Column('opened_by', big),
        sa.Column('owner_id', big),
        sa.Column('next_on', sa.Date()),
        sa.Column('reminded_on', sa.Date()),
        sa.Column('visit_on', sa.Date()),
        sa.Column('waits_since', instant),
        sa.Column('asked_at', instant),
        sa.Column('closed_at', instant),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_assistance_kim_id_kim'),
        sa.ForeignKeyConstraint(
            ['opened_by'], ['user_account.id'], name='fk_assistance_opened_by_user_account'
        ),
        sa.ForeignKeyConstraint(
            ['owner_id'], ['user_account.id'], name='fk_assistance_owner_id_user_account'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_assistance'),
    )
    op.create_index('ix_assistance_kim', 'assistance', ['kim_id', 'opened_at', 'id'])
    op.create_index('ix_assistance_phase', 'assistance', ['phase', 'next_on'])
    op.create_index('ix_assistance_owner_id', 'assistance', ['owner_id'])
    op.create_index('ix_assistance_closed_at', 'assistance', ['closed_at'])
    op.create_index(
        'ix_assistance_waiting',
        'assistance',
        ['waits_since', 'id'],
        sqlite_where=sa.text('waits_since IS NOT NULL'),
        postgresql_where=sa.text('waits_since IS NOT NULL'),
    )
    op.create_table(
        'assistance_entry',
        sa.Column('id', big, nullable=False),
        sa.Column('kim_id', big, nullable=False),
        sa.Column('assistance_id', big, nullable=False),
        sa.Column('deed', deed, nullable=False),
        sa.Column('words', sa.String(length=2000), nullable=False),
        sa.Column('day', sa.Date()),
        sa.Column('place', sa.String(length=140), nullable=False),
        sa.Column('who', sa.String(length=140), nullable=False),
        sa.Column('made_at', instant, nullable=False),
        sa.Column('made_by', big),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_assistance_entry_kim_id_kim'),
        sa.ForeignKeyConstraint(
            ['assistance_id'], ['assistance.id'], name='fk_assistance_entry_assistance_id_assistance'
        ),
        sa.ForeignKeyConstraint(
            ['made_by'], ['user_account.id'], name='fk_assistance_entry_made_by_user_account'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_assistance_entry'),
    )
    op.create_index(
        'ix_assistance_entry_case', 'assistance_entry', ['assistance_id', 'made_at', 'id']
    )


def downgrade() -> None:
    op.drop_table('assistance_entry')
    op.drop_table('assistance')
