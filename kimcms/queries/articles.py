"""Articles as readers see them: cards for lists, and one whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from kimcms.db import BigId, UtcDateTime
from kimcms.domain import attachments
from kimcms.domain.attachments import Attachment
from kimcms.domain.corrections import Note
from kimcms.domain.html import Photo
from kimcms.domain.replies import Reply
from kimcms.models.account import User
from kimcms.models.article import Article, Category, Revision
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.models.lead import Lead
from kimcms.models.media import Media
from kimcms.queries.bylines import ALONE, BESIDE, TOGETHER, WROTE, Writer, writers
from kimcms.queries.paging import Cursor, Page
from kimcms.queries.rows import rows
from kimcms.queries.visible import (
    NOW,
    in_feed,
    in_feed_itself,
    is_public,
    is_public_itself,
    live_since,
)

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
    changed_at: dt.datetime  # when these words went before readers
    attachments: tuple[Attachment, ...]
    writers: tuple[Writer, ...]  # none where they stay behind the name of the KIM
    notes: tuple[Note, ...]
    replies: tuple[Reply, ...]  # oldest first


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic of the city."""

    id: int
    slug: str
    name: str


# In the order of the fields of `Card` and `Story`; the five of the photo stand in its place.
CARD: tuple[Any, ...] = (
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
    Media.version,
    Revision.photo_alt,
    Article.kim_id,
    Kim.name,
    Kim.slug,
    sa.case((Kim.alias_verified_at.is_not(None), Kim.alias_domain)),
    Kim.is_sample,
    Kelurahan.name,
    Kelurahan.slug,
)
STORY: tuple[Any, ...] = (
    Revision.body,
    Revision.photo_caption,
    Revision.photo_credit,
    Revision.event_on,
    Revision.repost_source,
    live_since,
    Revision.attachments,
    sa.case((User.byline_slug.is_not(None), User.name)),
    User.byline_slug,
    BESIDE,
    Article.notes,
    Article.replies,
)
# In the feed or on the site, asked of the article and of its KIM.
_UPTO: sa.BindParameter[dt.datetime] = sa.bindparam("upto", type_=UtcDateTime())
_SHOWN = {"feed": in_feed(NOW, _UPTO), "site": is_public(NOW, _UPTO)}
_SHOWN_ITSELF = {"feed": in_feed_itself(NOW, _UPTO), "site": is_public_itself(NOW, _UPTO)}
_AFTER = sa.tuple_(Article.public_at, Article.id) < sa.tuple_(
    sa.bindparam("after_at", type_=UtcDateTime()), sa.bindparam("after_id", type_=BigId)
)
NARROWED: dict[str, sa.ColumnElement[bool]] = {
    "kim_id": Article.kim_id == sa.bindparam("kim_id"),
    "author_id": sa.or_(ALONE, TOGETHER),
    "category_id": Article.category_id == sa.bindparam("category_id"),
    "since": Article.public_at >= sa.bindparam("since", type_=UtcDateTime()),
    "until": Article.public_at < sa.bindparam("until", type_=UtcDateTime()),
    "slug": Article.slug == sa.bindparam("slug"),
    "article_id": Article.id == sa.bindparam("article_id"),
    "after_id": _AFTER,
}
_NEWEST_FIRST = (Article.public_at.desc(), Article.id.desc())
_SIZE = sa.bindparam("size", type_=sa.Integer())


@cache
def _statement(whole: bool, shown: str, narrowed: tuple[str, ...], kims: int) -> sa.Select[Any]:
    """Newest first. Built once each: building costs several times what running does."""
    found = (
        sa.select(*CARD, *(STORY if whole else ()))
        .select_from(Article)
        .join(Kim, Kim.id == Article.kim_id)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .outerjoin(Category, Category.id == Revision.category_id)
        .outerjoin(Media, Media.id == Revision.photo_id)
        .where(_SHOWN[shown])
        .order_by(*_NEWEST_FIRST)
        .limit(_SIZE)
    )
    if whole:
        found = found.join(User, User.id == Article.author_id)
    of_person = {"author_id", "kim_id"} if "author_id" in narrowed else set()
    narrows = [NARROWED[name] for name in narrowed if name not in of_person]
    if kims:
        return found.where(Article.id.in_(_newest_of(kims, shown, narrows)))
    if of_person:
        return found.where(Article.id.in_(_written(shown, narrows)))
    return found.where(*narrows)


def _newest_of(kims: int, shown: str, narrows: list[Any]) -> Any:
    """The ids of the newest of each of some KIMs: as many short walks along an index, where
    `kim_id IN (...)` would sort or pass by all of their articles."""
    return _walks(
        sa.select(Article.id).where(
            Article.kim_id == sa.bindparam(f"kim_{n}"), _SHOWN_ITSELF[shown], *narrows
        )
        for n in range(kims)
    )


def _written(shown: str, narrows: list[Any]) -> Any:
    """The ids of the newest that a person wrote in a KIM, alone or beside somebody."""
    itself = (_SHOWN_ITSELF[shown], *narrows)
    return _walks(wrote.where(*itself) for wrote in WROTE)


def _walks(selects: Iterable[sa.Select[Any]]) -> Any:
    """The newest of each, together."""
    walks = [
        walk.order_by(*_NEWEST_FIRST).limit(_SIZE).subquery(f"walk_{n}")
        for n, walk in enumerate(selects)
    ]
    return sa.union_all(*(sa.select(walk.c.id) for walk in walks))


