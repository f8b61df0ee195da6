"""Sign-in, invitations, passwords and roles."""

from __future__ import annotations

import datetime as dt
import hashlib

import sqlalchemy as sa

from kimcms.db import CITY, NOTHING, db, kim_scope
from kimcms.domain.accounts import (
    BY_ACCOUNT,
    BY_ADDRESS,
    LINK_LASTS,
    RESET_BY_ACCOUNT,
    Limit,
    LinkKind,
    check_password,
    sign_in_name,
)
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import CITY_ROLES, KIM_ROLES, Actor, Role, Verb
from kimcms.domain.text import clean_line
from kimcms.models.account import Attempt, Membership, OneTimeLink, SignIn, User
from kimcms.models.kim import Kim
from kimcms.queries import accounts
from kimcms.services import handover, notices
from kimcms.services.signins import end_sign_ins
from kimcms.services.unit import atomic, lock, upsert
from kimcms.storage.secrets import Passwords, new_token, token_hash


def sign_in(
    typed: str, password: str, address: str, agent: str, passwords: Passwords, now: dt.datetime
) -> str:
    """The token of a new sign-in.

    Raises `Refused("bad_sign_in")` for a wrong pair, the same for known and unknown names, and
    `Refused("too_many")` where an account or an address tries too often.
    """
    by_account, by_address = _key("account", _one_spelling(typed)), _key("address", address)
    _check(by_account, BY_ACCOUNT, now)
    _check(by_address, BY_ADDRESS, now)
    try:
        user = accounts.user_by_name(sign_in_name(typed))
    except Refused:
        user = None
    if not passwords.matches(user.password_hash if user else None, password) or user is None:
        with atomic(NOTHING, now, eventless=True):
            db.session.add_all([Attempt(key=by_account, at=now), Attempt(key=by_address, at=now)])
        raise Refused("bad_sign_in")
    token = _begin(user, agent, now)
    handover.arrived(user.id, now)
    return token


def _begin(user: User, agent: str, now: dt.datetime) -> str:
    token = new_token()
    with atomic(NOTHING, now) as unit:
        row = SignIn(
            token_hash=token_hash(token),
            user_id=user.id,
            started_at=now,
            agent=clean_line(agent, 1000)[:200],
        )
        db.session.add(row)
        unit.record(Actor(user.id), "account.sign_in", row)
    return token


def sign_out(token: str, now: dt.datetime) -> None:
    """End one sign-in; its cookie is worth nothing afterwards."""
    found = accounts.signed_in(token_hash(token))
    if found:
        with atomic(NOTHING, now) as unit:
            found[0].ended_at = now
            unit.record(Actor(found[1].id), "account.sign_out", found[0])


def request_reset(typed: str, address: str, now: dt.datetime) -> None:
    """Send a reset link where there is such an account with mail; the same silence otherwise."""
    key = _key("reset", _one_spelling(typed))
    _check(key, RESET_BY_ACCOUNT, now)
    _check(_key("address", address), BY_ADDRESS, now)
    try:
        user = accounts.user_by_name(sign_in_name(typed))
    except Refused:
        user = None
    with atomic(NOTHING, now, eventless=True) as unit:
        db.session.add(Attempt(key=key, at=now))
        db.session.add(Attempt(key=_key("address", address), at=now))
        if user and user.email:
            link = _link(LinkKind.RESET, user, None, now)
            unit.record(Actor(user.id), "account.reset_requested", link)
            _send(link, now)


def make_reset_link(actor: Actor, user: User, kim: Kim | None, now: dt.datetime) -> OneTimeLink:
    """A reset link that a head or Diskominfo copies and sends, for a member of theirs."""
    with atomic(_scope(kim), now) as unit:
        _may_manage(actor, kim, now)
        roles = accounts.actor(user.id)
        if kim is not None and kim.id not in roles.kim_ids(now):
            raise Refused("not_allowed")
        # A head must not take over an account that can do more than the head can.
        if actor.roles(None, now) & {Role.DISKOMINFO} == set() and (
            roles.roles(None, now) or set(roles.kim_ids(now)) - {kim.id if kim else 0}
        ):
            raise Refused("reset_by_city")
        if kim is not None and Role.HEAD in roles.roles(kim.id, now):
            _own_successor(actor, Role.HEAD, kim, now)
        link = _link(LinkKind.RESET, user, actor, now)
        unit.record(actor, "account.reset_link", link, kim_id=kim.id if kim else None)
        return link


