"""Accounts from the operator's shell, where nobody is signed in to ask."""

from __future__ import annotations

import datetime as dt

from kimcms.db import CITY, db
from kimcms.domain.accounts import check_password, sign_in_name
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import CITY_ROLES, KIM_ROLES, SYSTEM, Role
from kimcms.domain.text import clean_line
from kimcms.models.account import Membership, User
from kimcms.models.kim import Kim
from kimcms.queries import accounts
from kimcms.services.unit import atomic
from kimcms.storage.secrets import Passwords


def create(
    name: str,
    typed: str,
    role: Role,
    kim: Kim | None,
    password: str,
    passwords: Passwords,
    now: dt.datetime,
    *,
    is_sample: bool = False,
) -> User:
    """An account with a role and a password; raises `Refused` where the name is taken."""
    stored = sign_in_name(typed)
    name = clean_line(name, 80)
    if not name:
        raise Refused("name_missing")
    if role not in (KIM_ROLES if kim else CITY_ROLES):
        raise Refused("role_unknown")
    check_password(password, typed)
    hashed = passwords.hash(password)
    with atomic(CITY, now) as unit:
        if accounts.user_by_name(stored) is not None:
            raise Refused("name_taken")
        user = User(
            name=name,
            email=stored.email,
            phone=stored.phone,
            password_hash=hashed,
            created_at=now,
            is_sample=is_sample,
        )
        db.session.add(user)
        db.session.flush()
        kim_id = kim.id if kim else None
        db.session.add(Membership(user_id=user.id, kim_id=kim_id, role=role, since=now))
        unit.record(SYSTEM, "account.create", user, kim_id=kim_id, after={"role": role.value})
        return user
