"""Articles as readers see them: cards for lists, and one whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa

from kimcms.db import BigId, UtcDateTime, db
from kimcms.domain.html import Photo
from kimcms.domain.workflow import Exposure
from kimcms.models.article import Article, ArticleSlug, Category, Revision
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.models.media import Media
from kimcms.queries.paging import Cursor, Page
from kimcms.queries.rows import rows
from kimcms.queries.visible import NOW, in_feed, is_public

PAGE = 20
_Kind = TypeVar("_Kind", bound="Card")


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
class Topic:
    """A topic of the city."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Gone:
    """An article that was taken away for good."""

    title: str
    withdrawn_for: str
    withdrawn_note: str
    withdrawn_at: dt.datetime


# In the order of the fields of `Card` and `Story`; the four of the photo stand in its place.
_CARD: tuple[Any, ...] = (
    Article.id,
    Article.slug,
    Revision.title,
    Revision.lead,
    Article.public_at,
    Category.name,
    Category.slug,
    Revision.photo_id,
    Media.width,
    Media.height,
    Media.widths,
    Revision.photo_alt,
    Article.kim_id,
    Kim.name,
    Kim.slug,
    sa.case((Kim.alias_verified_at.is_not(None), Kim.alias_domain)),
    Kim.is_sample,
    Kelurahan.name,
    Kelurahan.slug,
)
_STORY: tuple[Any, ...] = (
    Revision.body,
    Revision.photo_caption,
    Revision.photo_credit,
    Revision.event_on,
    Revision.repost_source,
    Revision.created_at,
)
_SHOWN = {"feed": in_feed(NOW), "site": is_public(NOW)}
_NARROWED: dict[str, sa.ColumnElement[bool]] = {
    "kim_id": Article.kim_id == sa.bindparam("kim_id"),
    "kim_ids": Article.kim_id.in_(sa.bindparam("kim_ids", expanding=True)),
    "category_id": Article.category_id == sa.bindparam("category_id"),
    "slug": Article.slug == sa.bindparam("slug"),
    "after_id": sa.tuple_(Article.public_at, Article.id)
    < sa.tuple_(
        sa.bindparam("after_at", type_=UtcDateTime()), sa.bindparam("after_id", type_=BigId)
    ),
}


@cache
def _statement(whole: bool, shown: str, narrowed: tuple[str, ...]) -> sa.Select[Any]:
    """Newest first. Built once each: building costs several times what running does."""
    return (
        sa.select(*_CARD, *(_STORY if whole else ()))
        .select_from(Article)
        .join(Kim, Kim.id == Article.kim_id)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .outerjoin(Category, Category.id == Revision.category_id)
        .outerjoin(Media, Media.id == Revision.photo_id)
        .where(_SHOWN[shown], *(_NARROWED[name] for name in narrowed))
        .order_by(Article.public_at.desc(), Article.id.desc())
        .limit(sa.bindparam("size", type_=sa.Integer()))
    )


def _found(kind: type[_Kind], shown: str, now: dt.datetime, size: int, **given: Any) -> list[_Kind]:
    """Articles of the "feed" or a "site", narrowed by what is given."""
    statement = _statement(kind is Story, shown, tuple(name for name in given if name in _NARROWED))
    found = rows(statement, {"now": now, "size": size, **given})
    make: Any = kind
    return [make(*row[:7], _photo(row[7:11]), *row[11:]) for row in found]


def _photo(columns: Sequence[Any]) -> Photo | None:
    photo_id, width, height, widths = columns
    return Photo(photo_id, width, height, tuple(widths)) if photo_id else None


def _page(
    shown: str, now: dt.datetime, after: Cursor | None, size: int = PAGE, **given: Any
) -> Page[Card]:
    """A page of cards, newest first by `public_at`."""
    if after is not None:
        given |= {"after_id": after.id, "after_at": after.at}
    found = _found(Card, shown, now, size + 1, **given)
    more = len(found) > size
    found = found[:size]
    return Page(found, Cursor(found[-1].public_at, found[-1].id) if more else None)


def public_articles(
    kim_id: int, now: dt.datetime, after: Cursor | None = None, category_id: int | None = None
) -> Page[Card]:
    """What a subsite lists, one topic or all."""
    topic = {} if category_id is None else {"category_id": category_id}
    return _page("site", now, after, kim_id=kim_id, **topic)


def feed_articles(
    now: dt.datetime,
    after: Cursor | None = None,
    category_id: int | None = None,
    kim_ids: Iterable[int] | None = None,
) -> Page[Card]:
    """What the city feed lists: all of it, one topic, or some KIMs."""
    given: dict[str, Any] = {}
    if category_id is not None:
        given["category_id"] = category_id
    if kim_ids is not None:
        given["kim_ids"] = list(kim_ids)
    return _page("feed", now, after, **given)


def public_article(kim_id: int, slug: str, now: dt.datetime) -> Story | None:
    """One article of a subsite, if readers may see it."""
    return next(iter(_found(Story, "site", now, 1, kim_id=kim_id, slug=slug)), None)


def site_stories(kim_id: int, now: dt.datetime) -> list[Story]:
    """The newest articles of a KIM whole, for feeds."""
    return _found(Story, "site", now, PAGE, kim_id=kim_id)


def city_stories(now: dt.datetime) -> list[Story]:
    """The newest articles of the city whole, for feeds."""
    return _found(Story, "feed", now, PAGE)


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


_TOPICS = sa.select(Category.id, Category.slug, Category.name).order_by(Category.rank, Category.id)


def categories() -> list[Topic]:
    """All topics in their order."""
    return [Topic(*row) for row in rows(_TOPICS)]


def addresses(kim_id: int, now: dt.datetime, size: int = 50_000) -> list[tuple[str, dt.datetime]]:
    """Slug and time of change of what a subsite shows, newest first; one sitemap holds 50,000."""
    found = rows(_ADDRESSES, {"kim_id": kim_id, "now": now, "size": size})
    return [(row[0], row[1]) for row in found]


_ADDRESSES = (
    sa.select(Article.slug, Revision.created_at)
    .join(Kim, Kim.id == Article.kim_id)
    .join(Revision, Revision.id == Article.live_revision_id)
    .where(_NARROWED["kim_id"], _SHOWN["site"])
    .order_by(Article.public_at.desc(), Article.id.desc())
    .limit(sa.bindparam("size", type_=sa.Integer()))
)
