"""Putting a whole city into an empty database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import sqlalchemy as sa

from kimcms.db import CITY, db, tell
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import SYSTEM
from kimcms.models.account import OneTimeLink, SignIn, User
from kimcms.models.article import Article
from kimcms.models.counter import PageCounter
from kimcms.models.event import Event
from kimcms.models.kim import Kim
from kimcms.queries import whole
from kimcms.queries.whole import Row
from kimcms.services import bulk, search

_AT_ONCE = 500
# A table that has a row of its own is not empty; the register and topics come with migrations.
_OWN = (Kim, User, Article, Event)

Source = Callable[[sa.Table], Iterable[Row]]
Progress = Callable[[int], object]


def fill(engine: sa.Engine, source: Source, progress: Progress = lambda rows: None) -> None:
    """Take in all rows of all tables, in one transaction; `progress` hears how many at a time.

    Raises `Refused("not_empty")` where the place holds a KIM, a person, an article or a history.
    """
    with engine.begin() as connection:
        tell(connection, CITY)
        for model in _OWN:
            if connection.execute(sa.select(model.__table__).limit(1)).first():
                raise Refused("not_empty")
        for table in reversed(whole.tables()):
            connection.execute(sa.delete(table))
        for table in whole.tables():
            _insert(connection, table, source(table), progress)
        for table in whole.tables():
            if whole.late(table):
                _refer(connection, table, source(table))
        for table in whole.tables():
            bulk.numbered(connection, table)


def settle(now: dt.datetime, why: str) -> None:
    """What follows a restore: another line of time begins.

    Nobody is signed in, links that were sent once are void, the search is made again, and no page
    that a reader kept is taken for fresh: the counters jump beyond whatever they have been.
    """
    with bulk.bulk(now) as unit:
        db.session.execute(sa.update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=now))
        db.session.execute(
            sa.update(OneTimeLink).where(OneTimeLink.used_at.is_(None)).values(expires_at=now)
        )
        jump = int(now.timestamp())
        db.session.execute(sa.update(PageCounter).values(value=PageCounter.value + jump))
        search.rebuild()
        unit.record(SYSTEM, why, None)


def _insert(
    connection: sa.Connection, table: sa.Table, rows: Iterable[Row], progress: Progress
) -> None:
    empty = dict.fromkeys(whole.late(table))
    values = {column.name: _bound(column) for column in table.columns}
    statement = sa.insert(table).values(values)
    left = iter(rows)
    while batch := list(islice(left, _AT_ONCE)):
        connection.execute(statement, [{**row, **empty} for row in batch])
        progress(len(batch))


def _refer(connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    """Fill the columns that refer to what came later."""
    names = whole.late(table)
    keys = [column.name for column in table.primary_key.columns]
    statement = (
        sa.update(table)
        .where(*(table.c[key] == sa.bindparam(f"its_{key}") for key in keys))
        .values({name: sa.bindparam(f"to_{name}") for name in names})
    )
    wanted = (
        {f"its_{key}": row[key] for key in keys} | {f"to_{name}": row[name] for name in names}
        for row in rows
        if any(row[name] is not None for name in names)
    )
    while batch := list(islice(wanted, _AT_ONCE)):
        connection.execute(statement, batch)


def _bound(column: sa.Column[Any]) -> sa.BindParameter[Any]:
    kind = column.type
    if isinstance(kind, sa.JSON):  # nothing stays nothing, and does not become the word null
        kind = sa.JSON(none_as_null=True)
    return sa.bindparam(column.name, type_=kind)
