"""An item as readers will see it, for who holds the address of its preview."""

from __future__ import annotations

import dataclasses
import datetime as dt

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import User
from kimcms.models.article import Article, Category, Revision, RevisionMedia
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.models.media import Media
from kimcms.queries.articles import CARD, STORY, Story, card_of


def story(article: Article, now: dt.datetime) -> Story:
    """The newest revision, with the hours that it has when it is published now, or when its hour
    comes."""
    row = db.session.execute(
        sa.select(*CARD, *STORY)
        .select_from(Article)
        .join(Kim, Kim.id == Article.kim_id)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .join(Revision, Revision.id == Article.newest_revision_id)
        .join(User, User.id == Article.author_id)
        .outerjoin(Category, Category.id == Revision.category_id)
        .outerjoin(Media, Media.id == Revision.photo_id)
        .where(Article.id == article.id, Article.kim_id == article.kim_id)
    ).one()
    at = article.public_at or now
    return dataclasses.replace(card_of(Story, row), public_at=at, changed_at=max(at, now))


def media_ids(article: Article) -> frozenset[int]:
    """The photos that the newest revision shows."""
    return frozenset(
        db.session.scalars(
            sa.select(RevisionMedia.media_id).where(
                RevisionMedia.revision_id == article.newest_revision_id,
                RevisionMedia.kim_id == article.kim_id,
            )
        )
    )
