"""Whether readers see the name of a pewarta: only where the person says so."""

from __future__ import annotations

import datetime as dt

from kimcms.db import NOTHING
from kimcms.domain.roles import Actor
from kimcms.domain.text import slugify
from kimcms.models.account import User
from kimcms.queries import bylines
from kimcms.services.unit import atomic, lock

_LONGEST = 55  # room for a number behind it


def show(user: User, now: dt.datetime, *, shown: bool) -> User:
    """Put the name of the account under all articles of this person, or take it away again."""
    with atomic(NOTHING, now) as unit:
        lock(user)
        if shown == (user.byline_slug is not None):
            return user
        user.byline_slug = _free(slugify(user.name, _LONGEST)) if shown else None
        actor = Actor(user.id)
        unit.record(actor, "account.byline", user, after={"shown": shown})
        unit.gathered.tags |= {"feed", *(f"kim:{kim_id}" for kim_id in bylines.kims_of(user.id))}
        return user


def _free(wanted: str) -> str:
    taken = bylines.taken(wanted)
    numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbers) if slug not in taken)
