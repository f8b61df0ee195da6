"""Answers kept in memory: bounded in bytes, the least recently used goes first."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict

from kimcms.web.compression import PLAIN, pack, unpack

Headers = list[tuple[str, str]]
# What decides an answer: the host (with scheme and port where a proxy names them), the path, and
# the query as the view reads it.
Key = tuple[str, str, str]

_OVERHEAD = 3_000  # bytes that an entry weighs beside its bodies: headers, names, tables
_OWN = {"content-length", "content-encoding", "content-type"}


class Entry:
    """One page, compressed once for each way in which it was asked for.

    `tags` and `values` are the counters that it was made of, read before its content. `until` is
    the instant from which it is no longer the page.
    """

    def __init__(
        self,
        status: str,
        headers: Headers,
        body: bytes,
        counters: dict[str, int],
        until: dt.datetime | None,
    ) -> None:
        self.status = status
        self.tags = tuple(counters)
        self.values = tuple(counters.values())
        self.until = until
        self.etag = next((value for name, value in headers if name.lower() == "etag"), "")
        self.unchanged = [pair for pair in headers if pair[0].lower() not in _OWN]
        way = next((value for name, value in headers if name.lower() == "content-encoding"), PLAIN)
        self._plain = [
            pair
            for pair in headers
            if pair[0].lower() not in {"content-length", "content-encoding"}
        ]
        self._made_in = way
        self.ways: dict[str, tuple[Headers, bytes]] = {}
        self._add(way, body)

    @property
    def moved(self) -> bool:
        """It leads elsewhere."""
        return self.status.startswith("3")

    @property
    def size(self) -> int:
        return _OVERHEAD + sum(len(body) for _headers, body in list(self.ways.values()))

    def answer(self, way: str) -> tuple[Headers, bytes] | None:
        """Headers and body, where they are there already or never differ."""
        return self.ways.get(way if self._made_in else PLAIN)

    def made(self, way: str) -> tuple[Headers, bytes]:
        """Headers and body in a way that nobody has asked for yet: kept, but for the bare one."""
        plain = unpack(self.ways[self._made_in][1], self._made_in)
        if way == PLAIN:
            return self._with(PLAIN, plain)
        return self._add(way, pack(plain, way))

    def _add(self, way: str, body: bytes) -> tuple[Headers, bytes]:
        self.ways[way] = found = self._with(way, body)
        return found

    def _with(self, way: str, body: bytes) -> tuple[Headers, bytes]:
        own = [("Content-Length", str(len(body)))]
        if way:
            own.append(("Content-Encoding", way))
        return [*self._plain, *own], body


class Shelf:
    """The entries of one process."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[Key, tuple[Entry, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key) -> Entry | None:
        # Without the lock: each step is one of C, and a hit does nothing else that is shared.
        found = self._entries.get(key)
        if found is None:
            return None
        try:
            self._entries.move_to_end(key)
        except KeyError:  # it went just now
            return None
        return found[0]

    def put(self, key: Key, entry: Entry) -> None:
        """Also after an entry has grown by a way. What is larger than an eighth of the shelf is
        not kept."""
        weight = entry.size + sum(map(len, key))
        with self._lock:
            self._drop(key)
            if weight > self.limit // 8:
                return
            self._entries[key] = entry, weight
            self.size += weight
            while self.size > self.limit:
                self._drop(next(iter(self._entries)))

    def drop(self, key: Key, entry: Entry) -> None:
        """Take this entry away, if it is still the one."""
        with self._lock:
            found = self._entries.get(key)
            if found is not None and found[0] is entry:
                self._drop(key)

    def _drop(self, key: Key) -> None:
        found = self._entries.pop(key, None)
        if found is not None:
            self.size -= found[1]
