"""The database handle, column types, and what makes SQLite and PostgreSQL behave alike."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session
from sqlalchemy.types import TypeDecorator

NOTHING = ""
CITY = "city"

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every table. A class that pages show overrides `page_tags`."""

    metadata = sa.MetaData(naming_convention=_NAMES)

    def page_tags(self, changed: frozenset[str]) -> frozenset[str]:
        """Counters of the pages on which a change of these attributes is seen."""
        return frozenset()

    def page_moments(self, changed: frozenset[str]) -> frozenset[dt.datetime]:
        """Instants at which time alone will change those pages."""
        return frozenset()


db = SQLAlchemy(model_class=Base)

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LARGEST_ID = 2**63 - 1


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant. Refuses naive values, so that no zone is ever guessed."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        stored: dt.datetime = value
        return stored.replace(tzinfo=dt.UTC) if stored.tzinfo is None else stored.astimezone(dt.UTC)


_Choice = TypeVar("_Choice", bound=StrEnum)


def choice(enum: type[_Choice], length: int = 16) -> sa.Enum:
    """A column of the values of a StrEnum, held by a check constraint on both databases."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=True,
        length=length,
        name=enum.__name__.lower(),
        values_callable=lambda kinds: [kind.value for kind in kinds],
    )


def kim_scope(kim_id: int) -> str:
    """The scope of a unit of work that touches one KIM."""
    return f"kim:{kim_id}"


def reading(scope: str) -> None:
    """Name the scope of what this request reads; holds until the session ends."""
    db.session.info["scope"] = scope


def prepare(engine: Engine) -> None:
    """Attach what each connection of an engine needs. Called once by the wiring."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def _open_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver must not begin by itself: see _begin_sqlite
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def begin_unit(session: scoped_session[Any]) -> None:
    """Begin the transaction of a change.

    Reading has one snapshot for all statements of a request, on both databases; on PostgreSQL a
    change sees what others committed while it waited for a row.
    """
    options: dict[str, Any] = {"immediate": True}
    if session.get_bind().dialect.name == "postgresql":
        options["isolation_level"] = "READ COMMITTED"
    session.connection(execution_options=options)


def _begin_sqlite(connection: Connection) -> None:
    # A unit of work takes the write lock at once: a read that is upgraded later would fail with
    # "database is locked" without waiting.
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def tell_scope(session: Session, _transaction: Any, connection: Connection) -> None:
    """Session listener: PostgreSQL learns the scope for the length of the transaction."""
    tell(connection, session.info.get("scope", NOTHING))


def tell(connection: Connection, scope: str) -> None:
    """The same for a connection without a session."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT set_config('kimcms.scope', %s, true)", (scope,))
