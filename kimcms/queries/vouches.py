"""Texts that speak of gambling, and who stands for them."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.article import Article
from kimcms.models.vouch import Vouch


def of(article: Article) -> Vouch | None:
    """Who stands for the newest revision."""
    vouch = db.session.get(Vouch, article.id)
    return vouch if vouch and vouch.revision_id == article.newest_revision_id else None


def waiting(article_id: int) -> Article | None:
    """An article of any KIM whose newest revision waits for a second person: what a moderator may
    open although it was never public."""
    return db.session.scalar(
        sa.select(Article)
        .join(Vouch, Vouch.article_id == Article.id)
        .where(
            Article.id == article_id,
            Vouch.revision_id == Article.newest_revision_id,
            Article.newest_revision_id.is_distinct_from(Article.live_revision_id),
        )
    )
