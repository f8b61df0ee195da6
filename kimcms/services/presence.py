"""Who has an item open: renewed by the page itself, and forgotten where it stops."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import CITY, db, kim_scope
from kimcms.domain.roles import Actor
from kimcms.models.article import Article
from kimcms.models.presence import Presence
from kimcms.queries.presence import LASTS
from kimcms.services.unit import atomic, upsert


def seen(actor: Actor, article: Article, now: dt.datetime) -> None:
    """The person has the item open at this moment."""
    row = {
        "article_id": article.id,
        "user_id": actor.user_id,
        "kim_id": article.kim_id,
        "since": now,
        "seen_at": now,
    }
    again = Presence.seen_at < now - LASTS
    since = sa.case((again, sa.literal(now, Presence.since.type)), else_=Presence.since)
    with atomic(kim_scope(article.kim_id), now, eventless=True):
        upsert(Presence, row, {"seen_at": now, "since": since})


def forget(now: dt.datetime) -> None:
    """Take away what lapsed long ago."""
    with atomic(CITY, now, eventless=True):
        db.session.execute(sa.delete(Presence).where(Presence.seen_at < now - 100 * LASTS))
