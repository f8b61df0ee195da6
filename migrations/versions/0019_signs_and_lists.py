"""The Forum's lists, hosts to which a KIM has led, when an item was held against the lists, and who
vouched for a text with gambling words"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'

PUBLIC = sa.text("exposure = 'public'")
NAMES = ('gambling', 'spam', 'hosts', 'known', 'accusations', 'crimes', 'children')


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
    instant = sa.DateTime(timezone=True)
    op.add_column('article', sa.Column('checked_at', instant))
    op.create_index(
        'ix_article_checked',
        'article',
        ['checked_at', 'id'],
        sqlite_where=PUBLIC,
        postgresql_where=PUBLIC,
    )
    op.create_table(
        'list_change',
        sa.Column('id', big, nullable=False),
        sa.Column(
            'name',
            sa.Enum(*NAMES, name='name', native_enum=False, create_constraint=True, length=16),
            nullable=False,
        ),
        sa.Column('term', sa.String(length=80), nullable=False),
        sa.Column('counts', sa.Boolean(), nullable=False),
        sa.Column('changed_at', instant, nullable=False),
        sa.Column('changed_by', big),
        sa.ForeignKeyConstraint(
            ['changed_by'], ['user_account.id'], name='fk_list_change_changed_by_user_account'
        ),
        sa.PrimaryKeyConstraint('id', name='pk_list_change'),
        sa.UniqueConstraint('name', 'term', name='uq_list_change_name_term'),
    )
    op.create_table(
        'linked_host',
        sa.Column('kim_id', big, nullable=False),
        sa.Column('host', sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_linked_host_kim_id_kim'),
        sa.PrimaryKeyConstraint('kim_id', 'host', name='pk_linked_host'),
    )
    op.create_table(
        'vouch',
        sa.Column('article_id', big, nullable=False),
        sa.Column('kim_id', big, nullable=False),
        sa.Column('revision_id', sa.BigInteger(), nullable=False),
        sa.Column('made_by', big, nullable=False),
        sa.Column('made_at', instant, nullable=False),
        sa.ForeignKeyConstraint(['article_id'], ['article.id'], name='fk_vouch_article_id_article'),
        sa.ForeignKeyConstraint(['kim_id'], ['kim.id'], name='fk_vouch_kim_id_kim'),
        sa.ForeignKeyConstraint(
            ['made_by'], ['user_account.id'], name='fk_vouch_made_by_user_account'
        ),
        sa.PrimaryKeyConstraint('article_id', name='pk_vouch'),
    )


def downgrade() -> None:
    op.drop_table('vouch')
    op.drop_table('linked_host')
    op.drop_table('list_change')
    op.drop_index('ix_article_checked', 'article')
    op.drop_column('article', 'checked_at')
