"""Assistance: told by the KIM, answered by the Forum, closed with the KIM's word.

Each deed leaves an entry, and an event without its words. Nobody helps the own KIM in the
Forum's name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from kimcms.db import CITY, db, kim_scope
from kimcms.domain import assistance as rule
from kimcms.domain.assistance import Course, Deed, Difficulty, Said
from kimcms.domain.attention import Reason
from kimcms.domain.clock import day_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import KIM_ROLES, Actor, Role, Verb
from kimcms.models.account import User
from kimcms.models.assistance import Assistance, AssistanceEntry
from kimcms.models.kim import Kim
from kimcms.queries import accounts
from kimcms.queries import assistance as cases
from kimcms.services import idempotency, notices
from kimcms.services.relief import free_moderators, relieved
from kimcms.services.unit import Unit, atomic, lock


def tell(
    actor: Actor,
    kim: Kim,
    about: Difficulty,
    words: str,
    now: dt.datetime,
    key: str | None = None,
) -> Assistance:
    """Somebody of the KIM tells a difficulty. The Forum answers within a few days."""
    with atomic(kim_scope(kim.id), now) as unit:
        lock(kim)
        if not actor.may(Verb.ASK_HELP, kim.id, now):
            raise Refused("not_allowed")
        earlier = idempotency.earlier(actor, key, "assistance.tell", now)
        if earlier is not None and (made := cases.of_kim(kim.id, earlier)) is not None:
            return made
        case = _new(actor, kim, about, words, now)
        case.waits_since, case.next_on = now, rule.answer_by(day_of(now))
        unit.record(actor, "assistance.tell", case, after={"about": about.value})
        idempotency.done(actor, key, case.id)
        _tell_forum("assistance.tell", case, kim, helpers(kim.id, now), now)
        return case


def begin(
    actor: Actor,
    kim: Kim,
    about: Difficulty,
    said: Said,
    now: dt.datetime,
    *,
    reason: Reason | None = None,
    key: str | None = None,
) -> Assistance:
    """The Forum begins, in words that the KIM reads. `reason` is what the tracker saw: on that
    one case at a time is enough."""
    rule.check_next(said.day, day_of(now))
    with atomic(kim_scope(kim.id), now) as unit:
        lock(kim)
        _may(actor, Verb.ASSIST, kim.id, now)
        earlier = idempotency.earlier(actor, key, "assistance.begin", now)
        if earlier is not None and (made := cases.of_kim(kim.id, earlier)) is not None:
            return made
        if reason is not None and cases.open_cases(kim.id):
            raise Refused("assistance_running")
        case = _new(actor, kim, about, said.words, now)
        case.reason = reason.value if reason else ""
        case.owner_id, case.next_on = actor.user_id, said.day
        after = {"about": about.value, "reason": case.reason}
        unit.record(actor, "assistance.begin", case, after=after)
        idempotency.done(actor, key, case.id)
        _tell_kim(actor, "assistance.begin", case, kim, now)
        return case


def do(
    actor: Actor,
    case: Assistance,
    deed: Deed,
    said: Said,
    now: dt.datetime,
    key: str | None = None,
) -> None:
    """One deed of KIM or Forum; which ones are open when stands in `domain/assistance.py`.

    A case that nobody owns, or somebody who may not help this KIM any more, becomes that of who
    does something in it.
    """
    with atomic(kim_scope(case.kim_id), now) as unit:
        kim = _held(actor, case, deed, now)
        if idempotency.earlier(actor, key, f"assistance.{deed}", now) is not None:
            return
        entry = _entered(unit, actor, case, deed, said.clean(), now)
        idempotency.done(actor, key, entry.id)
        mark = f"assistance.{deed}:{entry.id}"
        if deed in rule.OF_KIM:
            _tell_forum(f"assistance.{deed}", case, kim, _owners(case, now), now, mark)
            return
        if case.owner_id not in helpers(kim.id, now):
            case.owner_id = actor.user_id
        if deed not in rule.INNER:
            day = said.day.isoformat() if said.day else ""
            _tell_kim(actor, f"assistance.{deed}", case, kim, now, mark, day=day, place=entry.place)


def hand(
    actor: Actor, case: Assistance, to: int, words: str, now: dt.datetime, key: str | None = None
) -> None:
    """Given to somebody who may help this KIM, or taken by oneself."""
    with atomic(kim_scope(case.kim_id), now) as unit:
        kim = _held(actor, case, Deed.HAND, now)
        if idempotency.earlier(actor, key, "assistance.hand", now) is not None:
            return
        if to not in helpers(kim.id, now):
            raise Refused("assistance_owner")
        owner = db.session.get_one(User, to)
        before, case.owner_id = case.owner_id, to
        said = Said(words, who=owner.name).clean()
        entry = _entered(unit, actor, case, Deed.HAND, said, now, {"owner": before}, {"owner": to})
        idempotency.done(actor, key, entry.id)
        mark = f"assistance.hand:{entry.id}"
        _tell_forum("assistance.hand", case, kim, {to} - {actor.user_id}, now, mark)


def helpers(kim_id: int, now: dt.datetime) -> list[int]:
    """Who may own a case of this KIM: the free moderators, or else those of Diskominfo."""
    free = free_moderators(kim_id, now)
    if free:
        return free
    office = accounts.holders(None, (Role.DISKOMINFO,), now)
    return [user_id for user_id in office if not accounts.actor(user_id).belongs_to(kim_id, now)]


def remind(now: dt.datetime) -> int:
    """Tell the owners of cases whose next date is here; how many. Once for each date of a case."""
    due = cases.due(now)
    if due:
        with atomic(CITY, now, eventless=True):
            for case, kim in due:
                lock(case)
                case.reminded_on, day = case.next_on, str(case.next_on)
                key = f"assistance.due:{case.id}:{day}"
                owners = _owners(case, now)
                _tell_forum("assistance.due", case, kim, owners, now, key, day=day)
    return len(due)


def course(case: Assistance) -> Course:
    """Where a case is, as the rule reads it."""
    return Course(case.phase, case.next_on, case.visit_on, case.waits_since, case.asked_at)


def _new(actor: Actor, kim: Kim, about: Difficulty, words: str, now: dt.datetime) -> Assistance:
    if kim.closed_at is not None:
        raise Refused("kim_closed")
    words = Said(words).clean().words
    if not words:
        raise Refused("assistance_words")
    if cases.open_cases(kim.id) >= rule.MOST_OPEN:
        raise Refused("assistance_many", limit=rule.MOST_OPEN)
    case = Assistance(
        kim_id=kim.id, about=about, words=words, opened_at=now, opened_by=actor.user_id
    )
    db.session.add(case)
    db.session.flush()
    return case


def _held(actor: Actor, case: Assistance, deed: Deed, now: dt.datetime) -> Kim:
    """Holds the case and makes sure that this person may do that."""
    lock(case)
    verb = Verb.ASK_HELP if deed in rule.OF_KIM else Verb.ASSIST
    _may(actor, verb, case.kim_id, now)
    return db.session.get_one(Kim, case.kim_id)


def _may(actor: Actor, verb: Verb, kim_id: int, now: dt.datetime) -> None:
    relief = verb is Verb.ASSIST and relieved(kim_id, now)
    if not actor.may(verb, kim_id, now, relief=relief):
        raise Refused("not_allowed")


def _entered(
    unit: Unit,
    actor: Actor,
    case: Assistance,
    deed: Deed,
    said: Said,
    now: dt.datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> AssistanceEntry:
    """The case goes on by the rule, with an entry and an event."""
    old = course(case)
    new = rule.go_on(old, deed, said, now)
    case.phase, case.next_on, case.visit_on = new.phase, new.next_on, new.visit_on
    case.waits_since, case.asked_at = new.waits_since, new.asked_at
    if new.phase is rule.Phase.CLOSED:
        case.closed_at = now
    entry = AssistanceEntry(
        kim_id=case.kim_id,
        assistance_id=case.id,
        deed=deed,
        words=said.words,
        day=said.day,
        place=said.place,
        who=said.who,
        made_at=now,
        made_by=actor.user_id,
    )
    db.session.add(entry)
    unit.record(
        actor,
        f"assistance.{deed}",
        case,
        before={**_told(old), **(before or {})},
        after={**_told(new), **(after or {})},
    )
    return entry


def _told(course: Course) -> dict[str, object]:
    day = course.next_on.isoformat() if course.next_on else None
    return {"phase": course.phase.value, "next_on": day}


def _owners(case: Assistance, now: dt.datetime) -> Iterable[int]:
    """Whom the Forum's side of a case is told to: its owner, while there is one who may help."""
    able = helpers(case.kim_id, now)
    return [case.owner_id] if case.owner_id in able else able


def _tell_forum(
    kind: str,
    case: Assistance,
    kim: Kim,
    users: Iterable[int | None],
    now: dt.datetime,
    key: str = "",
    **data: str,
) -> None:
    notices.tell(
        [user_id for user_id in users if user_id is not None],
        kind,
        key or f"{kind}:{case.id}",
        now,
        kim_id=kim.id,
        path=f"/pendampingan/{case.id}",
        kim=kim.name,
        **data,
    )


def _tell_kim(
    actor: Actor,
    kind: str,
    case: Assistance,
    kim: Kim,
    now: dt.datetime,
    key: str = "",
    **data: str,
) -> None:
    """Those who lead the KIM's newsroom, and who told of it."""
    members = accounts.holders(kim.id, KIM_ROLES, now)
    leading = accounts.holders(kim.id, (Role.HEAD, Role.EDITOR), now)
    told = {*leading, *(user_id for user_id in members if user_id == case.opened_by)}
    notices.tell(
        [user_id for user_id in told if user_id != actor.user_id],
        kind,
        key or f"{kind}:{case.id}",
        now,
        kim_id=kim.id,
        path=f"/k/{kim.slug}/pendampingan/{case.id}",
        kim=kim.name,
        **data,
    )
