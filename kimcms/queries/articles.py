"""Articles as readers see them: cards for lists, and one whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.html import Photo
from kimcms.domain.workflow import Exposure
from kimcms.models.article import Article, ArticleSlug, Category, Revision
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.models.media import Media
from kimcms.queries.paging import Cursor, Page, beyond
from kimcms.queries.visible import in_feed, is_public

PAGE = 20


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list."""

    id: int
    slug: str
    title: str
    lead: str
    public_at: dt.datetime
    category: str | None
    category_slug: str | None
    photo: Photo | None
    photo_alt: str
    kim_id: int
    kim: str
    kim_slug: str
    kim_alias: str | None
    is_sample: bool
    kelurahan: str
    kelurahan_slug: str


@dataclass(frozen=True, slots=True)
class Story(Card):
    """An article whole."""

    body: str
    photo_caption: str
    photo_credit: str
    event_on: dt.date | None
    repost_source: str
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Gone:
    """An article that was taken away for good."""

    title: str
    withdrawn_for: str
    withdrawn_note: str
    withdrawn_at: dt.datetime


_PUBLIC_NAME = (
    Kim.slug.label("kim_slug"),
    sa.case((Kim.alias_verified_at.is_not(None), Kim.alias_domain)).label("kim_alias"),
)
_CARD = (
    Article.id,
    Article.slug,
    Revision.title,
    Revision.lead,
    Article.public_at,
    Category.name.label("category"),
    Category.slug.label("category_slug"),
    Revision.photo_id,
    Media.width,
    Media.height,
    Media.widths,
    Revision.photo_alt,
    Article.kim_id,
    Kim.name.label("kim"),
    *_PUBLIC_NAME,
    Kim.is_sample,
    Kelurahan.name.label("kelurahan"),
    Kelurahan.slug.label("kelurahan_slug"),
)
_STORY = (
    Revision.body,
    Revision.photo_caption,
    Revision.photo_credit,
    Revision.event_on,
    Revision.repost_source,
    Revision.created_at.label("changed_at"),
)


def _with_kim(*columns: Any) -> Any:
    return (
        sa.select(*columns)
        .select_from(Article)
        .join(Kim, Kim.id == Article.kim_id)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .outerjoin(Category, Category.id == Revision.category_id)
        .outerjoin(Media, Media.id == Revision.photo_id)
    )


def _read(kind: Any, row: Any) -> Any:
    values = dict(row._mapping)
    photo_id, width, height, widths = (
        values.pop(name) for name in ("photo_id", "width", "height", "widths")
    )
    photo = Photo(photo_id, width, height, tuple(widths)) if photo_id else None
    return kind(photo=photo, **values)


def cards(where: Iterable[Any], after: Cursor | None, size: int = PAGE) -> Page[Card]:
    """A page of cards, newest first by `public_at`."""
    statement = (
        _with_kim(*_CARD)
        .where(*where, beyond(Article.public_at, Article.id, after))
        .order_by(Article.public_at.desc(), Article.id.desc())
        .limit(size + 1)
    )
    rows = [_read(Card, row) for row in db.session.execute(statement)]
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, Cursor(rows[-1].public_at, rows[-1].id) if more else None)


def public_articles(
    kim_id: int, now: dt.datetime, after: Cursor | None = None, category_id: int | None = None
) -> Page[Card]:
    """What a subsite lists, one topic or all."""
    where = [Article.kim_id == kim_id, is_public(now)]
    if category_id is not None:
        where.append(Article.category_id == category_id)
    return cards(where, after)


def feed_articles(
    now: dt.datetime,
    after: Cursor | None = None,
    category_id: int | None = None,
    kim_ids: Iterable[int] | None = None,
) -> Page[Card]:
    """What the city feed lists: all of it, one topic, or some KIMs."""
    where = [in_feed(now)]
    if category_id is not None:
        where.append(Article.category_id == category_id)
    if kim_ids is not None:
        where.append(Article.kim_id.in_(list(kim_ids)))
    return cards(where, after)


def public_article(kim_id: int, slug: str, now: dt.datetime) -> Story | None:
    """One article of a subsite, if readers may see it."""
    row = db.session.execute(
        _with_kim(*_CARD, *_STORY).where(
            Article.kim_id == kim_id, Article.slug == slug, is_public(now)
        )
    ).first()
    return _read(Story, row) if row else None


def full_stories(where: Iterable[Any], size: int = PAGE) -> list[Story]:
    """The newest articles whole, for feeds."""
    statement = (
        _with_kim(*_CARD, *_STORY)
        .where(*where)
        .order_by(Article.public_at.desc(), Article.id.desc())
        .limit(size)
    )
    return [_read(Story, row) for row in db.session.execute(statement)]


def site_stories(kim_id: int, now: dt.datetime) -> list[Story]:
    return full_stories([Article.kim_id == kim_id, is_public(now)])


def city_stories(now: dt.datetime) -> list[Story]:
    return full_stories([in_feed(now)])


def withdrawn_article(kim_id: int, slug: str) -> Gone | None:
    """The tombstone of a withdrawn article."""
    row = db.session.execute(
        sa.select(
            Revision.title, Article.withdrawn_for, Article.withdrawn_note, Article.withdrawn_at
        )
        .join(Revision, Revision.id == Article.live_revision_id)
        .where(
            Article.kim_id == kim_id,
            Article.slug == slug,
            Article.exposure == Exposure.WITHDRAWN,
        )
    ).first()
    return Gone(*row) if row else None


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


def categories() -> list[Category]:
    """All topics in their order."""
    return list(db.session.scalars(sa.select(Category).order_by(Category.rank, Category.id)))


def addresses(kim_id: int, now: dt.datetime, size: int = 50_000) -> list[tuple[str, dt.datetime]]:
    """Slug and time of change of what a subsite shows, newest first; one sitemap holds 50,000."""
    rows = db.session.execute(
        sa.select(Article.slug, Revision.created_at)
        .join(Kim, Kim.id == Article.kim_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .where(Article.kim_id == kim_id, is_public(now))
        .order_by(Article.public_at.desc(), Article.id.desc())
        .limit(size)
    )
    return [(row[0], row[1]) for row in rows]
