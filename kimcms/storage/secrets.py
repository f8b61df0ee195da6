"""Passwords, session tokens and signed one-time addresses."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadSignature, URLSafeSerializer


class Passwords:
    """argon2id. `light` is for test suites, where hashing would be most of the time."""

    def __init__(self, *, light: bool = False) -> None:
        cost = (1, 8, 1) if light else (2, 19456, 1)
        self._hasher = PasswordHasher(time_cost=cost[0], memory_cost=cost[1], parallelism=cost[2])
        # Verified where there is no account, so that both answers take as long.
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether the password is the stored one; takes as long where nothing is stored."""
        try:
            return self._hasher.verify(stored or self._nobody, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


class Signer:
    """Values in addresses under a signature: nothing secret lies in the tables. What is signed for
    one purpose holds for no other."""

    def __init__(self, key: str, purpose: str) -> None:
        self._serializer = URLSafeSerializer(key, salt=purpose)
        self._key = f"{purpose}\n{key}".encode()

    def token(self, value: Any) -> str:
        return str(self._serializer.dumps(value))

    def secret_of(self, value: str) -> str:
        """256 bits that follow from a value and the key: made again where they are needed, and
        found in no table."""
        made = hmac.new(self._key, value.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).decode().rstrip("=")

    def value(self, token: str) -> Any:
        """What was signed, None where the signature does not hold."""
        try:
            return self._serializer.loads(token)
        except BadSignature:
            return None


class LinkSigner(Signer):
    """One-time addresses are the row's id."""

    def __init__(self, key: str) -> None:
        super().__init__(key, "one-time-link")

    def link_id(self, token: str) -> int | None:
        """The id in a token, None where the signature does not hold."""
        value = self.value(token)
        return value if isinstance(value, int) else None


def new_token() -> str:
    """A session token of 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the table holds of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
