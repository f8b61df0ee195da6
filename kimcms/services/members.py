"""Who works in a KIM or in the city: invited, given another role, sent a link, let go."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import CITY, db, kim_scope
from kimcms.domain.accounts import LinkKind, sign_in_name
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import CITY_ROLES, KIM_ROLES, Actor, Role, Verb
from kimcms.domain.text import clean_line
from kimcms.models.account import Membership, OneTimeLink, User
from kimcms.models.kim import Kim
from kimcms.queries import accounts
from kimcms.services import handover, links, notices
from kimcms.services.signins import end_sign_ins
from kimcms.services.unit import atomic, lock, upsert


def invite(
    actor: Actor, name: str, typed: str, role: Role, kim: Kim | None, now: dt.datetime
) -> tuple[User, OneTimeLink | None]:
    """Give somebody a role, with an account where there is none yet.

    The link is for setting the first password; None where the person has one already, or works
    elsewhere too, so that somebody else made the account.
    """
    stored = sign_in_name(typed)
    name = clean_line(name, 80)
    if not name:
        raise Refused("name_missing")
    if role not in (KIM_ROLES if kim else CITY_ROLES):
        raise Refused("role_unknown")
    with atomic(_scope(kim), now) as unit:
        _may_manage(actor, kim, now)
        values = {"name": name, "email": stored.email, "phone": stored.phone, "created_at": now}
        # Where two invite the same person at once, the second waits here and finds the account.
        made = upsert(User, values, None, on=["email" if stored.email else "phone"])
        user = accounts.user_by_name(stored)
        assert user is not None
        if made:
            unit.record(actor, "account.create", user, kim_id=kim.id if kim else None)
        _own_successor(actor, role, kim, now)
        grant(user, role, kim, now)
        unit.record(
            actor,
            "member.add",
            user,
            kim_id=kim.id if kim else None,
            after={"role": role.value, "user": user.id},
        )
        link = None
        if user.password_hash is None and not _can_more(actor, accounts.actor(user.id), kim, now):
            link = _link(actor, user, now)
        return user, link


def make_link(actor: Actor, user: User, kim: Kim | None, now: dt.datetime) -> OneTimeLink:
    """A link that a head or Diskominfo copies and sends to a member of theirs: the invitation once
    more (by mail too) where there is no password yet, else for another password."""
    with atomic(_scope(kim), now) as unit:
        _may_manage(actor, kim, now)
        roles = accounts.actor(user.id)
        if kim is not None and kim.id not in roles.kim_ids(now):
            raise Refused("not_allowed")
        if _can_more(actor, roles, kim, now):
            raise Refused("reset_by_city")
        if kim is not None and Role.HEAD in roles.roles(kim.id, now):
            _own_successor(actor, Role.HEAD, kim, now)
        link = _link(actor, user, now)
        verb = f"account.{link.kind.value}_link"
        unit.record(actor, verb, link, kim_id=kim.id if kim else None)
        return link


def _link(actor: Actor, user: User, now: dt.datetime) -> OneTimeLink:
    if user.password_hash is not None:
        return links.make(LinkKind.RESET, user, actor, now)
    link = links.make(LinkKind.INVITE, user, actor, now)
    if user.email:
        links.send(link, now)
    return link


def _can_more(actor: Actor, other: Actor, kim: Kim | None, now: dt.datetime) -> bool:
    """Whether an account has roles outside of the KIM: a head must not take it over."""
    if Role.DISKOMINFO in actor.roles(None, now):
        return False
    elsewhere = set(other.kim_ids(now)) - {kim.id if kim else 0}
    return bool(other.roles(None, now) or elsewhere)


def grant(user: User, role: Role, kim: Kim | None, now: dt.datetime) -> None:
    """Give a role, within the running unit; one that is about to end goes on."""
    lock(user)
    kim_id = kim.id if kim else None
    row = accounts.held(user.id, kim_id, role, now)
    if row is not None:
        if row.until is None:
            raise Refused("role_held")
        row.until = None
        return
    db.session.add(Membership(user_id=user.id, kim_id=kim_id, role=role, since=now))
    end_sign_ins(user.id, now)


def _own_successor(actor: Actor, role: Role, kim: Kim | None, now: dt.datetime) -> None:
    """Who hands over does not choose, remove or lock out the new head."""
    if role is Role.HEAD and kim is not None and handover.leaves(actor, kim.id, now):
        raise Refused("handing_over")


def end_role(actor: Actor, membership: Membership, kim: Kim | None, now: dt.datetime) -> None:
    """Take a role away; the person's sign-ins end with it."""
    with atomic(_scope(kim), now) as unit:
        lock(membership)
        if membership.kim_id != (kim.id if kim else None):
            raise Refused("not_allowed")
        _may_manage(actor, kim, now)
        if membership.user_id == actor.user_id and membership.role in {Role.HEAD, Role.DISKOMINFO}:
            raise Refused("own_role")
        if membership.until is not None and membership.until <= now:
            return
        _own_successor(actor, membership.role, kim, now)
        membership.until = now
        end_sign_ins(membership.user_id, now)
        unit.record(
            actor,
            "member.end",
            membership,
            before={"role": membership.role.value, "user": membership.user_id},
        )
        if kim is not None and membership.user_id != actor.user_id:
            _tell("kim.role_ended", membership, [membership.user_id], kim, now)


