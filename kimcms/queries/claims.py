"""Who has a waiting thing open to decide about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.waiting import CLAIM_LASTS
from kimcms.models.account import User
from kimcms.models.claim import Claim


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has it."""

    user_id: int
    name: str
    since: dt.datetime


def live(now: dt.datetime) -> sa.ColumnElement[bool]:
    """The claim has not lapsed."""
    return Claim.seen_at > now - CLAIM_LASTS


def lasts(seen_at: dt.datetime, now: dt.datetime) -> bool:
    """The same of a row that was read."""
    return seen_at > now - CLAIM_LASTS


def holder(kind: str, object_id: int, now: dt.datetime) -> Holder | None:
    """Who has it now."""
    row = db.session.execute(
        sa.select(Claim.user_id, User.name, Claim.since)
        .join(User, User.id == Claim.user_id)
        .where(Claim.kind == kind, Claim.object_id == object_id, live(now))
    ).first()
    return Holder(*row) if row else None


def other(kind: str, object_id: int, user_id: int | None, now: dt.datetime) -> Holder | None:
    """Who has it now, where that is somebody else than this person."""
    found = holder(kind, object_id, now)
    return found if found and found.user_id != user_id else None
