"""A form carries a key, so that sending it twice does it once."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor
from kimcms.models.idempotency import IdempotencyKey
from kimcms.services.unit import atomic, upsert

KEPT = dt.timedelta(days=90)  # longer than a phone keeps trying to send


def check(key: str) -> None:
    """Raises `Refused` for what is no key."""
    if not (8 <= len(key) <= 64 and key.isascii() and key.replace("-", "").isalnum()):
        raise Refused("bad_key")


def earlier(actor: Actor, key: str | None, verb: str, now: dt.datetime) -> int | None:
    """Claims a key within the running unit; the object's id where it was carried out before.

    On PostgreSQL a second request with the same key waits here until the first has ended.
    """
    if key is None:
        return None
    check(key)
    values = {"user_id": actor.user_id, "key": key, "verb": verb, "object_id": 0, "at": now}
    if upsert(IdempotencyKey, values, None):
        return None
    row = db.session.get(IdempotencyKey, (actor.user_id, key), populate_existing=True)
    if row is None or row.verb != verb or not row.object_id:
        raise Refused("bad_key")
    return row.object_id


def done(actor: Actor, key: str | None, object_id: int) -> None:
    """Names what the key made."""
    if key is not None:
        db.session.execute(
            sa.update(IdempotencyKey)
            .where(IdempotencyKey.user_id == actor.user_id, IdempotencyKey.key == key)
            .values(object_id=object_id)
        )


def forget(now: dt.datetime) -> None:
    """Keys that nobody sends again: each autosave brings one."""
    with atomic(CITY, now, eventless=True):
        db.session.execute(sa.delete(IdempotencyKey).where(IdempotencyKey.at < now - KEPT))
