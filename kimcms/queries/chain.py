"""The chains of the history as they lie in the database, byte for byte."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, partial
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.chain import CITY_CHAIN, Fault, Head, Line, fault, lost
from kimcms.models.event import ChainHead, Event

_BATCH = 2000
_EVENT: Any = Event.__table__


def by_id(ids: Collection[int]) -> list[tuple[int, Line]]:
    """These entries by id, each with the chain that it belongs to. What the running change wrote
    is seen."""
    statement = _lines().where(_EVENT.c.id.in_(ids)).order_by(_EVENT.c.id)
    return [(row[4] or CITY_CHAIN, _line(row)) for row in _execute(statement)]


def of_chain(chain: int) -> Iterator[Line]:
    """A chain from its beginning, a few at a time in memory."""
    ordered = sa.tuple_(_EVENT.c.place, _EVENT.c.id)
    statement = _lines().where(_whose(chain), _EVENT.c.place.is_not(None))
    statement = statement.order_by(_EVENT.c.place, _EVENT.c.id).limit(_BATCH)
    found = [_line(row) for row in _execute(statement)]
    while found:
        yield from found
        last = sa.tuple_(sa.literal(found[-1].place), sa.literal(found[-1].id))
        found = [_line(row) for row in _execute(statement.where(ordered > last))]


def heads() -> dict[int, Head]:
    """The ends of all chains as they are written down."""
    table: Any = ChainHead.__table__
    rows = _execute(sa.select(table).order_by(table.c.chain))
    return {chain: Head(place, hash) for chain, place, hash in rows}


def faults(kept: dict[int, Head]) -> Iterator[tuple[int, Fault]]:
    """The first fault of each chain; `kept` are heads of an earlier day."""
    ends = heads()
    known = {kim_id or CITY_CHAIN for (kim_id,) in _execute(sa.select(_EVENT.c.kim_id).distinct())}
    for chain in sorted(known | ends.keys() | kept.keys()):
        lines = partial(of_chain, chain)
        found = _loose(chain) or fault(lines, ends.get(chain))
        if found is None and chain in kept:
            found = lost(lines, kept[chain])
        if found is not None:
            yield chain, found


def _loose(chain: int) -> Fault | None:
    """An entry outside of its chain: the program writes none."""
    outside = sa.or_(_EVENT.c.place.is_(None), _EVENT.c.hash.is_(None))
    found = db.session.connection().scalar(
        sa.select(sa.func.min(_EVENT.c.id)).where(_whose(chain), outside)
    )
    return None if found is None else Fault("inserted", None, found)


def _whose(chain: int) -> sa.ColumnElement[bool]:
    whose: sa.ColumnElement[bool] = _EVENT.c.kim_id == chain
    return _EVENT.c.kim_id.is_(None) if chain == CITY_CHAIN else whose


def _execute(statement: sa.Executable) -> Any:
    return db.session.connection().execute(statement)


def _lines() -> sa.Select[Any]:
    return _raw(db.session.get_bind().dialect.name)


@cache
def _raw(dialect: str) -> sa.Select[Any]:
    """All columns as what is stored, so that no byte is read past: JSON as its text, instants in
    the one spelling of both databases, and on SQLite, which takes anything, texts as bytes."""
    columns = _EVENT.c
    raw: Any = sa.Text if dialect == "postgresql" else sa.LargeBinary
    instant: Any = sa.cast(columns.at, raw)
    if dialect == "postgresql":
        at_utc = sa.func.timezone("UTC", columns.at)
        instant = sa.func.to_char(at_utc, "YYYY-MM-DD HH24:MI:SS.US")
    return sa.select(
        columns.id,
        instant,
        columns.actor_id,
        sa.cast(columns.verb, raw),
        columns.kim_id,
        sa.cast(columns.object_type, raw),
        columns.object_id,
        *(sa.cast(column, raw) for column in (columns.reason, columns.before, columns.after)),
        columns.place,
        sa.cast(columns.hash, raw),
    )


def _line(row: sa.Row[Any]) -> Line:
    *values, place, hash = [
        value.decode(errors="backslashreplace") if isinstance(value, bytes) else value
        for value in row
    ]
    return Line(values, place, hash)
