"""Articles as the newsroom of one KIM sees them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from kimcms.db import LARGEST_ID, db
from kimcms.domain.workflow import Exposure, FeedState, TextState
from kimcms.models.account import User
from kimcms.models.article import Article, Revision, RevisionMedia
from kimcms.models.event import Event
from kimcms.models.kim import Kim
from kimcms.queries.paging import Cursor, Page, beyond

PAGE = 30


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a list of the newsroom."""

    id: int
    kim_id: int
    title: str
    author: str
    author_id: int
    touched_at: dt.datetime
    text_state: TextState
    exposure: Exposure
    feed_state: FeedState
    public_at: dt.datetime | None
    returned_note: str
    review_reason: str
    kim: str
    kim_slug: str


def list_of_lines() -> Any:
    """The columns of `Line`, to be narrowed."""
    return (
        sa.select(
            Article.id,
            Article.kim_id,
            Revision.title,
            User.name,
            Article.author_id,
            Article.touched_at,
            Article.text_state,
            Article.exposure,
            Article.feed_state,
            Article.public_at,
            Article.returned_note,
            Article.review_reason,
            Kim.name,
            Kim.slug,
        )
        .select_from(Article)
        .join(Kim, Kim.id == Article.kim_id)
        .join(Revision, Revision.id == Article.newest_revision_id)
        .join(User, User.id == Article.author_id)
    )


def lines(
    kim_id: int,
    *,
    author_id: int | None = None,
    text_state: TextState | None = None,
    out_by: dt.datetime | None = None,
    after: Cursor | None = None,
    size: int = PAGE,
) -> Page[Line]:
    """A page of a KIM's articles, last touched first; `author_id` keeps to one person's, `out_by`
    to what was published by then."""
    where = [Article.kim_id == kim_id]
    if author_id is not None:
        where.append(Article.author_id == author_id)
    if text_state is not None:
        where.append(Article.text_state == text_state)
    if out_by is not None:
        where += [Article.exposure == Exposure.PUBLIC, Article.public_at <= out_by]
    found = (
        list_of_lines()
        .where(*where, beyond(Article.touched_at, Article.id, after))
        .order_by(Article.touched_at.desc(), Article.id.desc())
    )
    return _page(found, size, lambda line: line.touched_at)


def scheduled(
    kim_id: int,
    now: dt.datetime,
    *,
    author_id: int | None = None,
    after: Cursor | None = None,
    size: int = PAGE,
) -> Page[Line]:
    """What waits for its hour, the next first."""
    where = [
        Article.kim_id == kim_id,
        Article.exposure == Exposure.PUBLIC,
        Article.public_at > now,
    ]
    if author_id is not None:
        where.append(Article.author_id == author_id)
    found = (
        list_of_lines()
        .where(*where, beyond(Article.public_at, Article.id, after, oldest_first=True))
        .order_by(Article.public_at, Article.id)
    )
    return _page(found, size, lambda line: line.public_at or now)


def _page(found: Any, size: int, at: Callable[[Line], dt.datetime]) -> Page[Line]:
    rows = [Line(*row) for row in db.session.execute(found.limit(size + 1))]
    more = len(rows) > size
    rows = rows[:size]
    return Page(rows, Cursor(at(rows[-1]), rows[-1].id) if more else None)


def article(kim_id: int, article_id: int) -> Article | None:
    """One article of a KIM with its newest and live revision."""
    return db.session.scalar(
        sa.select(Article)
        .options(joinedload(Article.newest), joinedload(Article.live), joinedload(Article.kim))
        .where(Article.id == article_id, Article.kim_id == kim_id)
    )


def revision(article_id: int, revision_id: int) -> Revision | None:
    """One revision of an article; the number may be anything that was sent."""
    if not 0 < revision_id <= LARGEST_ID:
        return None
    return db.session.scalar(
        sa.select(Revision).where(Revision.id == revision_id, Revision.article_id == article_id)
    )


def media_ids(revision_id: int) -> list[int]:
    """The photos that a revision shows."""
    return list(
        db.session.scalars(
            sa.select(RevisionMedia.media_id).where(RevisionMedia.revision_id == revision_id)
        )
    )


def slug_was_chosen(article_id: int) -> bool:
    """Whether an editor gave the article an address of its own: a headline no longer changes it."""
    return bool(
        db.session.scalar(
            sa.select(sa.literal(1))
            .where(
                Event.object_type == Article.__tablename__,
                Event.object_id == article_id,
                Event.verb == "article.change_slug",
            )
            .limit(1)
        )
    )


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of an article's history."""

    at: dt.datetime
    verb: str
    actor: str | None
    reason: str


def history(article_id: int, limit: int = 50) -> list[Happening]:
    """What happened to an article, newest first: a query on the one history."""
    rows = db.session.execute(
        sa.select(Event.at, Event.verb, User.name, Event.reason)
        .outerjoin(User, User.id == Event.actor_id)
        .where(Event.object_type == Article.__tablename__, Event.object_id == article_id)
        .order_by(Event.id.desc())
        .limit(limit)
    )
    return [Happening(*row) for row in rows]
