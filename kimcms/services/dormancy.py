"""Keeping a subsite awake, and waking one that sleeps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kimcms.db import CITY, db, kim_scope
from kimcms.domain.clock import DAY, day_of
from kimcms.domain.dormancy import LINK_LASTS, asleep, seen_last
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Role, Verb
from kimcms.models.kim import Kim
from kimcms.queries import accounts
from kimcms.queries import dormancy as sleepers
from kimcms.services import notices
from kimcms.services.unit import Unit, atomic, lock

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def seen(kims: Iterable[Kim], days: int, now: dt.datetime) -> None:
    """Somebody of these KIMs has come: those that are awake stay so. Written once a day; on no page
    of readers."""
    due = [kim for kim in kims if not asleep(kim, days, now) and _is_due(kim, now)] if days else []
    if not due:
        return
    with atomic(CITY, now, eventless=True):
        for kim in due:
            lock(kim)
            if not asleep(kim, days, now):
                kim.awake_at = now


def _is_due(kim: Kim, now: dt.datetime) -> bool:
    return kim.awake_at is None or kim.awake_at <= now - DAY


def wake(actor: Actor, kim: Kim, now: dt.datetime) -> None:
    """The Forum or Diskominfo wakes it, after a word with its head."""
    with atomic(kim_scope(kim.id), now) as unit:
        lock(kim)
        if not actor.may(Verb.WAKE, kim.id, now):
            raise Refused("not_allowed")
        _wake(unit, actor, kim, "")


def wake_by_link(ticket: list[int], days: int, now: dt.datetime) -> Kim:
    """The head wakes it by the link of a letter. It opens once: waking changes what it names."""
    kim, actor = ticket_of(ticket, days, now)
    with atomic(kim_scope(kim.id), now) as unit:
        lock(kim)
        ticket_of(ticket, days, now)
        _wake(unit, actor, kim, "link")
        return kim


def ticket_of(ticket: list[int], days: int, now: dt.datetime) -> tuple[Kim, Actor]:
    """The KIM and the head that a link is for, while it sleeps since the same instant and the
    person is its head; else `Refused("wake_link")`."""
    kim_id, user_id, since, made = ticket
    kim, actor = db.session.get(Kim, kim_id), accounts.actor(user_id)
    good = (
        kim is not None
        and asleep(kim, days, now)
        and _number(seen_last(kim)) == since
        and _number(now - LINK_LASTS) < made
        and Role.HEAD in actor.roles(kim_id, now)
    )
    if kim is None or not good:
        raise Refused("wake_link")
    return kim, actor


def remind(days: int, now: dt.datetime) -> int:
    """Send each sleeping KIM's heads a link, once for each sleep; how many KIMs sleep."""
    found = sleepers.sleeping(days, now) if days else []
    if found:
        with atomic(CITY, now, eventless=True):
            for kim in found:
                _send(kim, "sleep", now)
    return len(found)


def ask(kim: Kim, now: dt.datetime) -> None:
    """Somebody of the KIM asks for another link to its heads: one a day."""
    with atomic(CITY, now, eventless=True):
        _send(kim, day_of(now).isoformat(), now)


def _wake(unit: Unit, actor: Actor, kim: Kim, how: str) -> None:
    kim.awake_at = unit.now
    unit.record(actor, "kim.wake", kim, kim_id=kim.id, after={"by": how or "city"})


def _send(kim: Kim, when: str, now: dt.datetime) -> None:
    since = _number(seen_last(kim))
    for user_id in accounts.holders(kim.id, (Role.HEAD,), now):
        notices.tell(
            [user_id],
            "wake.link",
            f"wake.link:{kim.id}:{since}:{when}",
            now,
            kim_id=kim.id,
            path=f"/k/{kim.slug}/tidur",
            kim=kim.name,
            wake=[kim.id, user_id, since, _number(now)],
        )


def _number(at: dt.datetime | None) -> int:
    return (at - EPOCH) // dt.timedelta(microseconds=1) if at else 0
