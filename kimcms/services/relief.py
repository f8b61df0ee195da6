"""Who is free to decide about a KIM: the moderators that do not belong to it, or Diskominfo where
there is none. `besides` is a person who has had a say already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from kimcms.domain.roles import Role
from kimcms.queries import accounts


def free_moderators(kim_id: int, now: dt.datetime, besides: int | None = None) -> list[int]:
    """The ids of the moderators who may decide about a KIM."""
    free = [person for person in accounts.moderators() if not person.belongs_to(kim_id, now)]
    return [p.user_id for p in free if p.user_id is not None and p.user_id != besides]


def deciders(kim_id: int, now: dt.datetime, besides: int | None = None) -> list[int]:
    """Whom to tell that something of this KIM waits for the Forum."""
    found = free_moderators(kim_id, now, besides)
    return found or accounts.holders(None, (Role.DISKOMINFO,), now)


def relieved(kim_id: int, now: dt.datetime, besides: int | None = None) -> bool:
    """No moderator is free to decide about this KIM, so that Diskominfo may."""
    return not free_moderators(kim_id, now, besides)


def relieved_of(kim_ids: Collection[int], now: dt.datetime) -> set[int]:
    """Those of these KIMs about which no moderator is free to decide. One query, or none."""
    moderators = accounts.moderators() if kim_ids else []
    return {kim_id for kim_id in kim_ids if all(p.belongs_to(kim_id, now) for p in moderators)}
