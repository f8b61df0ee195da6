"""Notices: what a person has been told, and what still has to be mailed."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import User
from kimcms.models.notice import Notice


def newest(user_id: int, limit: int = 30) -> list[Notice]:
    return list(
        db.session.scalars(
            sa.select(Notice)
            .where(Notice.user_id == user_id)
            .order_by(Notice.id.desc())
            .limit(limit)
        )
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


def unmailed(limit: int = 100) -> list[tuple[Notice, User]]:
    """The oldest notices that wait for the mailer, with their people."""
    rows = db.session.execute(
        sa.select(Notice, User)
        .join(User, User.id == Notice.user_id)
        .where(Notice.mailed_at.is_(None))
        .order_by(Notice.id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]
