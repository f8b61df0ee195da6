"""Which subsites sleep."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.kim import Kim


def sleeping(days: int, now: dt.datetime) -> list[Kim]:
    """All KIMs of which nobody has come for so many days."""
    last = sa.func.coalesce(Kim.awake_at, Kim.opened_at)
    return list(
        db.session.scalars(
            sa.select(Kim)
            .where(Kim.closed_at.is_(None), last <= now - dt.timedelta(days=days))
            .order_by(Kim.id)
        )
    )
