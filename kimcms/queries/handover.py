"""Roles of old boards that end, read from memberships whose end lies ahead."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from kimcms.db import db
from kimcms.domain.roles import Role
from kimcms.models.account import Membership, SignIn
from kimcms.models.event import Event
from kimcms.queries.accounts import in_force


def heads(kim_id: int, now: dt.datetime) -> list[Membership]:
    """The head roles in force in a KIM."""
    return list(
        db.session.scalars(
            sa.select(Membership).where(
                Membership.kim_id == kim_id, Membership.role == Role.HEAD, in_force(now)
            )
        )
    )


def making_room_for(user_id: int, now: dt.datetime) -> list[Membership]:
    """The head roles of others that end because this person is head now."""
    new = aliased(Membership)
    return list(
        db.session.scalars(
            sa.select(Membership)
            .join(new, new.kim_id == Membership.kim_id)
            .where(
                new.user_id == user_id,
                new.role == Role.HEAD,
                new.until.is_(None),
                Membership.user_id != user_id,
                Membership.role == Role.HEAD,
                Membership.until > now,
            )
        )
    )


def signed_in_since(user_id: int, since: dt.datetime) -> bool:
    """Whether this person has begun a sign-in since then."""
    where = sa.and_(SignIn.user_id == user_id, SignIn.started_at >= since)
    return db.session.scalar(sa.select(SignIn.id).where(where).limit(1)) is not None


def lapsed(now: dt.datetime) -> list[Membership]:
    """Roles that a handover ended by its date, of which nobody was told yet."""
    begun, ended = aliased(Event), aliased(Event)
    return list(
        db.session.scalars(
            sa.select(Membership)
            .join(
                begun,
                sa.and_(begun.object_type == "membership", begun.object_id == Membership.id),
            )
            .where(
                begun.verb == "handover.begin",
                Membership.until <= now,
                ~sa.exists().where(
                    ended.object_type == "membership",
                    ended.object_id == Membership.id,
                    ended.verb.in_(("handover.end", "member.end")),
                    ended.id > begun.id,
                ),
            )
            .order_by(Membership.id)
            .distinct()
        )
    )