def change_role(
    actor: Actor, membership: Membership, role: Role, kim: Kim, now: dt.datetime
) -> Membership:
    """Another role in the place of this one. Raises `Refused("last_head")` where a KIM would have
    no head."""
    if role not in KIM_ROLES:
        raise Refused("role_unknown")
    with atomic(kim_scope(kim.id), now) as unit:
        _may_manage(actor, kim, now)
        _keep_a_head(kim, membership, now, unless=actor)
        lock(membership)
        if membership.kim_id != kim.id or (membership.until and membership.until <= now):
            raise Refused("not_allowed")
        for moved in (membership.role, role):
            _own_successor(actor, moved, kim, now)
        before = membership.role
        if before is role:
            return membership
        membership.until = now
        grant(db.session.get_one(User, membership.user_id), role, kim, now)
        unit.record(
            actor,
            "member.change",
            membership,
            before={"role": before.value, "user": membership.user_id},
            after={"role": role.value, "user": membership.user_id},
        )
        _tell(f"kim.role.{role.value}", membership, [membership.user_id], kim, now)
        return membership


def leave(actor: Actor, kim: Kim, now: dt.datetime) -> None:
    """A person ends all own roles in a KIM. The last head stays until there is another one."""
    with atomic(kim_scope(kim.id), now) as unit:
        if not actor.may(Verb.LEAVE, kim.id, now):
            raise Refused("not_allowed")
        assert actor.user_id is not None
        for row in accounts.roles_of(actor.user_id, kim.id, now):
            _keep_a_head(kim, row, now)
            lock(row)
            row.until = now
            before = {"role": row.role.value, "user": row.user_id}
            unit.record(actor, "member.leave", row, before=before)
            who = db.session.get_one(User, row.user_id).name
            _tell("kim.left", row, accounts.holders(kim.id, (Role.HEAD,)), kim, now, who=who)


def _tell(
    kind: str, row: Membership, users: list[int], kim: Kim, now: dt.datetime, **more: str
) -> None:
    path = "" if kind == "kim.role_ended" else f"/k/{kim.slug}/klaster"
    notices.tell(
        users, kind, f"{kind}:{row.id}", now, kim_id=kim.id, path=path, kim=kim.name, **more
    )


def _keep_a_head(
    kim: Kim, membership: Membership, now: dt.datetime, *, unless: Actor | None = None
) -> None:
    """Another head stays when this role ends. Diskominfo may leave a KIM without: it names the
    next one. Two who leave at once are asked one after the other."""
    if membership.role is not Role.HEAD:
        return
    if unless is not None and kim.id not in unless.kim_ids(now):
        return
    db.session.execute(sa.select(Kim.id).where(Kim.id == kim.id).with_for_update())
    stay = accounts.holders(kim.id, (Role.HEAD,))
    if not set(stay) - {membership.user_id}:
        raise Refused("last_head")


def _scope(kim: Kim | None) -> str:
    return kim_scope(kim.id) if kim else CITY


def _may_manage(actor: Actor, kim: Kim | None, now: dt.datetime) -> None:
    verb = Verb.MANAGE_MEMBERS if kim else Verb.MANAGE_CITY_ROLES
    if not actor.may(verb, kim.id if kim else None, now):
        raise Refused("not_allowed")
