"""Who is signed in on this device."""

from __future__ import annotations

from typing import cast

from flask_login import UserMixin, current_user

from kimcms.domain.roles import Actor
from kimcms.models.account import User
from kimcms.queries import accounts
from kimcms.storage.secrets import token_hash


class Visitor(UserMixin):  # type: ignore[misc]
    """Who is signed in on this device: flask-login's user, with all roles ever held."""

    def __init__(self, token: str, user: User) -> None:
        self.token = token
        self.user = user
        self.actor = accounts.actor(user.id)

    def get_id(self) -> str:
        return self.token


def load_visitor(token: str) -> Visitor | None:
    """The person behind a session's token, while the sign-in lasts."""
    found = accounts.signed_in(token_hash(token))
    return Visitor(token, found[1]) if found else None


def visitor() -> Visitor:
    """The person who is signed in; only behind the gate."""
    return cast(Visitor, current_user._get_current_object())


def actor() -> Actor:
    """The same, as the services know people."""
    return visitor().actor
