"""Sign-in and passwords."""

from __future__ import annotations

import datetime as dt
import hashlib

import sqlalchemy as sa

from kimcms.db import NOTHING, db
from kimcms.domain.accounts import (
    BY_ACCOUNT,
    BY_ADDRESS,
    RESET_BY_ACCOUNT,
    Limit,
    LinkKind,
    check_password,
    sign_in_name,
)
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor
from kimcms.domain.text import clean_line
from kimcms.models.account import Attempt, OneTimeLink, SignIn, User
from kimcms.queries import accounts
from kimcms.services import handover, links
from kimcms.services.signins import end_sign_ins
from kimcms.services.unit import atomic, lock
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
            link = links.make(LinkKind.RESET, user, None, now)
            unit.record(Actor(user.id), "account.reset_requested", link)
            links.send(link, now)


def use_link(link: OneTimeLink, password: str, passwords: Passwords, now: dt.datetime) -> User:
    """Set a password by a one-time link; all older sign-ins end, other open links too."""
    user = db.session.get_one(User, link.user_id)
    check_password(password, user.sign_in_name)
    hashed = passwords.hash(password)
    with atomic(NOTHING, now) as unit:
        lock(link)
        if not links.usable(link, now):
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


def forget_attempts(now: dt.datetime) -> None:
    """Attempts older than a day are not needed."""
    with atomic(NOTHING, now, eventless=True):
        old = now - dt.timedelta(days=1)
        db.session.execute(sa.delete(Attempt).where(Attempt.at < old))


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
