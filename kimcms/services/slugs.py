"""Addresses of articles: unique in their KIM, and once used never given to another."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.clock import day_of
from kimcms.domain.text import slugify
from kimcms.models.article import Article, ArticleSlug
from kimcms.models.kim import Kim


def free_slug(kim_id: int, wanted: str, now: dt.datetime, article_id: int | None = None) -> str:
    """A slug that nobody in the KIM ever had, or that this article had itself."""
    # Two who ask at once are answered one after the other; SQLite has one writer already.
    db.session.execute(sa.select(Kim.id).where(Kim.id == kim_id).with_for_update(key_share=True))
    base = slugify(wanted, 80)
    like = sa.select(ArticleSlug.slug, ArticleSlug.article_id).where(
        ArticleSlug.kim_id == kim_id,
        sa.or_(ArticleSlug.slug == base, ArticleSlug.slug.startswith(base + "-", autoescape=True)),
    )
    taken = {slug for slug, owner in db.session.execute(like) if owner != article_id}
    if base not in taken:
        return base
    dated = f"{base}-{day_of(now):%Y%m%d}"
    number = 1
    slug = dated
    while slug in taken:
        number += 1
        slug = f"{dated}-{number}"
    return slug


def rename(article: Article, wanted: str, now: dt.datetime) -> None:
    slug = free_slug(article.kim_id, wanted, now, article.id)
    if slug == article.slug:
        return
    article.slug = slug
    if db.session.get(ArticleSlug, (article.kim_id, slug)) is None:
        db.session.add(ArticleSlug(kim_id=article.kim_id, slug=slug, article_id=article.id))
