"""Signed-in devices."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.account import SignIn


def end_sign_ins(user_id: int, now: dt.datetime) -> None:
    """Every device of a person has to sign in again; within the running unit."""
    db.session.execute(
        sa.update(SignIn)
        .where(SignIn.user_id == user_id, SignIn.ended_at.is_(None))
        .values(ended_at=now)
    )
