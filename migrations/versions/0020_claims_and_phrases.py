"""Who has a waiting thing open, the Forum's ready words, and indexes in the order of the queue"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'

PENDING = sa.text("feed_state = 'pending'")
WAITING = sa.text("verified_at IS NULL AND returned_at IS NULL AND kind <> 'invitation'")
REVIEWED = sa.text('reviewed_at IS NOT NULL')
UNANSWERED = sa.text('answered_at IS NULL')
OPEN = sa.text('answer IS NULL')
INDEXES = (
    ('article', 'pending_kim', ['kim_id', 'offered_at', 'id'], PENDING),
    ('article', 'reviewed', ['kim_id', 'reviewed_at', 'feed_state'], REVIEWED),
    ('appeal', 'open', ['made_at', 'article_id'], UNANSWERED),
    ('evidence', 'waiting', ['submitted_at', 'id'], WAITING),
    ('cluster_case', 'open', ['opened_at', 'id'], OPEN),
)
# Midnight in WIB of the day on which a case was opened.
INSTANT = {
    'sqlite': "strftime('%Y-%m-%d %H:%M:%S.000000', opened_on, '-7 hours')",
    'postgresql': "opened_on::timestamp AT TIME ZONE 'Asia/Jakarta'",
}


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    instant = sa.DateTime(timezone=True)
    op.create_table(
        'claim',
        sa.Column('kind', sa.String(length=24), nullable=False),
        sa.Column('object_id', big, nullable=False),
        sa.Column('kim_id', big, nullable=False),
        sa.Column('user_id', big, nullable=False),
        sa.Column('since', instant, nullable=False),
        sa.Column('seen_at', instant, nullable=False),
        sa.Column('version', sa.BigInteger()),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_claim_kim_id_kim'),
        sa.ForeignKeyConstraint(
            ['user_id'], ['user_account.id'], name='fk_claim_user_id_user_account'
        ),
        sa.PrimaryKeyConstraint('kind', 'object_id', name='pk_claim'),
    )
    for column in ('user_id', 'seen_at'):
        op.create_index(f'ix_claim_{column}', 'claim', [column])
    op.create_table(
        'phrase',
        sa.Column('id', big, nullable=False),
        sa.Column('name', sa.String(length=60), nullable=False),
        sa.Column('text', sa.String(length=400), nullable=False),
        sa.Column('made_by', big),
        sa.Column('made_at', instant, nullable=False),
        sa.ForeignKeyConstraint(
            ['made_by'], ['user_account.id'], name='fk_phrase_made_by_user_account'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_phrase'),
    )
    op.add_column('cluster_case', sa.Column('opened_at', instant))
    opened = INSTANT[op.get_bind().dialect.name]
    op.execute(f'UPDATE cluster_case SET opened_at = {opened}')  # noqa: S608 - ours
    with op.batch_alter_table('cluster_case') as batch_op:
        batch_op.alter_column('opened_at', existing_type=instant, nullable=False)
    for table, name, columns, where in INDEXES:
        op.create_index(
            f'ix_{table}_{name}', table, columns, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    for table, name, _columns, _where in INDEXES:
        op.drop_index(f'ix_{table}_{name}', table)
    op.drop_column('cluster_case', 'opened_at')
    op.drop_table('phrase')
    op.drop_table('claim')
