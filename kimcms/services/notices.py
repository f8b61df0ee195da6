"""The outbox: notices are written in the transaction of the change that they tell of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.models.notice import Notice
from kimcms.services.unit import atomic, upsert


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


def mark_read(user_id: int, now: dt.datetime) -> None:
    """The person has opened the list of notices."""
    with atomic(CITY, now, eventless=True):
        db.session.execute(
            sa.update(Notice)
            .where(Notice.user_id == user_id, Notice.read_at.is_(None))
            .values(read_at=now)
        )


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


def mark_mailed(notice_id: int, now: dt.datetime) -> None:
    """The mail server has taken it, or it needs no letter."""
    with atomic(CITY, now, eventless=True):
        db.session.execute(sa.update(Notice).where(Notice.id == notice_id).values(mailed_at=now))
