"""The board of a KIM: seats by term. A term ends, it is never deleted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kimcms.db import db, kim_scope
from kimcms.domain.board import POSITIONS, rank
from kimcms.domain.clock import DAY, day_of
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor, Verb
from kimcms.domain.text import clean_line
from kimcms.models.kim import BoardMember, Kim
from kimcms.queries import boards, decrees
from kimcms.services.unit import atomic, lock

EARLIEST = dt.date(1995, 1, 1)


@dataclass(frozen=True)
class Seat:
    """Somebody's place on the board."""

    position: str
    name: str


def add(
    actor: Actor,
    kim: Kim,
    seat: Seat,
    since: dt.date,
    now: dt.datetime,
    *,
    decree_id: int | None = None,
) -> BoardMember:
    """One more seat, named by a decree where one is given."""
    with atomic(kim_scope(kim.id), now) as unit:
        _open_for(actor, kim, since, decree_id, now)
        row = _seated(kim, seat, since, decree_id)
        unit.record(actor, "board.add", row, after={"position": row.position})
        return row


def end(actor: Actor, row: BoardMember, last: dt.date, now: dt.datetime) -> BoardMember:
    """A term ends; `last` is its last day."""
    with atomic(kim_scope(row.kim_id), now) as unit:
        lock(row)
        if not actor.may(Verb.MANAGE_BOARD, row.kim_id, now):
            raise Refused("not_allowed")
        if row.until is not None:
            raise Refused("seat_ended")
        if not row.since <= last <= day_of(now):
            raise Refused("seat_end")
        row.until = last
        unit.record(actor, "board.end", row, after={"until": last.isoformat()})
        return row


def renew(
    actor: Actor,
    kim: Kim,
    seats: Iterable[Seat],
    since: dt.date,
    now: dt.datetime,
    *,
    decree_id: int | None = None,
) -> list[BoardMember]:
    """A whole new board: the present terms end the day before, or on their first day."""
    named = [seat for seat in seats if clean_line(seat.name, 80)]
    if not named:
        raise Refused("board_empty")
    with atomic(kim_scope(kim.id), now) as unit:
        _open_for(actor, kim, since, decree_id, now)
        for row in boards.boards(kim.id).now:
            lock(row)
            row.until = max(row.since, since - DAY)
        rows = [_seated(kim, seat, since, decree_id) for seat in named]
        unit.record(actor, "board.renew", kim, kim_id=kim.id, after={"seats": len(rows)})
        return rows


def _open_for(
    actor: Actor, kim: Kim, since: dt.date, decree_id: int | None, now: dt.datetime
) -> None:
    if not actor.may(Verb.MANAGE_BOARD, kim.id, now):
        raise Refused("not_allowed")
    if not EARLIEST <= since <= day_of(now):
        raise Refused("seat_since")
    if decree_id is not None and decrees.decree(kim.id, decree_id) is None:
        raise Refused("decree_unknown")


def _seated(kim: Kim, seat: Seat, since: dt.date, decree_id: int | None) -> BoardMember:
    name = clean_line(seat.name, 80)
    if not name:
        raise Refused("name_missing")
    if seat.position not in POSITIONS:
        raise Refused("position_unknown")
    row = BoardMember(
        kim_id=kim.id,
        decree_id=decree_id,
        name=name,
        position=seat.position,
        rank=rank(seat.position),
        since=since,
    )
    db.session.add(row)
    return row
