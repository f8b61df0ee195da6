"""How often articles were read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article_reads",
        sa.Column("article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_article_reads_article_id_article")
        ),
        sa.ForeignKeyConstraint(["kim_id"], ["kim.id"], name=op.f("fk_article_reads_kim_id_kim")),
        sa.PrimaryKeyConstraint("article_id", "day", name=op.f("pk_article_reads")),
    )
    op.create_index(op.f("ix_article_reads_day"), "article_reads", ["day"])
    op.create_index("ix_article_reads_kim_id", "article_reads", ["kim_id", "day"])


def downgrade() -> None:
    op.drop_table("article_reads")
