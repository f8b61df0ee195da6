"""One-time links: for setting the first password, or another one."""

from __future__ import annotations

import datetime as dt

from kimcms.db import db
from kimcms.domain.accounts import LINK_LASTS, LinkKind
from kimcms.domain.roles import Actor
from kimcms.models.account import OneTimeLink, User
from kimcms.services import notices


def make(kind: LinkKind, user: User, actor: Actor | None, now: dt.datetime) -> OneTimeLink:
    """A new link, within the running unit."""
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


def send(link: OneTimeLink, now: dt.datetime) -> None:
    """Mail it, within the running unit."""
    kind = f"account.{link.kind.value}"
    notices.tell([link.user_id], kind, f"{kind}:{link.id}", now, link=link.id)


def usable(link: OneTimeLink, now: dt.datetime) -> bool:
    """Whether a one-time link still opens."""
    return link.used_at is None and now < link.expires_at
