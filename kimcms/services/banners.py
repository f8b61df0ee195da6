"""The emergency banner above every reader page: put up, and ended before its time."""

from __future__ import annotations

import datetime as dt

from kimcms.db import CITY, db
from kimcms.domain.banner import BANNER_LONGEST, LINK_LONGEST, TEXT_LONGEST, Level
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.banner import Banner
from kimcms.services import idempotency
from kimcms.services.unit import atomic, lock


def drafted(
    text: str,
    link: str,
    level: Level,
    starts: dt.datetime | None,
    ends: dt.datetime,
    now: dt.datetime,
) -> Banner:
    """The banner as it would stand, stored nowhere yet; no start is at once. Raises `Refused`."""
    text, link = clean_line(text, TEXT_LONGEST), link.strip()
    if not text:
        raise Refused("banner_text")
    if link and (
        not link.startswith("https://") or link != clean_line(link, LINK_LONGEST) or " " in link
    ):
        raise Refused("banner_link")
    begins = max(starts or now, now)
    if not begins < ends <= begins + BANNER_LONGEST:
        raise Refused("banner_range", days=BANNER_LONGEST.days)
    return Banner(text=text, link=link, level=level, starts_at=begins, ends_at=ends)


def put_up(actor: Actor, banner: Banner, now: dt.datetime, key: str | None = None) -> Banner:
    """Show a `drafted` banner from its start on."""
    with atomic(CITY, now) as unit:
        _allowed(actor, now)
        earlier = idempotency.earlier(actor, key, "banner.put_up", now)
        if earlier is not None:
            return db.session.get_one(Banner, earlier)
        banner.set_at, banner.set_by = now, actor.user_id
        db.session.add(banner)
        unit.record(actor, "banner.put_up", banner, after={"level": banner.level})
        idempotency.done(actor, key, banner.id)
        return banner


def end(actor: Actor, banner: Banner, now: dt.datetime) -> Banner:
    """Take it down now; one that has not begun never shows."""
    with atomic(CITY, now) as unit:
        lock(banner)
        _allowed(actor, now)
        if banner.ends_at <= now:
            raise Refused("banner_over")
        banner.ends_at = now
        unit.record(actor, "banner.end", banner)
        return banner


def _allowed(actor: Actor, now: dt.datetime) -> None:
    if not actor.may(Verb.MANAGE_PORTAL, None, now):
        raise Refused("not_allowed")
