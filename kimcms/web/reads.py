"""Counting reads without knowing readers.

A page that was in sight for some seconds posts its article's number. Nothing is stored but the
sum per article and day; what keeps a reload from counting twice is a set of keyed hashes in
memory, whose key is thrown away every hour.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import logging
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from multiprocessing.util import Finalize

from flask import Flask

from kimcms.domain.clock import day_of
from kimcms.services import reads

log = logging.getLogger("kimcms.reads")

WRITTEN_EVERY = dt.timedelta(seconds=5)
FORGOTTEN_EVERY = dt.timedelta(hours=1)
MOST_GATHERED = 5_000  # different articles and days, then they are written at once
MOST_KNOWN = 100_000  # hashes of 8 bytes
MOST_EACH = 300  # reads an hour from one address: a school behind one router, no machine
_MACHINES = ("bot", "crawl", "spider", "headless", "preview", "monitor", "curl", "python")

Counts = dict[tuple[int, int, dt.date], int]


class Tally:
    """Gathers the reads of one process and writes them in batches, with the next read that comes
    `WRITTEN_EVERY` after the last batch, and when the process ends."""

    def __init__(self, write: Callable[[Counts], None], clock: Callable[[], dt.datetime]) -> None:
        self._write = write
        self._clock = clock
        self._lock = threading.Lock()
        self._counts: Counter[tuple[int, int, dt.date]] = Counter()
        self._written_at = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._forget(clock())

    def add(self, kim_id: int, article_id: int, address: str, agent: str) -> None:
        """One read. The address and the browser's name are hashed, compared and forgotten."""
        if not agent or any(word in agent.lower() for word in _MACHINES):
            return
        now = self._clock()
        with self._lock:
            if now - self._key_at >= FORGOTTEN_EVERY or len(self._known) >= MOST_KNOWN:
                self._forget(now)
            place = self._hash(connection(address))
            read = self._hash(f"{address}\n{agent}\n{article_id}")
            if read in self._known or self._each[place] >= MOST_EACH:
                return
            self._known.add(read)
            self._each[place] += 1
            self._counts[kim_id, article_id, day_of(now)] += 1
            if now - self._written_at < WRITTEN_EVERY and len(self._counts) < MOST_GATHERED:
                return
        self.flush()

    def flush(self) -> None:
        """Write what was gathered. What cannot be written now is kept for the next time."""
        with self._lock:
            gathered, self._counts = dict(self._counts), Counter()
            self._written_at = self._clock()
        if not gathered:
            return
        try:
            self._write(gathered)
        except Exception:  # a reader's page must never suffer from a statistic
            log.exception("reads wait for the next batch")
            with self._lock:
                if len(self._counts) < MOST_GATHERED:
                    self._counts.update(gathered)

    def _forget(self, now: dt.datetime) -> None:
        self._key, self._key_at = secrets.token_bytes(16), now
        self._known: set[bytes] = set()
        self._each: Counter[bytes] = Counter()

    def _hash(self, text: str) -> bytes:
        return hashlib.blake2b(
            text.encode("utf-8", "replace"), digest_size=8, key=self._key
        ).digest()


def connection(address: str) -> str:
    """What one connection has to itself: an address, of IPv6 the network of 64 bits, in which a
    machine takes as many addresses as it likes."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(int(found) >> 64)


def install(app: Flask, clock: Callable[[], dt.datetime]) -> None:
    """One tally a process. Called once by the wiring."""

    def write(counts: Counts) -> None:
        with app.app_context():
            reads.add(counts, clock())

    app.extensions["kimcms.reads"] = made = Tally(write, clock)
    # Web workers are forked, and a forked process ends without what `atexit` holds.
    Finalize(None, made.flush, exitpriority=0)
