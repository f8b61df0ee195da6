"""The unit of work: the only place that commits, and the flush listener that keeps pages fresh."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import sqlalchemy as sa
from blinker import Signal
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from kimcms.db import Base, begin_unit, db, tell_scope
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import Actor
from kimcms.models.counter import CHANNEL, PageCounter, PageMoment
from kimcms.models.event import Event
from kimcms.services import chain

_Row = TypeVar("_Row", bound=Base)

# Sent by the engine that committed, with `counters`: the new value of each tag. On PostgreSQL only,
# where a process must not wait until its own notification comes back to it.
committed = Signal()


@dataclass
class Gathered:
    """What one transaction gathers until it is committed."""

    tags: set[str] = field(default_factory=set)
    moments: set[tuple[str, dt.datetime]] = field(default_factory=set)
    events: list[Event] = field(default_factory=list)
    wrote: bool = False
    bulk: bool = False


@dataclass(frozen=True)
class Unit:
    """One change within a transaction: its instant, and what the transaction gathers."""

    now: dt.datetime
    gathered: Gathered = field(default_factory=Gathered)

    def record(
        self,
        actor: Actor,
        verb: str,
        row: Base | None,
        *,
        kim_id: int | None = None,
        reason: str = "",
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
    ) -> None:
        """Append to the history; no row is the city as a whole. Flushes, so that a new row has
        its id."""
        db.session.flush()
        entry = Event(
            at=self.now,
            actor_id=actor.user_id,
            verb=verb,
            kim_id=kim_id if kim_id is not None else getattr(row, "kim_id", None),
            object_type=row.__tablename__ if row is not None else "",
            object_id=getattr(row, "id", None),
            reason=reason,
            before=before or {},
            after=after or {},
        )
        self.gathered.events.append(entry)
        db.session.add(entry)


@contextmanager
def atomic(scope: str, now: dt.datetime, *, eventless: bool = False) -> Iterator[Unit]:
    """Do all of it or nothing: state, history, notices and page counters in one transaction.

    Within another unit it joins that one's transaction, with an instant of its own. A unit that
    writes without recording an event is a mistake and fails, unless `eventless` says that it is
    bookkeeping (attempts, read marks).
    """
    session = db.session
    outer: Unit | None = session.info.get("unit")
    if outer is not None:
        unit = replace(outer, now=now)
        session.info["unit"] = unit
        try:
            yield unit
            session.flush()
        finally:
            session.info["unit"] = outer
        return
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("rows were changed outside of a unit of work")
    session.rollback()  # ends the read transaction: the unit sees what is committed now
    unit = Unit(now)
    reading_scope = session.info.get("scope")
    session.info.update(unit=unit, scope=scope)
    try:
        begin_unit(session)
        yield unit
        session.flush()
        if unit.gathered.wrote and not unit.gathered.events and not eventless:
            raise RuntimeError("a change without an event")
        chain.seal([entry.id for entry in unit.gathered.events])
        counters = _bump(unit.gathered)
        session.commit()
        if counters:
            committed.send(session.get_bind(), counters=counters)
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop("unit")
        session.info["scope"] = reading_scope


def lock(row: _Row) -> _Row:
    """The row as it is now, held until the unit ends, so that two people decide one after the
    other. Raises `Refused("gone")` where it was deleted meanwhile.

    Locked by a statement of its own: rows that were loaded with joins cannot be refreshed FOR
    UPDATE. SQLite holds the whole database already.
    """
    (key,) = sa.inspect(type(row)).primary_key
    (value,) = sa.inspect(row).identity or (None,)
    held = sa.select(key).where(key == value).with_for_update()
    if db.session.scalar(held) is None:
        raise Refused("gone")
    db.session.refresh(row)
    return row


def _bump(gathered: Gathered) -> dict[str, int]:
    """Counters in a fixed order, so that two units never wait for each other in a circle.

    Answers what PostgreSQL will tell all processes when this commits.
    """
    for tag in sorted(gathered.tags):
        upsert(PageCounter, {"tag": tag, "value": 1}, {"value": PageCounter.value + 1})
    for tag, at in sorted(gathered.moments):
        upsert(PageMoment, {"tag": tag, "at": at}, None)
    if not gathered.tags or db.session.get_bind().dialect.name != "postgresql":
        return {}
    words = sa.func.concat(PageCounter.tag, " ", PageCounter.value)
    told = sa.select(PageCounter.tag, PageCounter.value, sa.func.pg_notify(CHANNEL, words)).where(
        PageCounter.tag.in_(sorted(gathered.tags))
    )
    return {tag: value for tag, value, _sent in db.session.execute(told)}


def upsert(
    table: type[Base],
    values: dict[str, Any],
    update: dict[str, Any] | None,
    on: list[str] | None = None,
) -> bool:
    """Insert, or update what is there; whether a row was written.

    The one place where the two databases' words differ. `on` names the unique columns, by default
    the primary key.
    """
    dialect = db.session.get_bind().dialect.name
    insert: Any = postgresql.insert if dialect == "postgresql" else sqlite.insert
    primary = sa.inspect(table).primary_key
    keys = on or [column.name for column in primary]
    statement = insert(table).values(**values)
    if update:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=update)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    # Not by rowcount: psycopg gives none here.
    return db.session.execute(statement.returning(*primary)).first() is not None


def install() -> None:
    """Attach the session listeners. Called once by the wiring."""
    factory = db.session.session_factory
    event.listen(factory, "after_begin", tell_scope)
    event.listen(factory, "after_flush", _collect)
    event.listen(factory, "do_orm_execute", _refuse_bulk)


def _collect(session: Session, _context: UOWTransaction) -> None:
    # After the flush rows have their ids, while what changed can still be read.
    rows = [*session.new, *(r for r in session.dirty if session.is_modified(r)), *session.deleted]
    if not rows:
        return
    unit: Unit | None = session.info.get("unit")
    if unit is None:
        raise RuntimeError("rows are written through a unit of work only")
    gathered = unit.gathered
    gathered.wrote = True
    for row in rows:
        state = sa.inspect(row)
        changed = frozenset(attr.key for attr in state.attrs if attr.history.has_changes())
        tags = row.page_tags(changed)
        gathered.tags |= tags
        moments = row.page_moments(changed)
        gathered.moments |= {(tag, at) for at in moments for tag in tags if at > unit.now}


def _refuse_bulk(state: ORMExecuteState) -> None:
    """Bulk statements give no flush event, so what pages show may only be written by
    `services/bulk.py`, which bumps the counters itself."""
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    unit: Unit | None = state.session.info.get("unit")
    if unit is None:
        raise RuntimeError("rows are written through a unit of work only")
    table = getattr(state.statement, "table", None)
    shown = {
        mapper.local_table
        for mapper in Base.registry.mappers
        if mapper.class_.page_tags is not Base.page_tags
    }
    if table in shown and not unit.gathered.bulk:
        raise RuntimeError(f"{table} is on pages: write it row by row or through services/bulk.py")
