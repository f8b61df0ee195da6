"""The whole city as rows: what a backup keeps, and what moves to another database."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import Base, UtcDateTime

_DERIVED = frozenset({"search_entry", "search_slip"})  # made again from what is live
_AT_ONCE = 500

Row = dict[str, Any]


@cache
def tables() -> tuple[sa.Table, ...]:
    """All tables that hold what cannot be made again, those that others refer to first."""
    return tuple(table for table in Base.metadata.sorted_tables if table.name not in _DERIVED)


@cache
def late(table: sa.Table) -> tuple[str, ...]:
    """Columns that refer to rows which come later: filled when everything is there."""
    before = {other.name for other in tables()[: tables().index(table)]}
    return tuple(
        column.name
        for column in table.columns
        if any(key.column.table.name not in before for key in column.foreign_keys)
    )


def rows(connection: sa.Connection, table: sa.Table) -> Iterator[Row]:
    """Every row in the order of its key, a few hundred at a time."""
    keys = table.primary_key.columns
    found = connection.execution_options(yield_per=_AT_ONCE).execute(
        sa.select(table).order_by(*keys)
    )
    for row in found.mappings():
        yield dict(row)


def line(row: Row) -> bytes:
    """A row as one line of JSON, the same whichever database it comes from. What lies in it as
    JSON keeps the order of its names: the chains of the history are hashed over it."""
    text = json.dumps(row, default=_plain, ensure_ascii=False)
    return text.encode() + b"\n"


def read(table: sa.Table, text: bytes) -> Row:
    """The row that a line was made of."""
    return {name: _value(table.c[name], value) for name, value in json.loads(text).items()}


def count(connection: sa.Connection) -> int:
    """How many rows there are in all."""
    counted = (sa.select(sa.func.count()).select_from(table) for table in tables())
    return sum(connection.scalar(statement) or 0 for statement in counted)


def state(connection: sa.Connection) -> dict[str, tuple[int, str]]:
    """How many rows each table has, and the SHA-256 of all of them."""
    found = {}
    for table in tables():
        count, digest = 0, hashlib.sha256()
        for row in rows(connection, table):
            count += 1
            digest.update(line(row))
        found[table.name] = (count, digest.hexdigest())
    return found


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):  # an instant is one too
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    raise TypeError(f"{type(value)} has no form in a backup")


def _value(column: sa.Column[Any], value: Any) -> Any:
    kind = column.type
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return dt.datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return dt.date.fromisoformat(value)
    return base64.b64decode(value) if isinstance(kind, sa.LargeBinary) else value
