"""Own pages of subsites beside those of the portal; the redaksi box; about texts as HTML"""

from __future__ import annotations

from html import escape

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KIM = sa.table("kim", sa.column("id", BIG), sa.column("about", sa.Text()))
SAME = "id, slug, title, body, rank, published, version, before, changed_at, changed_by"


def upgrade() -> None:
    op.create_table(
        "own_page",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("kim_id", BIG, sa.ForeignKey("kim.id")),
        sa.Column("slug", sa.String(63), nullable=False),
        sa.Column("former", sa.JSON(), nullable=False),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", BIG, sa.ForeignKey("user_account.id")),
        sa.UniqueConstraint("kim_id", "slug"),
    )
    city = sa.text("kim_id IS NULL")
    op.create_index(
        "uq_own_page_city", "own_page", ["slug"], unique=True,
        sqlite_where=city, postgresql_where=city,
    )  # fmt: skip
    op.execute(f"INSERT INTO own_page ({SAME}, former) SELECT {SAME}, '[]' FROM city_page")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('own_page', 'id'), max(id)) FROM own_page"
        )
    op.drop_table("city_page")
    for name, length in (("responsible", 80), ("editors", 300)):
        column = sa.Column(name, sa.String(length), nullable=False, server_default="")
        op.add_column("kim", column)
    for kim_id, about in op.get_bind().execute(sa.select(KIM.c.id, KIM.c.about)).all():
        parts = [escape(part, quote=False) for part in (about or "").split("\n\n") if part.strip()]
        html = "".join(f"<p>{part}</p>" for part in parts)
        op.execute(sa.update(KIM).where(KIM.c.id == kim_id).values(about=html))
    # A logo is a square in sizes of its own from now on. What was a photo is chosen once more.
    op.execute("UPDATE kim SET logo_id = NULL")


def downgrade() -> None:
    op.drop_column("kim", "editors")
    op.drop_column("kim", "responsible")
    op.create_table(
        "city_page",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("slug", sa.String(63), nullable=False, unique=True),
        sa.Column("title", sa.String(80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", BIG, sa.ForeignKey("user_account.id")),
    )
    op.execute(
        f"INSERT INTO city_page ({SAME}) SELECT {SAME} FROM own_page WHERE kim_id IS NULL"
    )
    op.drop_table("own_page")
