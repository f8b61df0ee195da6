"""S of the cluster rule: is the decree (SK) that names the board valid?

E is its last day; it is valid through 23:59:59 WIB of E, and every step after it falls on a WIB
day. S is no only when the decree is dead; everything before that warns.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from kimcms.domain.clock import DAY, day_of
from kimcms.domain.ledger import DecreeVerified, Ledger, Opened, RenewalRefused, RenewalRequested
from kimcms.domain.policy import Policy


class DecreeStatus(enum.StrEnum):
    NONE = "none"  # no verified decree: the KIM is forming
    VALID = "valid"
    ENDING_SOON = "ending_soon"
    GRACE = "grace"
    WAITING = "waiting"  # a renewal was requested in time
    WAITING_DISKOMINFO = "waiting_diskominfo"  # still unanswered after the waiting days
    ASSUMED_ENDED = "assumed_ended"  # past grace, but the end is assumed, and that never kills
    DEAD = "dead"


@dataclass(frozen=True)
class Decree:
    """S as it stands on one day, with the entries that say so. `alive` is S; None without one."""

    status: DecreeStatus
    alive: bool | None
    decree_id: int | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    assumed_end: bool = False
    limit: dt.date | None = None  # last day before it dies if nothing is done; None if never
    entries: tuple[int, ...] = ()


def read(policy: Policy, ledger: Ledger, day: dt.date) -> Decree:
    """S on a day, from the decree with the latest start and the answers known by then."""
    decree = _current(ledger)
    if decree is None:
        return Decree(DecreeStatus.NONE, None)
    request = _open_request(policy, ledger, decree)
    status = _status(policy, decree, request is not None, day)
    return Decree(
        status=status,
        alive=status is not DecreeStatus.DEAD,
        decree_id=decree.decree_id,
        start=decree.start,
        end=decree.end,
        assumed_end=decree.assumed_end,
        limit=None if request or decree.assumed_end else decree.end + policy.grace_days * DAY,
        entries=(decree.id, request.id) if request else (decree.id,),
    )


def upcoming(
    policy: Policy, ledger: Ledger, day: dt.date
) -> tuple[tuple[dt.date, DecreeStatus], ...]:
    """The later days on which the status changes, and to what, if nothing more is recorded."""
    found = []
    last = read(policy, ledger, day).status
    for ahead in change_days(policy, ledger):
        status = read(policy, ledger, ahead).status
        if ahead > day and status is not last:
            found.append((ahead, status))
            last = status
    return tuple(found)


def change_days(policy: Policy, ledger: Ledger) -> tuple[dt.date, ...]:
    """All days on which time alone can change the status of the decree in force, rising."""
    decree = _current(ledger)
    if decree is None:
        return ()
    after = (-policy.ending_soon_days, 1, policy.grace_days + 1, policy.waiting_days + 1)
    return tuple(sorted({decree.end + days * DAY for days in after}))


def reminder(policy: Policy, ledger: Ledger, day: dt.date) -> int | None:
    """How many days before E a reminder falls on this day (0 is E itself); None on others."""
    decree = _current(ledger)
    left = (decree.end - day).days if decree else None
    return left if left in policy.reminder_days else None


def due_reminder(policy: Policy, ledger: Ledger, day: dt.date) -> int | None:
    """The newest reminder that is due by this day, so that of several missed ones only the last
    is made up; None before the first and after E."""
    decree = _current(ledger)
    left = (decree.end - day).days if decree else -1
    return min((d for d in policy.reminder_days if 0 <= left <= d), default=None)


def may_request(policy: Policy, ledger: Ledger, day: dt.date) -> bool:
    """Whether a request for renewal recorded on this day counts: from E-90 to E plus grace,
    while none is open."""
    decree = _current(ledger)
    if decree is None or _open_request(policy, ledger, decree) is not None:
        return False
    return -policy.ending_soon_days <= (day - decree.end).days <= policy.grace_days


def requested(policy: Policy, ledger: Ledger) -> bool:
    """Whether a request for the renewal of the decree in force waits for its answer."""
    decree = _current(ledger)
    return decree is not None and _open_request(policy, ledger, decree) is not None


def day_one(ledger: Ledger) -> dt.date | None:
    """Day 1: the later of the start of the first decree and the first opening of the subsite.

    While no decree is verified it is the opening. A KIM whose subsite never opened could not
    publish yet, so its time has not begun: None.
    """
    openings = ledger.of(Opened)
    if not openings:
        return None
    starts = [decree.start for decree in _decrees(ledger)]
    return max(openings[0].day, min(starts)) if starts else openings[0].day


def _decrees(ledger: Ledger) -> list[DecreeVerified]:
    """One entry per decree: the newest, since it corrects the older ones."""
    return list({entry.decree_id: entry for entry in ledger.of(DecreeVerified)}.values())


def _current(ledger: Ledger) -> DecreeVerified | None:
    # With two of one start the one verified last holds: it was looked at with the other known.
    return max(_decrees(ledger), key=lambda d: (d.start, d.recorded_at, d.id), default=None)


def _open_request(
    policy: Policy, ledger: Ledger, decree: DecreeVerified
) -> RenewalRequested | None:
    """The request recorded by E plus grace that no refusal has followed."""
    last_day = decree.end + policy.grace_days * DAY
    timely = [
        entry
        for entry in ledger.of(RenewalRequested)
        if entry.decree_id == decree.decree_id and day_of(entry.recorded_at) <= last_day
    ]
    refused = [e for e in ledger.of(RenewalRefused) if e.decree_id == decree.decree_id]
    if not timely:
        return None
    newest = timely[-1]
    answered = refused and (refused[-1].recorded_at, refused[-1].id) > (
        newest.recorded_at,
        newest.id,
    )
    return None if answered else newest


def _status(policy: Policy, decree: DecreeVerified, waiting: bool, day: dt.date) -> DecreeStatus:
    past = (day - decree.end).days
    if past <= 0:
        soon = -past <= policy.ending_soon_days
        return DecreeStatus.ENDING_SOON if soon else DecreeStatus.VALID
    # A request that is in is said from its day on, also during grace: "hurry" would be wrong.
    if waiting:
        late = past > policy.waiting_days
        return DecreeStatus.WAITING_DISKOMINFO if late else DecreeStatus.WAITING
    if past <= policy.grace_days:
        return DecreeStatus.GRACE
    return DecreeStatus.ASSUMED_ENDED if decree.assumed_end else DecreeStatus.DEAD