def invite(
    actor: Actor, name: str, typed: str, role: Role, kim: Kim | None, now: dt.datetime
) -> tuple[User, OneTimeLink | None]:
    """Give somebody a role, with an account where there is none yet.

    The link is for setting the first password; None where the person has one already.
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
        if user.password_hash is None:
            link = _link(LinkKind.INVITE, user, actor, now)
            if user.email:
                _send(link, now)
        return user, link


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


def use_link(link: OneTimeLink, password: str, passwords: Passwords, now: dt.datetime) -> User:
    """Set a password by a one-time link; all older sign-ins end, other open links too."""
    user = db.session.get_one(User, link.user_id)
    check_password(password, user.sign_in_name)
    hashed = passwords.hash(password)
    with atomic(NOTHING, now) as unit:
        lock(link)
        if not usable(link, now):
            raise Refused("link_used")
        _set_password(user, hashed, now)
        unit.record(Actor(user.id), "account.password", user)
        return user


def set_password(user: User, password: str, passwords: Passwords, now: dt.datetime) -> None:
    """Set a password from the operator's shell."""
    check_password(password, user.sign_in_name)
    hashed = passwords.hash(password)
    with atomic(NOTHING, now) as unit:
        _set_password(user, hashed, now)
        unit.record(Actor(None), "account.password", user)


def change_password(user: User, old: str, new: str, passwords: Passwords, now: dt.datetime) -> None:
    """The person sets another password; every device has to sign in again."""
    if not passwords.matches(user.password_hash, old):
        raise Refused("bad_old_password")
    check_password(new, user.sign_in_name)
    hashed = passwords.hash(new)
    with atomic(NOTHING, now) as unit:
        _set_password(user, hashed, now)
        unit.record(Actor(user.id), "account.password", user)


def _set_password(user: User, hashed: str, now: dt.datetime) -> None:
    user.password_hash = hashed
    db.session.execute(
        sa.update(OneTimeLink)
        .where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None))
        .values(used_at=now)
    )
    end_sign_ins(user.id, now)


def usable(link: OneTimeLink, now: dt.datetime) -> bool:
    """Whether a one-time link still opens."""
    return link.used_at is None and now < link.expires_at


def forget_attempts(now: dt.datetime) -> None:
    """Attempts older than a day are not needed."""
    with atomic(NOTHING, now, eventless=True):
        old = now - dt.timedelta(days=1)
        db.session.execute(sa.delete(Attempt).where(Attempt.at < old))


def _scope(kim: Kim | None) -> str:
    return kim_scope(kim.id) if kim else CITY


def _may_manage(actor: Actor, kim: Kim | None, now: dt.datetime) -> None:
    verb = Verb.MANAGE_MEMBERS if kim else Verb.MANAGE_CITY_ROLES
    if not actor.may(verb, kim.id if kim else None, now):
        raise Refused("not_allowed")


def _link(kind: LinkKind, user: User, actor: Actor | None, now: dt.datetime) -> OneTimeLink:
    link = OneTimeLink(
        kind=kind,
        user_id=user.id,
        made_by=actor.user_id if actor else None,
        made_at=now,
        expires_at=now + LINK_LASTS[kind],
    )
    db.session.add(link)
    db.session.flush()
    return link


def _send(link: OneTimeLink, now: dt.datetime) -> None:
    kind = f"account.{link.kind.value}"
    notices.tell([link.user_id], kind, f"{kind}:{link.id}", now, link=link.id)


def _one_spelling(typed: str) -> str:
    """What tries are counted under: a phone number has many spellings and is one account."""
    try:
        name = sign_in_name(typed)
    except Refused:
        return typed.strip().lower()
    return name.email or name.phone or ""


def _key(kind: str, what: str) -> str:
    """Names and addresses are counted, not kept."""
    return f"{kind}:{hashlib.sha256(what.encode()).hexdigest()[:32]}"


def _check(key: str, limit: Limit, now: dt.datetime) -> None:
    if accounts.tries(key, now - limit.window) >= limit.tries:
        raise Refused("too_many", minutes=int(limit.window.total_seconds() // 60))
