"""Revisions of an article, as its history shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.revisions import MOST
from kimcms.models.account import User
from kimcms.models.article import Article, Revision
from kimcms.models.event import Event
from kimcms.queries.paging import Cursor, Page

PAGE = 30
# What of an item's life names the words that it happened to.
NAMED = (
    "article.submit", "article.take_back", "article.return", "article.publish",
    "article.unpublish", "article.withdraw", "article.restore", "article.correct",
    "article.accept", "article.read", "article.ask_change", "article.decline", "article.remove",
    "article.appeal",
)  # fmt: skip
_MOST_MOMENTS = 200


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened to the words of an entry."""

    at: dt.datetime
    verb: str
    actor: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the history of an item's words."""

    id: int
    number: int
    at: dt.datetime
    author: str
    auto: bool
    title: str
    moments: tuple[Moment, ...] = ()


_ENTRIES = (
    sa.select(
        Revision.id,
        Revision.number,
        Revision.created_at,
        User.name,
        Revision.auto_since.is_not(None),
        Revision.title,
    )
    .join(User, User.id == Revision.author_id)
    .where(Revision.folded_at.is_(None))
    .order_by(Revision.id.desc())
)


def entries(article_id: int, after: Cursor | None = None, size: int = PAGE) -> Page[Entry]:
    """The history of an item's words, newest first, each with what happened to it. Two queries."""
    mine = _ENTRIES.where(Revision.article_id == article_id)
    if after is not None:
        mine = mine.where(Revision.id < after.id)
    found = [Entry(*row) for row in db.session.execute(mine.limit(size + 1))]
    rows = found[:size]
    if not rows:
        return Page([])
    until = after.at if after else None
    named = _moments(article_id, rows, until)
    more = len(found) > size
    return Page(named, Cursor(rows[-1].at, rows[-1].id) if more else None)


def _moments(article_id: int, rows: Sequence[Entry], until: dt.datetime | None) -> list[Entry]:
    """The same with their moments: an event names its revision, or belongs to the newest then."""
    where = [
        Event.object_type == Article.__tablename__,
        Event.object_id == article_id,
        Event.verb.in_(NAMED),
        Event.at >= rows[-1].at,
    ]
    if until is not None:
        where.append(Event.at < until)
    happened: dict[int | None, list[Moment]] = {}
    for at, verb, actor, after in db.session.execute(
        sa.select(Event.at, Event.verb, User.name, Event.after)
        .outerjoin(User, User.id == Event.actor_id)
        .where(*where)
        .order_by(Event.id)
        .limit(_MOST_MOMENTS)
    ):
        then = next((entry.id for entry in rows if entry.at <= at), None)
        named = after.get("live") or after.get("revision") or then
        happened.setdefault(named, []).append(Moment(at, verb, actor))
    return [replace(entry, moments=tuple(happened.get(entry.id, ()))) for entry in rows]


def before(article_id: int, revision_id: int) -> Revision | None:
    """The entry before a revision."""
    return db.session.scalar(
        sa.select(Revision)
        .where(
            Revision.article_id == article_id,
            Revision.id < revision_id,
            Revision.folded_at.is_(None),
        )
        .order_by(Revision.id.desc())
        .limit(1)
    )


def run_of(article_id: int, user_id: int) -> list[Revision]:
    """The unbroken run of one person's autosaves with which the history ends, oldest first.

    Whatever else happened to the article is an event, and ends the run before it: nothing that an
    event, a correction, a review or a note may mean is part of one.
    """
    entries = db.session.scalars(
        sa.select(Revision)
        .where(Revision.article_id == article_id, Revision.folded_at.is_(None))
        .order_by(Revision.number.desc())
        .limit(MOST)
    )
    happened = db.session.execute(
        sa.select(Event.verb, Event.actor_id)
        .where(Event.object_type == Article.__tablename__, Event.object_id == article_id)
        .order_by(Event.id.desc())
        .limit(MOST)
    )
    run: list[Revision] = []
    for entry, (verb, actor_id) in zip(entries, happened, strict=False):
        theirs = entry.author_id == actor_id == user_id
        if not theirs or verb != "article.save" or entry.auto_since is None:
            break
        run.insert(0, entry)
    return run
