"""The history as chains, one for each KIM and one for the city"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from kimcms.domain.chain import START, link

revision = "0016"
down_revision = "0015"

BATCH = 2000
SQLITE = (
    "id, CAST(at AS BLOB), actor_id, CAST(verb AS BLOB), kim_id, CAST(object_type AS BLOB), "
    "object_id, CAST(reason AS BLOB), CAST(before AS BLOB), CAST(after AS BLOB)"
)
POSTGRESQL = (
    "id, to_char(timezone('UTC', at), 'YYYY-MM-DD HH24:MI:SS.US'), actor_id, verb, kim_id, "
    "object_type, object_id, reason, before::text, after::text"
)


def upgrade() -> None:
    op.add_column("event", sa.Column("place", sa.BigInteger()))
    op.add_column("event", sa.Column("hash", sa.String(64)))
    op.create_table(
        "chain_head",
        sa.Column("chain", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    chained(op.get_bind())
    city = sa.text("kim_id IS NULL")
    op.create_index("uq_event_place", "event", ["kim_id", "place"], unique=True)
    op.create_index(
        "uq_event_city_place",
        "event",
        ["place"],
        unique=True,
        sqlite_where=city,
        postgresql_where=city,
    )
    op.create_index("ix_event_actor", "event", ["actor_id", "id"])
    op.create_index("ix_event_at", "event", ["at", "id"])


def chained(connection: sa.Connection) -> None:
    """What there is becomes chains, in the order in which it was written."""
    columns = POSTGRESQL if connection.dialect.name == "postgresql" else SQLITE
    some = sa.text(f"SELECT {columns} FROM event WHERE id > :last ORDER BY id LIMIT {BATCH}")
    ends: dict[int, tuple[int, str]] = {}
    last = 0
    while rows := connection.execute(some, {"last": last}).all():
        written = []
        for row in rows:
            values = [v.decode() if isinstance(v, bytes) else v for v in row]
            chain = values[4] or 0
            place, before = ends.get(chain, (0, START))
            ends[chain] = place + 1, link(before, values)
            written.append({"id": row[0], "place": place + 1, "hash": ends[chain][1]})
        connection.execute(
            sa.text("UPDATE event SET place = :place, hash = :hash WHERE id = :id"), written
        )
        last = rows[-1][0]
    heads = [{"chain": c, "place": place, "hash": hash} for c, (place, hash) in ends.items()]
    if heads:
        connection.execute(
            sa.text("INSERT INTO chain_head (chain, place, hash) VALUES (:chain, :place, :hash)"),
            heads,
        )


def downgrade() -> None:
    for index in ("ix_event_at", "ix_event_actor", "uq_event_city_place", "uq_event_place"):
        op.drop_index(index, "event")
    op.drop_table("chain_head")
    op.drop_column("event", "hash")
    op.drop_column("event", "place")
