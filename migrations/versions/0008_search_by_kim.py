"""Search: the entries of one KIM in their order; titles by word on PostgreSQL"""

from __future__ import annotations

from alembic import op

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_index('ix_search_entry_kim_id_place', 'search_entry', ['kim_id', 'place'])
    op.drop_index('ix_search_entry_kim_id', 'search_entry')
    if op.get_bind().dialect.name == 'postgresql':
        op.create_index('ix_search_entry_title', 'search_entry', ['title'], postgresql_using='gin')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.drop_index('ix_search_entry_title', 'search_entry')
    op.create_index('ix_search_entry_kim_id', 'search_entry', ['kim_id'])
    op.drop_index('ix_search_entry_kim_id_place', 'search_entry')
