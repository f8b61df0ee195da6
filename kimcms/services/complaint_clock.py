"""What time alone does to complaints: reminders, escalation, the end of silence, erasure."""

from __future__ import annotations

import datetime as dt

from kimcms.db import db, kim_scope
from kimcms.domain import complaints as rule
from kimcms.domain.clock import day_of, months_before, start_of
from kimcms.domain.complaints import Kind, Move, Stage, State
from kimcms.domain.roles import Role
from kimcms.models.complaint import Complaint
from kimcms.models.kim import Kim
from kimcms.queries import accounts, complaints
from kimcms.services.complaints import kim_readers, tell, write_down
from kimcms.services.relief import free_moderators
from kimcms.services.unit import atomic, lock

_HALF = rule.span(Kind.PRIVACY) / 2


def escalate(now: dt.datetime) -> int:
    """Tell what half and full time say, each once; how many were told. What was missed while
    nothing ran is told as it stands now."""
    return sum(_told(complaint, now) for complaint in complaints.ticking(now, _HALF))


def _told(complaint: Complaint, now: dt.datetime) -> bool:
    with atomic(kim_scope(complaint.kim_id), now) as unit:
        lock(complaint)
        clock = complaint.stage(now)
        if complaint.state is not State.OPEN or clock is Stage.EARLY:
            return False
        kim = db.session.get_one(Kim, complaint.kim_id)
        told = {*kim_readers(kim.id, now), *free_moderators(kim.id, now)}
        if clock is Stage.OVERDUE and complaint.escalated_at is None:
            complaint.escalated_at = now
            tell(complaint, kim, "overdue", told | _office(kim.id, now), now)
            write_down(unit, complaint, "complaint.overdue")
        elif clock is Stage.HALF and complaint.reminded_at is None:
            complaint.reminded_at = now
            tell(complaint, kim, "half", told, now)
            write_down(unit, complaint, "complaint.half")
        else:
            return False
        return True


def _office(kim_id: int, now: dt.datetime) -> set[int]:
    """Diskominfo, but for those who have a role in this KIM."""
    office = accounts.holders(None, (Role.DISKOMINFO,), now)
    return {user for user in office if not accounts.actor(user).belongs_to(kim_id, now)}


def end_silence(now: dt.datetime) -> int:
    """Close what was answered and not disputed for two weeks; how many."""
    found = complaints.silent(now - rule.ACCEPTED_AFTER)
    for complaint in found:
        with atomic(kim_scope(complaint.kim_id), now) as unit:
            lock(complaint)
            if complaint.state is State.ANSWERED:
                complaint.state = rule.step(complaint.state, Move.CLOSE)
                complaint.closed_at = now
                write_down(unit, complaint, "complaint.silence")
    return len(found)


def erase(months: int, now: dt.datetime) -> int:
    """Forget who complained and what was written, so many months after the end; how many. Number,
    kind and times stay, and so does a published reply: it is part of the news."""
    found = complaints.erasable(start_of(months_before(day_of(now), months)))
    for complaint in found:
        with atomic(kim_scope(complaint.kim_id), now) as unit:
            lock(complaint)
            for name in ("text", "correct", "name", "email", "phone", "answer", "message"):
                setattr(complaint, name, "")
            complaint.closing = ""
            complaint.erased_at = now
            write_down(unit, complaint, "complaint.erase")
    return len(found)
