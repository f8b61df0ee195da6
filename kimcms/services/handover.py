"""Handover: after a new decree the old board's newsroom roles end when the new head has signed
in, at the latest 14 days after the verification.

The end stands in the membership from the verification on, so that it comes also where no job
runs; the new head's first sign-in brings it forward.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from kimcms.db import CITY, db
from kimcms.domain.clock import day_of
from kimcms.domain.handover import AT_THE_LATEST
from kimcms.domain.roles import SYSTEM, Actor, Role
from kimcms.models.account import Membership, User
from kimcms.models.kim import Kim
from kimcms.queries import handover as leaving
from kimcms.services import notices
from kimcms.services.signins import end_sign_ins
from kimcms.services.unit import Unit, atomic, lock


def begin(unit: Unit, actor: Actor, kim: Kim, head: User, now: dt.datetime) -> None:
    """The verified decree names this head, who holds the role by now: the other heads' roles
    get their end. Within the running unit."""
    db.session.flush()
    rows = leaving.heads(kim.id, now)
    new = next(row for row in rows if row.user_id == head.id)
    latest, old = now + AT_THE_LATEST, [row for row in rows if row.user_id != head.id]
    for row in old:
        lock(row)
        if row.until is None or row.until > latest:
            row.until = latest
        after = {"user": row.user_id, "head": head.id, "until": day_of(row.until).isoformat()}
        unit.record(actor, "handover.begin", row, after=after)
        _tell("handover.leaving", row, [row.user_id], kim, now, head=head.name)
    if new.since == now or old:
        _tell("handover.head", new, [head.id], kim, now)
    # Somebody who was head already has signed in as such: nothing is left to wait for.
    if new.since < now and leaving.signed_in_since(head.id, new.since):
        _end(unit, old, now)


def arrived(user_id: int, now: dt.datetime) -> None:
    """This person has signed in: where they are the new head, the old ones go."""
    if leaving.making_room_for(user_id, now):
        with atomic(CITY, now) as unit:
            _end(unit, leaving.making_room_for(user_id, now), now)


def step(now: dt.datetime) -> int:
    """The daily look: tell of roles that ended by their date; how many. Idempotent."""
    rows = leaving.lapsed(now)
    if rows:
        with atomic(CITY, now) as unit:
            _end(unit, leaving.lapsed(now), now)
    return len(rows)


def leaves(actor: Actor, kim_id: int, now: dt.datetime) -> bool:
    """Whether this person is a head there only until the handover is over."""
    own = [g for g in actor.grants if g.kim_id == kim_id and g.role is Role.HEAD and g.holds(now)]
    return bool(own) and all(grant.until is not None for grant in own)


def _end(unit: Unit, rows: Iterable[Membership], now: dt.datetime) -> None:
    for row in rows:
        lock(row)
        if row.until is None or row.kim_id is None:
            continue
        row.until = min(row.until, now)
        end_sign_ins(row.user_id, now)
        unit.record(SYSTEM, "handover.end", row, after={"user": row.user_id})
        kim = db.session.get_one(Kim, row.kim_id)
        _tell("handover.ended", row, [row.user_id], kim, now)
        stay = [m for m in leaving.heads(kim.id, now) if m.until is None]
        who = db.session.get_one(User, row.user_id).name
        _tell("handover.done", row, [m.user_id for m in stay], kim, now, who=who)


def _tell(
    kind: str, row: Membership, users: list[int], kim: Kim, now: dt.datetime, **more: str
) -> None:
    until = day_of(row.until).isoformat() if row.until else ""
    path = f"/k/{kim.slug}/anggota" if kind in {"handover.head", "handover.done"} else ""
    key = f"{kind}:{row.id}:{now.timestamp():.0f}"
    data = {"kim": kim.name, "day": until, **more}
    notices.tell(users, kind, key, now, kim_id=kim.id, path=path, **data)
