"""People, their roles and their signed-in devices."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.accounts import LinkKind, SignInName
from kimcms.domain.roles import Actor, Grant, Role
from kimcms.models.account import Attempt, Membership, OneTimeLink, SignIn, User


@dataclass(frozen=True, slots=True)
class Member:
    """One role that somebody holds."""

    membership_id: int
    user_id: int
    name: str
    sign_in_name: str
    role: Role
    since: dt.datetime
    kim_id: int | None
    has_password: bool
    until: dt.datetime | None = None
    shown: bool = False  # readers see the name
    invited_until: dt.datetime | None = None  # of the newest invitation, used or not
    phone: str = ""


def user_by_name(name: SignInName) -> User | None:
    """The account with this e-mail address or phone number."""
    where = User.email == name.email if name.email else User.phone == name.phone
    return db.session.scalar(sa.select(User).where(where))


def user(user_id: int) -> User | None:
    return db.session.get(User, user_id)


def signed_in(token_hash: str) -> tuple[SignIn, User] | None:
    """The device and the person behind a token, while the sign-in lasts."""
    row = db.session.execute(
        sa.select(SignIn, User)
        .join(User, User.id == SignIn.user_id)
        .where(SignIn.token_hash == token_hash, SignIn.ended_at.is_(None))
    ).first()
    return (row[0], row[1]) if row else None


def actor(user_id: int) -> Actor:
    """A person with all roles ever held: what permissions and impartiality are judged on."""
    rows = db.session.execute(
        sa.select(Membership.role, Membership.kim_id, Membership.since, Membership.until).where(
            Membership.user_id == user_id
        )
    )
    return Actor(user_id, tuple(Grant(*row) for row in rows))


def in_force(now: dt.datetime | None) -> sa.ColumnElement[bool]:
    """Roles that are held at an instant; without one, those that have no end."""
    if now is None:
        return Membership.until.is_(None)
    return sa.or_(Membership.until.is_(None), Membership.until > now)


def members(kim_id: int | None, now: dt.datetime | None = None) -> list[Member]:
    """Everybody who holds a role in a KIM, or (None) in the city; with `now` also those whose
    role ends later."""
    where = Membership.kim_id.is_(None) if kim_id is None else Membership.kim_id == kim_id
    invited = (
        sa.select(sa.func.max(OneTimeLink.expires_at))
        .where(OneTimeLink.user_id == User.id, OneTimeLink.kind == LinkKind.INVITE)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Membership, User, invited)
        .join(User, User.id == Membership.user_id)
        .where(where, in_force(now))
        .order_by(User.name, Membership.id)
    )
    return [
        Member(
            membership_id=m.id,
            user_id=u.id,
            name=u.name,
            sign_in_name=u.sign_in_name,
            role=m.role,
            since=m.since,
            kim_id=m.kim_id,
            has_password=bool(u.password_hash),
            until=m.until,
            shown=u.byline_slug is not None,
            invited_until=invited_until,
            phone=u.phone or "",
        )
        for m, u, invited_until in rows
    ]


def holders(
    kim_id: int | None, roles: tuple[Role, ...], now: dt.datetime | None = None
) -> list[int]:
    """The ids of those who hold one of these roles: whom a notice goes to. With `now` also those
    whose role ends later."""
    where = Membership.kim_id.is_(None) if kim_id is None else Membership.kim_id == kim_id
    return list(
        db.session.scalars(
            sa.select(Membership.user_id)
            .where(where, in_force(now), Membership.role.in_(roles))
            .distinct()
        )
    )


def roles_of(user_id: int, kim_id: int, now: dt.datetime) -> list[Membership]:
    """The rows by which somebody holds roles in a KIM now."""
    return list(
        db.session.scalars(
            sa.select(Membership)
            .where(Membership.user_id == user_id, Membership.kim_id == kim_id, in_force(now))
            .order_by(Membership.id)
        )
    )


def heads(now: dt.datetime) -> dict[int, list[int]]:
    """The heads of all KIMs, by KIM. One query."""
    found: dict[int, list[int]] = {}
    rows = db.session.execute(
        sa.select(Membership.kim_id, Membership.user_id)
        .where(Membership.role == Role.HEAD, in_force(now))
        .order_by(Membership.id)
    )
    for kim_id, user_id in rows:
        if kim_id is not None:
            found.setdefault(kim_id, []).append(user_id)
    return found


def held(user_id: int, kim_id: int | None, role: Role, now: dt.datetime) -> Membership | None:
    """The row by which somebody holds a role now."""
    where = Membership.kim_id.is_(None) if kim_id is None else Membership.kim_id == kim_id
    return db.session.scalar(
        sa.select(Membership).where(
            Membership.user_id == user_id, where, Membership.role == role, in_force(now)
        )
    )


def moderators() -> list[Actor]:
    """All who are moderator now, with all their roles: is anybody free to decide about a KIM? One
    query."""
    now_so = sa.select(Membership.user_id).where(
        Membership.kim_id.is_(None), in_force(None), Membership.role == Role.MODERATOR
    )
    rows = db.session.execute(
        sa.select(
            Membership.user_id,
            Membership.role,
            Membership.kim_id,
            Membership.since,
            Membership.until,
        ).where(Membership.user_id.in_(now_so))
    )
    grants: dict[int, list[Grant]] = {}
    for user_id, *grant in rows:
        grants.setdefault(user_id, []).append(Grant(*grant))
    return [Actor(user_id, tuple(held)) for user_id, held in grants.items()]


def link(link_id: int) -> OneTimeLink | None:
    return db.session.get(OneTimeLink, link_id)


def tries(key: str, since: dt.datetime) -> int:
    """Attempts under a key since an instant."""
    return (
        db.session.scalar(sa.select(sa.func.count()).where(Attempt.key == key, Attempt.at >= since))
        or 0
    )


def membership(membership_id: int, kim_id: int | None) -> Membership | None:
    """A role held in this KIM, or (None) in the city."""
    where = Membership.kim_id.is_(None) if kim_id is None else Membership.kim_id == kim_id
    return db.session.scalar(sa.select(Membership).where(Membership.id == membership_id, where))
