"""Notices: what a person has been told, and what still has to be mailed."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import User
from kimcms.models.notice import Notice
from kimcms.queries.paging import EPOCH, MICROSECOND, Cursor, Page

PAGE = 30
_DIGEST_LONGEST = 1000  # notices in one daily letter
# The instants by which cursors name the two parts of the list.
_UNREAD, _READ = EPOCH, EPOCH + MICROSECOND


def newest(user_id: int, limit: int = PAGE) -> list[Notice]:
    return list(
        db.session.scalars(
            sa.select(Notice)
            .where(Notice.user_id == user_id)
            .order_by(Notice.id.desc())
            .limit(limit)
        )
    )


def listed(user_id: int, after: Cursor | None = None, size: int = PAGE) -> Page[Notice]:
    """What waits to be read, then what was read; both newest first."""
    found: list[Notice] = []
    for part, read in ((_UNREAD, Notice.read_at.is_(None)), (_READ, Notice.read_at.is_not(None))):
        if (after is not None and after.at > part) or len(found) > size:
            continue
        where = [Notice.user_id == user_id, read]
        if after is not None and after.at == part:
            where.append(Notice.id < after.id)
        rows = sa.select(Notice).where(*where).order_by(Notice.id.desc())
        found += db.session.scalars(rows.limit(size + 1 - len(found)))
    if len(found) <= size:
        return Page(found)
    last = found[size - 1]
    return Page(found[:size], Cursor(_READ if last.read_at else _UNREAD, last.id))


def own(user_id: int, notice_id: int) -> Notice | None:
    """One notice of a person."""
    return db.session.scalar(
        sa.select(Notice).where(Notice.id == notice_id, Notice.user_id == user_id)
    )


def unread(user_id: int) -> int:
    """How many notices wait; counts to 100 at most."""
    some = (
        sa.select(Notice.id)
        .where(Notice.user_id == user_id, Notice.read_at.is_(None))
        .limit(100)
        .subquery()
    )
    return db.session.scalar(sa.select(sa.func.count()).select_from(some)) or 0


def due(
    now: dt.datetime, digest_before: dt.datetime, limit: int = 100
) -> list[tuple[User, list[Notice]]]:
    """What the mailer has to see to, oldest first: one notice each, but for people who want one
    letter a day all of theirs that were written before its hour."""
    found: list[tuple[User, list[Notice]]] = []
    seen: set[int] = set()
    rows = db.session.execute(
        sa.select(Notice, User, _PUT_OFF)
        .join(User, User.id == Notice.user_id)
        .where(_ready(now), sa.or_(sa.not_(_PUT_OFF), Notice.created_at < digest_before))
        .order_by(Notice.id)
        .limit(limit)
    )
    for notice, user, put_off in rows:
        if not put_off:
            found.append((user, [notice]))
        elif user.id not in seen:
            seen.add(user.id)
            found.append((user, _digest(user.id, now, digest_before)))
    return found


def _digest(user_id: int, now: dt.datetime, digest_before: dt.datetime) -> list[Notice]:
    rows = (
        sa.select(Notice)
        .join(User, User.id == Notice.user_id)
        .where(Notice.user_id == user_id, _ready(now), _PUT_OFF)
        .where(Notice.created_at < digest_before)
        .order_by(Notice.id)
        .limit(_DIGEST_LONGEST)
    )
    return list(db.session.scalars(rows))


# Of a person who wants one letter a day. One-time links never wait.
_PUT_OFF = sa.and_(User.mail_daily, Notice.kind.not_like("account.%"))


def _ready(now: dt.datetime) -> sa.ColumnElement[bool]:
    tried = sa.or_(Notice.mail_after.is_(None), Notice.mail_after <= now)
    return sa.and_(Notice.mailed_at.is_(None), tried)
