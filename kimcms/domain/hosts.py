"""Which of the three doors a Host header names. The only reader of that header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_HOST = re.compile(
    r"(?=[^:]{1,253}(?::|\Z))((?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*"
    r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)(?::([0-9]{1,5}))?"
)


class Door(StrEnum):
    """The constant labels that routes are bound to."""

    PORTAL = "portal"
    REDAKSI = "redaksi"
    SITUS = "situs"


@dataclass(frozen=True)
class Address:
    """A resolved host. `slug` is set on a subdomain, `alias` where it may be an own domain.

    `www` says that the host is www.<domain>, which leads to the portal.
    """

    door: Door
    host: str
    slug: str | None = None
    alias: str | None = None
    www: bool = False


class BadHost(ValueError):
    """A Host header that names no host: missing, doubled, with userinfo, malformed."""


def resolve(raw: str | None, domain: str) -> Address:
    """The door behind a Host header.

    `<domain>` is the portal, `redaksi.<domain>` the newsroom, one label below the domain a
    subsite, any foreign host maybe a subsite's own domain. Whether such a KIM exists is not
    known here. Raises `BadHost`.
    """
    found = _HOST.fullmatch((raw or "").lower())
    if not found:
        raise BadHost
    host = found[1]
    if host == domain:
        return Address(Door.PORTAL, host)
    if host.endswith("." + domain):
        label = host[: -len(domain) - 1]
        if label == "redaksi":
            return Address(Door.REDAKSI, host)
        if label == "www":
            return Address(Door.PORTAL, host, www=True)
        if "." in label:
            raise UnknownHost
        return Address(Door.SITUS, host, slug=label)
    return Address(Door.SITUS, host, alias=host)


class UnknownHost(LookupError):
    """A well-formed host that cannot be one of ours."""
