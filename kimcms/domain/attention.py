"""Which KIMs need a call today, why, and by when: the order of the Forum's mentoring.

First what will be lost soon and a call can still prevent, soonest first; then what a volunteer
waits for; then what is already lost and easily won back; last what only patience mends.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kimcms.domain.clock import DAY, WEEK
from kimcms.domain.decrees import Decree, DecreeStatus
from kimcms.domain.publishing import Box
from kimcms.domain.standing import OUTSIDE, Change, Why
from kimcms.domain.terms import Standing

HORIZON = 28  # days ahead within which a loss is worth a call today
SILENT_WEEKS = 6
ENDING_DAYS = 30
RETURNED_DAYS = 30  # what came back longer ago has been given up
_HALF = 6  # weeks that are compared with the as many before them
_CLEAR = 2  # fewer weeks of difference are no trend


class Reason(enum.StrEnum):
    """Why to call; in the order in which it counts."""

    DECREE_DYING = "decree_dying"  # grace, no renewal asked for: dead on `day`
    FALL = "fall"  # the standing falls to `to` on `day`
    STOPS = "stops"  # P goes off on `day`, though the standing stays
    RETURNED = "returned"  # proof came back on `day`, and was not handed in again
    DECREE_ENDING = "decree_ending"  # ends on `day`, no renewal asked for
    RENEW = "renew"  # it publishes, and only the decree (dead since `day`) is missing
    SILENT = "silent"  # no news since the week of `day`
    DEAD = "dead"  # decree dead since `day`, and nothing is published


_LOSSES = (Reason.DECREE_DYING, Reason.FALL, Reason.STOPS)


class Trend(enum.StrEnum):
    UP = "up"
    DOWN = "down"
    EVEN = "even"


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is known of one KIM. `falls` and `p_off` come from the forecast, as far as it looks;
    `silent_run` and `last_monday` (the newest evaluated) from the last evaluation."""

    kim_id: int
    name: str
    standing: Standing
    decree: Decree
    falls: tuple[Change, ...] = ()
    p_on: bool = False
    p_off: dt.date | None = None
    silent_run: int = 0
    last_monday: dt.date | None = None
    returned: dt.date | None = None


@dataclass(frozen=True)
class Call:
    """One KIM to call: the first reason with its day, and what else there is to speak of."""

    kim_id: int
    reason: Reason
    day: dt.date
    to: Standing | None = None
    why: Why | None = None
    more: tuple[Reason, ...] = ()


def first_fall(changes: Iterable[Change]) -> Change | None:
    """The first move that makes the standing worse; leaving `new` for the first cluster is none."""
    for change in changes:
        if change.from_ not in OUTSIDE and change.to > change.from_:
            return change
    return None


def falls_soon(change: Change | None, today: dt.date, days: int = HORIZON) -> bool:
    return change is not None and change.day <= today + days * DAY


def trend(boxes: Sequence[Box]) -> Trend:
    """The newest six weeks against the six before (boxes newest first)."""
    newer = sum(box.filled for box in boxes[:_HALF])
    older = sum(box.filled for box in boxes[_HALF : 2 * _HALF])
    if abs(newer - older) < _CLEAR:
        return Trend.EVEN
    return Trend.UP if newer > older else Trend.DOWN


def rank(situations: Iterable[Situation], today: dt.date) -> list[Call]:
    """Who to call, most urgent first. A KIM stands there once, with all its reasons."""
    found = []
    for kim in situations:
        calls = sorted(_reasons(kim, today), key=_urgency)
        if calls:
            first, *rest = calls
            more = tuple(dict.fromkeys(c.reason for c in rest if c.reason is not first.reason))
            call = Call(kim.kim_id, first.reason, first.day, first.to, first.why, more)
            found.append((_urgency(first), kim.standing, kim.name, call))
    return [call for *_order, call in sorted(found, key=lambda item: item[:3])]


def _urgency(call: Call) -> tuple[int, dt.date]:
    """Losses that can be prevented come first, by their day; else the kind of reason decides."""
    order = list(Reason)
    tier = 0 if call.reason in _LOSSES else order.index(call.reason)
    return tier, call.day


def _reasons(kim: Situation, today: dt.date) -> Iterator[Call]:
    yield from _decree(kim, today)
    fall = first_fall(kim.falls)
    # What the decree does is said by the decree's own reason.
    if fall and falls_soon(fall, today) and fall.why is not Why.DECREE_DEAD:
        yield Call(kim.kim_id, Reason.FALL, fall.day, fall.to, fall.why)
    stops = kim.p_off is not None and kim.p_off <= today + HORIZON * DAY
    if stops and kim.p_off and not (fall and fall.why is Why.PUBLISHING_OFF):
        yield Call(kim.kim_id, Reason.STOPS, kim.p_off)
    if kim.returned and (today - kim.returned).days <= RETURNED_DAYS:
        yield Call(kim.kim_id, Reason.RETURNED, kim.returned)
    alive = kim.standing in (Standing.ONE, Standing.TWO, Standing.THREE)
    if alive and kim.last_monday and kim.silent_run >= SILENT_WEEKS:
        yield Call(kim.kim_id, Reason.SILENT, kim.last_monday - kim.silent_run * WEEK)


def _decree(kim: Situation, today: dt.date) -> Iterator[Call]:
    decree = kim.decree
    if decree.end is None:
        return
    if decree.status is DecreeStatus.GRACE and decree.limit:
        to = Standing.FOUR if kim.standing not in OUTSIDE else None
        yield Call(kim.kim_id, Reason.DECREE_DYING, decree.limit + DAY, to, Why.DECREE_DEAD)
    soon = (decree.end - today).days <= ENDING_DAYS
    asked = len(decree.entries) > 1  # a renewal request that nobody refused
    if decree.status is DecreeStatus.ENDING_SOON and soon and not asked:
        yield Call(kim.kim_id, Reason.DECREE_ENDING, decree.end)
    if decree.status is DecreeStatus.DEAD:
        yield Call(kim.kim_id, Reason.RENEW if kim.p_on else Reason.DEAD, decree.end)
