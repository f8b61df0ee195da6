"""What the page counters are now, as cheaply as each database can say it: asked on every hit of
the page cache, outside of any session."""

from __future__ import annotations

import sqlite3
import threading
from typing import Protocol
from urllib.parse import quote

import sqlalchemy as sa

from kimcms.queries.listening import Away, PostgresWatch

__all__ = ["Away", "Watch", "watch"]

Tags = tuple[str, ...]


class Watch(Protocol):
    """The counters as they are committed. Any thread may ask."""

    def values(self, tags: Tags) -> tuple[int, ...]:
        """The counter of each tag, 0 where nothing has changed yet. Raises `Away`."""

    def told(self, counters: dict[str, int]) -> None:
        """This process has committed these values."""

    def close(self) -> None:
        """Lets go of connections and threads. Asked again, it opens new ones."""


def watch(engine: sa.Engine) -> Watch:
    """The way of this engine's database."""
    if engine.dialect.name == "postgresql":
        return PostgresWatch(engine)
    return SqliteWatch(engine.url.database or "")


class SqliteWatch:
    """A dedicated connection for each thread: never pooled, never in a transaction, and never
    written through, since `PRAGMA data_version` is blind to writes of its own connection."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._local = threading.local()

    def values(self, tags: Tags) -> tuple[int, ...]:
        reader: _Reader | None = getattr(self._local, "reader", None)
        try:
            if reader is None:
                reader = self._local.reader = _Reader(self._path)
            return reader.values(tags)
        except sqlite3.Error as error:
            self._local.reader = None
            raise Away from error

    def told(self, counters: dict[str, int]) -> None:
        """Its connections see every commit by themselves."""

    def close(self) -> None:
        self._local = threading.local()


class _Reader:
    """One thread's connection, and the counters that it has read since the file last moved."""

    def __init__(self, path: str) -> None:
        # rw, so that a file that is missing is not made; WAL wants more than ro to be read.
        self._connection = sqlite3.connect(
            f"file:{quote(path)}?mode=rw", uri=True, isolation_level=None, check_same_thread=False
        )
        self._cursor = self._connection.execute("PRAGMA query_only=ON")
        self._moved = -1
        self._known: dict[str, int] = {}

    def __del__(self) -> None:
        if hasattr(self, "_connection"):
            self._connection.close()

    def values(self, tags: Tags) -> tuple[int, ...]:
        # Asked before the rows: what is committed in between is seen next time.
        (moved,) = self._cursor.execute("PRAGMA data_version").fetchone()
        if moved != self._moved:
            self._known.clear()
            self._moved = moved
        try:
            return tuple([self._known[tag] for tag in tags])
        except KeyError:
            return self._read(tags)

    def _read(self, tags: Tags) -> tuple[int, ...]:
        marks = ",".join("?" * len(tags))
        asked = f"SELECT tag, value FROM page_counter WHERE tag IN ({marks})"  # noqa: S608
        found = dict.fromkeys(tags, 0) | dict(self._cursor.execute(asked, tags).fetchall())
        self._known |= found
        return tuple([found[tag] for tag in tags])
