"""Attempts that the newsroom refused stand in the history too, up to a number that no script can
make it overflow with."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kimcms.db import CITY, db
from kimcms.domain.roles import Actor
from kimcms.models.account import User
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.queries import audit
from kimcms.services.unit import atomic, lock

WINDOW = dt.timedelta(hours=1)
MOST = 20


def note(
    actor: Actor,
    verb: str,
    about: Article | Kim | None,
    why: str,
    now: dt.datetime,
    **names: Any,
) -> None:
    """Somebody tried `verb` and was refused. Of more than `MOST` within an hour the first of the
    others is told, as one that is."""
    assert actor.user_id is not None
    with atomic(CITY, now, eventless=True) as unit:
        lock(db.session.get_one(User, actor.user_id))  # its tries are counted one by one
        told = audit.refusals(actor.user_id, now - WINDOW)
        if told > MOST:
            return
        kim_id = about.id if isinstance(about, Kim) else None
        after = {"why": why, **names}
        if told == MOST:
            about, kim_id, verb, after = None, None, "more", {"most": MOST}
        unit.record(actor, f"{audit.REFUSED}{verb}"[:40], about, kim_id=kim_id, after=after)
