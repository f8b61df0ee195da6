"""How people are named, what a password must be, and how often one may try."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from kimcms.domain.refusal import Refused

PASSWORD_SHORTEST = 10
PASSWORD_LONGEST = 200

_EMAIL = re.compile(
    r"[^@\s\x00-\x1f\x7f-\x9f]{1,64}@(?:[a-z0-9.-]{1,180}\.[a-z0-9-]{2,}|localhost)"
)
_PHONE_NOISE = re.compile(r"[\s().-]")
_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")


class LinkKind(StrEnum):
    INVITE = "invite"
    RESET = "reset"


LINK_LASTS = {LinkKind.INVITE: dt.timedelta(days=7), LinkKind.RESET: dt.timedelta(hours=2)}


@dataclass(frozen=True)
class Limit:
    """At most `tries` within `window`."""

    tries: int
    window: dt.timedelta


BY_ACCOUNT = Limit(8, dt.timedelta(minutes=15))
BY_ADDRESS = Limit(60, dt.timedelta(minutes=15))  # one shared WiFi is one address
RESET_BY_ACCOUNT = Limit(4, dt.timedelta(hours=1))


@dataclass(frozen=True)
class SignInName:
    """An account name in its stored form; exactly one of the two is set."""

    email: str | None = None
    phone: str | None = None


def sign_in_name(typed: str) -> SignInName:
    """Reads what a person typed: an e-mail address, or a phone number in any Indonesian spelling.

    "0812-3456-7890", "62 812 3456 7890" and "+6281234567890" are one number.
    Raises `Refused("bad_name")` for anything else.
    """
    typed = typed.strip().lower()
    if "@" in typed:
        if len(typed) <= 254 and _EMAIL.fullmatch(typed):
            return SignInName(email=typed)
        raise Refused("bad_name")
    number = _PHONE_NOISE.sub("", typed)
    if number.startswith("0"):
        number = "+62" + number[1:]
    elif number.startswith("62"):
        number = "+" + number
    if not _PHONE.fullmatch(number):
        raise Refused("bad_name")
    return SignInName(phone=number)


def check_password(password: str, name: str) -> None:
    """Length only, and not the account name: rules of composition make worse passwords."""
    if len(password) < PASSWORD_SHORTEST:
        raise Refused("password_short", shortest=PASSWORD_SHORTEST)
    if len(password) > PASSWORD_LONGEST:
        raise Refused("password_long", longest=PASSWORD_LONGEST)
    if password.casefold() in {name.casefold(), name.casefold().split("@")[0]}:
        raise Refused("password_is_name")
    if len(set(password)) < 4:
        raise Refused("password_monotone")
