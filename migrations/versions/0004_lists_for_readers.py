"""Lists for readers: by KIM in the feed, by author, for sitemaps; withdrawals, bylines, leads"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PUBLIC = "exposure = 'public'"
IN_FEED = "exposure = 'public' AND feed_state = 'accepted'"
GONE = "exposure = 'withdrawn'"
INDEXES = (
    ("ix_article_feed_kim", ["kim_id", "public_at", "id"], IN_FEED),
    ("ix_article_author", ["kim_id", "author_id", "public_at", "id"], PUBLIC),
    ("ix_article_part", ["kim_id", "id"], PUBLIC),
    ("ix_article_gone", ["withdrawn_at", "id"], GONE),
    ("ix_article_gone_kim", ["kim_id", "withdrawn_at", "id"], GONE),
)
# An instant is a text of one form in SQLite, so that the later one is the larger in both.
LIVE_AT = """
UPDATE article SET live_at = (
    SELECT CASE WHEN revision.created_at > article.public_at
        THEN revision.created_at ELSE article.public_at END
    FROM revision WHERE revision.id = article.live_revision_id
)
WHERE public_at IS NOT NULL AND live_revision_id IS NOT NULL
"""


def upgrade() -> None:
    op.add_column("article", sa.Column("live_at", sa.DateTime(timezone=True)))
    op.execute(LIVE_AT)
    for name, columns, where in INDEXES:
        op.create_index(
            name,
            "article",
            columns,
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.add_column("user_account", sa.Column("byline_slug", sa.String(63)))
    op.create_index("uq_user_account_byline_slug", "user_account", ["byline_slug"], unique=True)
    op.create_table(
        "lead",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("article_id", BIG, sa.ForeignKey("article.id"), nullable=False),
        sa.Column("kim_id", BIG, sa.ForeignKey("kim.id"), nullable=False),
        sa.Column("chosen_by", BIG, sa.ForeignKey("user_account.id")),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    for column in ("article_id", "kim_id", "until"):
        op.create_index(f"ix_lead_{column}", "lead", [column])


def downgrade() -> None:
    op.drop_table("lead")
    op.drop_index("uq_user_account_byline_slug", "user_account")
    op.drop_column("user_account", "byline_slug")
    for name, _columns, _where in INDEXES:
        op.drop_index(name, "article")
    op.drop_column("article", "live_at")
