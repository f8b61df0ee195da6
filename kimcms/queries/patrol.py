"""What the night's look at the lists has to do."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from kimcms.db import db
from kimcms.domain.workflow import Exposure
from kimcms.models.article import Article

_PUBLIC = Article.exposure == sa.literal_column(f"'{Exposure.PUBLIC.value}'")


def unchecked(since: dt.datetime | None, size: int) -> list[Article]:
    """Public items that were never held against the lists (imported ones), else those that were
    not since an instant, longest ago first; with their live revision and KIM."""
    some = sa.select(Article).options(joinedload(Article.live), joinedload(Article.kim))
    never = some.where(_PUBLIC, Article.checked_at.is_(None), Article.live_revision_id.is_not(None))
    found = list(db.session.scalars(never.order_by(Article.id).limit(size)))
    if found or since is None:
        return found
    before = some.where(_PUBLIC, Article.checked_at < since)
    return list(db.session.scalars(before.order_by(Article.checked_at, Article.id).limit(size)))
