"""Publications of the ledger are found by the instant at which they came before readers"""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'

CHUNK = 10_000


def upgrade() -> None:
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.add_column(sa.Column('public_at', sa.DateTime(timezone=True), nullable=True))
    _fill()
    for name, columns, holds in (
        ('ix_ledger_entry_public', ['kim_id', 'public_at'], 'public_at IS NOT NULL'),
        ('ix_ledger_entry_lasting', ['kim_id'], 'public_at IS NULL'),
    ):
        where = sa.text(holds)
        op.create_index(
            name, 'ledger_entry', columns, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    op.drop_index('ix_ledger_entry_lasting', 'ledger_entry')
    op.drop_index('ix_ledger_entry_public', 'ledger_entry')
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.drop_column('public_at')


def _fill() -> None:
    entry = sa.table(
        'ledger_entry',
        sa.column('id', sa.BigInteger),
        sa.column('kind', sa.String),
        sa.column('recorded_at', sa.DateTime(timezone=True)),
        sa.column('public_at', sa.DateTime(timezone=True)),
        sa.column('data', sa.JSON),
    )
    connection, last = op.get_bind(), 0
    sqlite = connection.dialect.name == 'sqlite'
    publications = sa.select(entry.c.id, entry.c.recorded_at, entry.c.data).where(
        entry.c.kind == 'published'
    )
    change = (
        sa.update(entry)
        .where(entry.c.id == sa.bindparam('row'))
        .values(public_at=sa.bindparam('at'))
    )
    while True:
        rows = connection.execute(
            publications.where(entry.c.id > last).order_by(entry.c.id).limit(CHUNK)
        ).all()
        if not rows:
            return
        last = rows[-1].id
        values = [{'row': r.id, 'at': _public(r.recorded_at, r.data, sqlite)} for r in rows]
        connection.execute(change, values)


def _public(recorded_at: dt.datetime, data: Any, sqlite: bool) -> dt.datetime:
    """Never before the system was told, but for what a merged KIM brought along."""
    public_at = dt.datetime.fromisoformat(data['public_at']).astimezone(dt.UTC)
    if recorded_at.tzinfo is None:
        recorded_at = recorded_at.replace(tzinfo=dt.UTC)
    if data.get('moved_from') is None:
        public_at = max(public_at, recorded_at)
    return public_at.replace(tzinfo=None) if sqlite else public_at
