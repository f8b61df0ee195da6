"""The history as people look things up in it: of one KIM, or of the whole city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.workflow import Exposure
from kimcms.models.account import User
from kimcms.models.article import Article, Revision
from kimcms.models.event import Event
from kimcms.models.kim import Kim
from kimcms.queries.paging import Cursor, Page, beyond

PAGE = 50
LONGEST_FILE = 20_000
REFUSED = "refused."


@dataclass(frozen=True)
class Wanted:
    """What is looked for; nothing given is everything."""

    kim_id: int | None = None
    person_id: int | None = None
    verbs: tuple[str, ...] = ()  # their beginnings
    steps: tuple[str, ...] = ()  # or exactly these
    why: str = ""  # the reason of the list that a decision names
    since: dt.datetime | None = None
    before: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history."""

    id: int
    at: dt.datetime
    actor_id: int | None
    actor: str | None
    verb: str
    kim: str | None
    kim_slug: str | None
    object_type: str
    object_id: int | None
    reason: str
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def entries(wanted: Wanted, after: Cursor | None = None, size: int = PAGE) -> Page[Entry]:
    """Newest first."""
    found = [Entry(*row) for row in db.session.execute(_statement(wanted, after, size + 1))]
    more = len(found) > size
    found = found[:size]
    return Page(found, Cursor(found[-1].at, found[-1].id) if more else None)


def lines(wanted: Wanted) -> Iterator[Entry]:
    """The newest of them for a file, up to `LONGEST_FILE`."""
    return (Entry(*row) for row in db.session.execute(_statement(wanted, None, LONGEST_FILE)))


def _statement(wanted: Wanted, after: Cursor | None, size: int) -> sa.Select[Any]:
    where = [beyond(Event.at, Event.id, after)]
    if wanted.kim_id is not None:
        where.append(Event.kim_id == wanted.kim_id)
    if wanted.person_id is not None:
        where.append(Event.actor_id == wanted.person_id)
    if wanted.verbs:
        starts = (Event.verb.startswith(start, autoescape=True) for start in wanted.verbs)
        where.append(sa.or_(*starts))
    if wanted.steps:
        where.append(Event.verb.in_(wanted.steps))
    if wanted.why:
        where.append(Event.after["why"].as_string() == wanted.why)
    if wanted.since is not None:
        where.append(Event.at >= wanted.since)
    if wanted.before is not None:
        where.append(Event.at < wanted.before)
    return (
        sa.select(
            Event.id,
            Event.at,
            Event.actor_id,
            User.name,
            Event.verb,
            Kim.name,
            Kim.slug,
            Event.object_type,
            Event.object_id,
            Event.reason,
            Event.before,
            Event.after,
        )
        .outerjoin(User, User.id == Event.actor_id)
        .outerjoin(Kim, Kim.id == Event.kim_id)
        .where(*where)
        .order_by(Event.at.desc(), Event.id.desc())
        .limit(size)
    )


def titles(found: Collection[Entry], now: dt.datetime, *, drafts: bool) -> dict[int, str]:
    """The titles of the articles among these entries that may be named: without `drafts` those
    that readers have seen, as they saw them."""
    ids = {e.object_id for e in found if e.object_type == Article.__tablename__}
    if not ids:
        return {}
    shown = Article.newest_revision_id if drafts else Article.live_revision_id
    statement = (
        sa.select(Article.id, Revision.title)
        .join(Revision, Revision.id == shown)
        .where(Article.id.in_(ids))
    )
    if not drafts:
        seen = Article.exposure != Exposure.NEVER, Article.public_at <= now
        statement = statement.where(*seen)
    return {row[0]: row[1] for row in db.session.execute(statement)}


def refusals(user_id: int, since: dt.datetime) -> int:
    """How many refused attempts of a person stand in the history since an instant."""
    mine = Event.actor_id == user_id, Event.at >= since
    counted = sa.select(sa.func.count()).where(*mine, Event.verb.startswith(REFUSED))
    return db.session.scalar(counted) or 0
