"""Page counters held in memory, as PostgreSQL tells of their changes.

Memory is believed only while the listener hears itself: it sends a beat through the database
and trusts what it holds for some seconds after each that comes back. Before the first, without
a connection, or behind a pooler that swallows notifications, the table is asked each time.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import psycopg
import sqlalchemy as sa

from kimcms.models.counter import CHANNEL, PageCounter

NAME = "kimcms page counters"  # in pg_stat_activity
_BEAT = 2.0  # seconds between two beats
_TRUST = 6.0  # seconds after a beat was sent, if it came back
_AGAIN = 0.5  # seconds until the next try to connect
_TAGS: sa.BindParameter[str] = sa.bindparam("tags", expanding=True)
_ASKED = sa.select(PageCounter.tag, PageCounter.value).where(PageCounter.tag.in_(_TAGS))

_log = logging.getLogger(__name__)


class Away(Exception):
    """The counters cannot be read now."""


class PostgresWatch:
    """Counters in memory, told by LISTEN/NOTIFY. The listener is a thread that starts with the
    first question."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._close()

    def _close(self) -> None:
        self._listener: _Listener | None = None
        # What the table said while the present listener was there, and the least that each
        # counter is, since somebody committed it. Counters only grow: the higher one holds.
        self._read: dict[str, int] = {}
        self._least: dict[str, int] = {}
        self._trusted = 0.0

    def close(self) -> None:
        with self._lock:
            if self._listener is not None:
                self._listener.stop.set()
            self._close()

    def told(self, counters: dict[str, int]) -> None:
        with self._lock:
            for tag, value in counters.items():
                if value > self._least.get(tag, 0):
                    self._least[tag] = value

    @property
    def trusts(self) -> bool:
        """Whether memory is believed now."""
        return time.monotonic() < self._trusted

    def values(self, tags: tuple[str, ...]) -> tuple[int, ...]:
        if self.trusts:
            read, least = self._read, self._least
            try:
                return tuple([max(read[tag], least.get(tag, 0)) for tag in tags])
            except KeyError:
                pass
        elif self._listener is None:
            self._start()
        return self._asked(tags)

    def _asked(self, tags: tuple[str, ...]) -> tuple[int, ...]:
        with self._lock:
            read = self._read
            trusted = self.trusts
        found = dict.fromkeys(tags, 0)
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(_ASKED, {"tags": tags})
                found.update((tag, value) for tag, value in rows)
        except sa.exc.SQLAlchemyError as error:
            raise Away from error
        with self._lock:
            # Kept only where the same listener was there before the table was asked: it tells of
            # everything since. A new listener begins with an empty dictionary of its own.
            if trusted and read is self._read:
                read.update(found)
            return tuple([max(found[tag], self._least.get(tag, 0)) for tag in tags])

    def _start(self) -> None:
        with self._lock:
            if self._listener is None:
                self._listener = _Listener(self, self._engine)
                self._listener.start()

    def listening(self, listener: _Listener) -> None:
        """It is connected: what happens from now on is told, what was before is not known."""
        with self._lock:
            if listener is self._listener:
                self._read = {}

    def heard(self, listener: _Listener, until: float) -> None:
        """Its own beat came back; 0 where it is no longer connected."""
        with self._lock:
            if listener is self._listener:
                self._trusted = until


class _Listener(threading.Thread):
    """Holds one connection, and connects again when it is lost."""

    def __init__(self, watch: PostgresWatch, engine: sa.Engine) -> None:
        super().__init__(name="page-counters", daemon=True)
        self._watch = watch
        _, options = engine.dialect.create_connect_args(engine.url)
        named = {"application_name": NAME, "connect_timeout": 5}
        self._options: dict[str, Any] = {**options, **named, "autocommit": True}
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                with self._connect() as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    self._watch.listening(self)
                    while not self.stop.is_set():
                        self._beat(connection)
            except psycopg.Error as lost:
                _log.warning("page counters: not listening: %s", lost)
            finally:
                self._watch.heard(self, 0.0)
            self.stop.wait(_AGAIN)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(**self._options)

    def _beat(self, connection: psycopg.Connection) -> None:
        sent = time.monotonic()
        connection.execute("SELECT pg_notify(%s, '')", (CHANNEL,))
        for notice in connection.notifies(timeout=_BEAT):
            tag, _, value = notice.payload.partition(" ")
            if tag:
                self._watch.told({tag: int(value)})
            elif notice.pid == connection.info.backend_pid:
                self._watch.heard(self, sent + _TRUST)
            if self.stop.is_set():
                return
