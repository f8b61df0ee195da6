"""Who has an item open now."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import User
from kimcms.models.presence import Presence

# A page tells every minute that it is open; one that was missed is no going away.
LASTS = dt.timedelta(seconds=150)
_MOST = 3


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has the item open."""

    name: str
    since: dt.datetime


def others(article_id: int, user_id: int | None, now: dt.datetime) -> list[Present]:
    """The people besides this one who have it open, longest first."""
    rows = db.session.execute(
        sa.select(User.name, Presence.since)
        .join(User, User.id == Presence.user_id)
        .where(
            Presence.article_id == article_id,
            Presence.user_id != user_id,
            Presence.seen_at > now - LASTS,
        )
        .order_by(Presence.since)
        .limit(_MOST)
    )
    return [Present(*row) for row in rows]
