"""The outbox: notices are written in the transaction of the change that they tell of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from kimcms.db import CITY, NOTHING, db
from kimcms.domain.notices import Topic
from kimcms.domain.roles import Actor
from kimcms.models.account import User
from kimcms.models.notice import Notice
from kimcms.services.unit import atomic, lock, upsert


def tell(
    users: Iterable[int],
    kind: str,
    key: str,
    now: dt.datetime,
    *,
    kim_id: int | None = None,
    path: str = "",
    **data: Any,
) -> None:
    """One notice for each person, within the running unit; the same key is told once."""
    for user_id in sorted(set(users)):
        upsert(
            Notice,
            {
                "key": f"{key}:{user_id}",
                "user_id": user_id,
                "kim_id": kim_id,
                "kind": kind,
                "data": data,
                "path": path,
                "created_at": now,
            },
            None,
            on=["key"],
        )


def read(notice: Notice, now: dt.datetime) -> None:
    """The person has opened what it tells of."""
    _read(notice.user_id, now, Notice.id == notice.id)


def read_all(user_id: int, now: dt.datetime) -> None:
    """The person knows of all that waits."""
    _read(user_id, now)


def _read(user_id: int, now: dt.datetime, *which: sa.ColumnElement[bool]) -> None:
    with atomic(CITY, now, eventless=True):
        db.session.execute(
            sa.update(Notice)
            .where(Notice.user_id == user_id, Notice.read_at.is_(None), *which)
            .values(read_at=now)
        )


def choose(
    user: User, shown: Iterable[Topic], by_mail: Iterable[Topic], now: dt.datetime, *, daily: bool
) -> None:
    """Of the topics that were shown, letters go about those that were ticked; once a day, or at
    once. What was not shown stays as it is."""
    with atomic(NOTHING, now) as unit:
        lock(user)
        before = {"off": user.mail_off, "daily": user.mail_daily}
        off = (set(user.mail_off) - {*shown}) | ({*shown} - {*by_mail})
        user.mail_off, user.mail_daily = sorted(off), daily
        after = {"off": user.mail_off, "daily": user.mail_daily}
        if before != after:
            unit.record(Actor(user.id), "account.letters", user, before=before, after=after)


def quiet(kind: str, now: dt.datetime) -> None:
    """Notices of a kind that were written at this instant are read and need no letter: a file
    brought many at once, and whoever loaded it knows. Within the running unit."""
    db.session.execute(
        sa.update(Notice)
        .where(Notice.kind == kind, Notice.created_at == now, Notice.mailed_at.is_(None))
        .values(mailed_at=now, read_at=now)
    )


def silence(now: dt.datetime) -> None:
    """What has been written so far is no news: a history that was played or restored."""
    with atomic(CITY, now, eventless=True):
        db.session.execute(
            sa.update(Notice)
            .where(Notice.mailed_at.is_(None))
            .values(mailed_at=now, read_at=sa.func.coalesce(Notice.read_at, now))
        )


def mark_mailed(notice_ids: Iterable[int], now: dt.datetime) -> None:
    """The mail server has taken the letter about these, or they need none: all of it or nothing."""
    with atomic(CITY, now, eventless=True):
        which = Notice.id.in_(list(notice_ids))
        db.session.execute(sa.update(Notice).where(which).values(mailed_at=now))


def put_off(notice_ids: Iterable[int], until: dt.datetime, now: dt.datetime) -> None:
    """The mail server did not take the letter about these."""
    with atomic(CITY, now, eventless=True):
        which = Notice.id.in_(list(notice_ids))
        db.session.execute(sa.update(Notice).where(which).values(mail_after=until))


def put_all_off(until: dt.datetime, now: dt.datetime) -> None:
    """The mail server takes nothing: what waits is not tried again before."""
    with atomic(CITY, now, eventless=True):
        sooner = sa.or_(Notice.mail_after.is_(None), Notice.mail_after < until)
        db.session.execute(
            sa.update(Notice).where(Notice.mailed_at.is_(None), sooner).values(mail_after=until)
        )