def _found(kind: type[_Kind], shown: str, now: dt.datetime, size: int, **given: Any) -> list[_Kind]:
    """Articles of the "feed" or a "site", narrowed by what is given: the names of `NARROWED`, or
    `kim_ids`."""
    kim_ids = given.pop("kim_ids", None)
    if kim_ids == []:
        return []
    numbered = {f"kim_{n}": kim_id for n, kim_id in enumerate(kim_ids or ())}
    statement = _statement(
        kind is Story, shown, tuple(name for name in given if name in NARROWED), len(numbered)
    )
    upto = min([now, *(given[name] for name in ("after_at", "until") if name in given)])
    found = rows(statement, {"now": now, "upto": upto, "size": size, **given, **numbered})
    return [card_of(kind, row) for row in found]


def card_of(kind: type[_Kind], row: Sequence[Any]) -> _Kind:
    """A card out of the columns of `CARD`, and those that its kind has beyond them."""
    make: Any = kind
    more = [*row[12:]]
    if kind is Story:
        *more, name, slug, beside, notes, replies = more
        more[-1] = attachments.read(more[-1])
        more += [writers(name, slug, beside), tuple(Note.read(stored) for stored in notes or ())]
        more.append(tuple(Reply.read(stored) for stored in replies or ()))
    return cast(_Kind, make(*row[:7], _photo(row[7:12]), *more))


def _photo(columns: Sequence[Any]) -> Photo | None:
    photo_id, width, height, widths, version = columns
    return Photo(photo_id, width, height, tuple(widths), version) if photo_id else None


def _page(
    shown: str, now: dt.datetime, after: Cursor | None, size: int = PAGE, **given: Any
) -> Page[Card]:
    """A page of cards, newest first by `public_at`."""
    if after is not None:
        given |= {"after_id": after.id, "after_at": after.at}
    return _cut(_found(Card, shown, now, size + 1, **given), size)


def _cut(found: list[Card], size: int) -> Page[Card]:
    """A page of `size` cards, of which one more was asked for."""
    more = len(found) > size
    found = found[:size]
    return Page(found, Cursor(found[-1].public_at, found[-1].id) if more else None)


def public_articles(
    kim_id: int, now: dt.datetime, after: Cursor | None = None, **narrowed: Any
) -> Page[Card]:
    """What a subsite lists: all of it, or by `category_id`, `author_id`, `since` and `until`."""
    return _page("site", now, after, kim_id=kim_id, **narrowed)


def feed_articles(now: dt.datetime, after: Cursor | None = None, **narrowed: Any) -> Page[Card]:
    """What the city feed lists: all of it, or by `kim_ids`, `category_id`, `since`, `until`."""
    return _page("feed", now, after, **narrowed)


def front(now: dt.datetime) -> tuple[Page[Card], Card | None]:
    """The first page of the city feed, and the item of it, however old, that a moderator put at
    its head. One query."""
    found = rows(_front(), {"now": now, "upto": now, "size": PAGE + 1})
    cards = [card_of(Card, row[:-1]) for row in found]
    lead = next((card for card, row in zip(cards, found, strict=True) if row[-1]), None)
    # Newest first, so that a lead which is older than the page stands behind its 21 rows.
    return _cut(cards[: PAGE + 1], PAGE), lead


@cache
def _front() -> sa.Select[Any]:
    lead = (
        sa.select(Lead.article_id)
        .where(Lead.until > NOW)
        .order_by(Lead.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    newest = (
        sa.select(Article.id)
        .join(Kim, Kim.id == Article.kim_id)
        .where(_SHOWN["feed"])
        .order_by(*_NEWEST_FIRST)
        .limit(_SIZE)
        .subquery("newest")
    )
    both = sa.union_all(sa.select(newest.c.id), sa.select(lead))
    return (
        _statement(False, "feed", (), 0)
        .add_columns(sa.case((Article.id == lead, 1), else_=0))
        .where(Article.id.in_(both))
        .limit(None)
    )


def public_article(kim_id: int, slug: str, now: dt.datetime) -> Story | None:
    """One article of a subsite, if readers may see it."""
    return next(iter(_found(Story, "site", now, 1, kim_id=kim_id, slug=slug)), None)


def public_story(kim_id: int, article_id: int, now: dt.datetime) -> Story | None:
    """The same by its number, which outlives a changed slug."""
    return next(iter(_found(Story, "site", now, 1, kim_id=kim_id, article_id=article_id)), None)


def site_stories(kim_id: int, now: dt.datetime, **narrowed: Any) -> list[Story]:
    """The newest articles of a KIM whole, for feeds; narrowed as its lists are."""
    return _found(Story, "site", now, PAGE, kim_id=kim_id, **narrowed)


def city_stories(now: dt.datetime, **narrowed: Any) -> list[Story]:
    """The newest articles of the city whole, for feeds; narrowed as its lists are."""
    return _found(Story, "feed", now, PAGE, **narrowed)


_TOPICS = sa.select(Category.id, Category.slug, Category.name).order_by(Category.rank, Category.id)


def categories() -> list[Topic]:
    """All topics in their order."""
    return [Topic(*row) for row in rows(_TOPICS)]
