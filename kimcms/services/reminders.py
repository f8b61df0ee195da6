"""What the daily run tells about decrees: their end comes near, grace began, they are dead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain import decrees as rule
from kimcms.domain.clock import day_of
from kimcms.domain.decrees import DecreeStatus
from kimcms.domain.ledger import Ledger
from kimcms.domain.policy import Policy
from kimcms.domain.roles import Role
from kimcms.models.kim import Kim
from kimcms.models.notice import Notice
from kimcms.queries import accounts as people
from kimcms.queries import decrees as shelves
from kimcms.queries.clusters import policy_in_force
from kimcms.services import notices
from kimcms.services.unit import atomic

# Past E; before it the days left are the message.
_PAST = {
    DecreeStatus.GRACE: "decree.grace",
    DecreeStatus.ASSUMED_ENDED: "decree.assumed_ended",
    DecreeStatus.DEAD: "decree.dead",
}


@dataclass(frozen=True)
class Message:
    """One thing to tell about the decree in force of a KIM; its key is told once."""

    kind: str
    key: str
    kim_id: int
    path: str
    data: dict[str, str]


def remind(now: dt.datetime) -> int:
    """Tell heads and Diskominfo what is due; how many messages. Running it again tells nothing.

    A constant number of queries, however many KIMs: what was told already is read at once.
    """
    policy, kims = policy_in_force(now), shelves.running_kims()
    ledgers = shelves.ledgers()
    due = [
        message
        for kim_id, kim in kims.items()
        if kim_id in ledgers and (message := _message(policy, kim, ledgers[kim_id], now))
    ]
    if not due:
        return 0
    heads, office = people.heads(now), people.holders(None, (Role.DISKOMINFO,), now)
    told, count = _told(), 0
    with atomic(CITY, now, eventless=True):
        for message in due:
            users = {*heads.get(message.kim_id, ()), *office}
            if users and message.key not in told:
                _tell(users, message, now)
                count += 1
    return count


def _message(policy: Policy, kim: Kim, ledger: Ledger, now: dt.datetime) -> Message | None:
    day = day_of(now)
    read = rule.read(policy, ledger, day)
    if read.decree_id is None or read.end is None:
        return None
    data = {"kim": kim.name, "end": read.end.isoformat()}
    left = rule.due_reminder(policy, ledger, day)
    if left is not None:
        kind, mark = "decree.ending", f"decree.ending:{read.decree_id}:{left}"
        data["left"] = str((read.end - day).days)
    elif read.status in _PAST and not _was_so(policy, ledger, read):
        kind = _PAST[read.status]
        mark = f"{kind}:{read.decree_id}"
        data["day"] = read.limit.isoformat() if read.limit else ""
    else:
        return None
    return Message(kind, mark, kim.id, f"/k/{kim.slug}/sk/{read.decree_id}", data)


def _was_so(policy: Policy, ledger: Ledger, read: rule.Decree) -> bool:
    """Whether the decree stood as it does when it was verified: who brought an old paper knows,
    and a file of many at go-live is no news of the next morning."""
    (entry,) = (e for e in ledger.entries if e.id == read.entries[0])
    then = rule.read(policy, ledger.through(entry.recorded_at), day_of(entry.recorded_at))
    return then.status is read.status


def _told() -> set[str]:
    """What was told of decrees to anybody: whoever joins later is not told it all again."""
    kinds = ("decree.ending", *_PAST.values())
    keys = db.session.scalars(sa.select(Notice.key).where(Notice.kind.in_(kinds)))
    return {key.rpartition(":")[0] for key in keys}


def _tell(users: set[int], message: Message, now: dt.datetime) -> None:
    notices.tell(
        users,
        message.kind,
        message.key,
        now,
        kim_id=message.kim_id,
        path=message.path,
        **message.data,
    )
