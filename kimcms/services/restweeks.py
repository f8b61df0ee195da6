"""The calendar of rest weeks: set by Diskominfo for the city or one KIM, and lifted again.

A week that was judged already is not judged again: what is entered late acts from the next
evaluation on.
"""

from __future__ import annotations

import datetime as dt

from kimcms.db import CITY, db
from kimcms.domain import ledger as facts
from kimcms.domain.clock import WEEK, monday_of, week_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.cluster import RestWeek
from kimcms.models.kim import Kim
from kimcms.queries import restweeks
from kimcms.services import idempotency, ledger
from kimcms.services.unit import atomic, lock

REASON_LONGEST = 140
WEEKS_BACK, WEEKS_AHEAD = 26, 104


def rest(
    actor: Actor,
    kim: Kim | None,
    day: dt.date,
    reason: str,
    now: dt.datetime,
    key: str | None = None,
) -> RestWeek:
    """The week of this day is one without duty; no KIM is the whole city."""
    reason, monday = clean_line(reason, REASON_LONGEST), monday_of(day)
    if not reason:
        raise Refused("rest_reason")
    if not week_of(now) - WEEKS_BACK * WEEK <= monday <= week_of(now) + WEEKS_AHEAD * WEEK:
        raise Refused("rest_range", back=WEEKS_BACK, ahead=WEEKS_AHEAD)
    kim_id = kim.id if kim else None
    with atomic(CITY, now) as unit:
        if not actor.may(Verb.MANAGE_CALENDAR, kim_id, now):
            raise Refused("not_allowed")
        earlier = idempotency.earlier(actor, key, "rest.set", now)
        if earlier is not None:
            return db.session.get_one(RestWeek, earlier)
        if restweeks.standing(monday, kim_id) is not None:
            raise Refused("rest_twice")
        week = RestWeek(
            monday=monday, kim_id=kim_id, reason=reason, set_by=actor.user_id, set_at=now
        )
        db.session.add(week)
        db.session.flush()
        _tell(week, now, lifted=False)
        unit.record(actor, "rest.set", week, after={"monday": monday.isoformat()})
        idempotency.done(actor, key, week.id)
        return week


def lift(actor: Actor, week: RestWeek, now: dt.datetime) -> RestWeek:
    """It is a week like all others after all."""
    with atomic(CITY, now) as unit:
        lock(week)
        if not actor.may(Verb.MANAGE_CALENDAR, week.kim_id, now):
            raise Refused("not_allowed")
        if week.lifted_at is not None:
            raise Refused("rest_lifted")
        week.lifted_at = now
        _tell(week, now, lifted=True)
        unit.record(actor, "rest.lift", week, before={"monday": week.monday.isoformat()})
        return week


def _tell(week: RestWeek, now: dt.datetime, *, lifted: bool) -> None:
    ledger.append(
        facts.RestWeek,
        week.kim_id,
        now,
        week.id,
        monday=week.monday,
        city=week.kim_id is None,
        lifted=lifted,
    )
