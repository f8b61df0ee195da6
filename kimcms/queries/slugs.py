"""Addresses that articles once had."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.workflow import Exposure
from kimcms.models.article import Article, ArticleSlug
from kimcms.models.kim import Kim
from kimcms.queries.visible import is_public


def current_slug(kim_id: int, slug: str, now: dt.datetime) -> str | None:
    """The slug that an old one leads to, where readers may see the article."""
    return db.session.scalar(
        sa.select(Article.slug)
        .join(ArticleSlug, ArticleSlug.article_id == Article.id)
        .join(Kim, Kim.id == Article.kim_id)
        .where(
            ArticleSlug.kim_id == kim_id,
            ArticleSlug.slug == slug,
            Article.slug != slug,
            sa.or_(is_public(now), Article.exposure == Exposure.WITHDRAWN),
        )
    )
