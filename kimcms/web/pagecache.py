"""The page cache: answers readers before Flask is asked.

An answer is kept with the counters of what it shows and served while they have not moved. What
is kept cannot depend on the one who asked first: the view gets a request that is made of the
key alone.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlencode

from kimcms.domain.hosts import Door
from kimcms.queries.watch import Away, Watch
from kimcms.web.compression import PLAIN, wanted
from kimcms.web.freshness import NOTE, Note
from kimcms.web.front import ADDRESS, Wsgi, address_of
from kimcms.web.shelf import Entry, Headers, Key, Shelf

PATIENCE = 5.0  # seconds to wait for another's rendering of the same page
_READS = ("GET", "HEAD")
# What a request has from the server and from `Front`, and not from the one who asks.
_SERVERS_OWN = ("wsgi.", "SERVER_", "SCRIPT_NAME", ADDRESS)

Start = Callable[..., Any]
Environ = dict[str, Any]
# The query parameters that the reader page at a path takes; None where there is no such page.
Parameters = Callable[[Environ], "tuple[str, ...] | None"]


@dataclass
class Tally:
    """How often; hits are counted, not logged one by one."""

    hits: int = 0
    renders: int = 0
    waits: int = 0


@dataclass
class _Process:
    """What a process has of its own; a fork begins with a new one."""

    watch: Watch
    pid: int = field(default_factory=os.getpid)
    lock: threading.Lock = field(default_factory=threading.Lock)
    rendering: dict[Key, threading.Event] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)


class PageCache:
    """A WSGI layer within `Front`, which has resolved the host."""

    def __init__(
        self,
        app: Wsgi,
        *,
        limit: int,
        watch: Callable[[], Watch],
        parameters: Parameters,
        clock: Callable[[], dt.datetime],
        proxied: bool,
    ) -> None:
        self._app = app
        self._limit = limit
        self._new_watch = watch
        self._parameters = parameters
        self._clock = clock
        self._proxied = proxied
        self._begin()

    def _begin(self) -> None:
        self._own = _Process(self._new_watch())
        self.shelf = Shelf(self._limit)

    @property
    def tally(self) -> Tally:
        return self._own.tally

    @property
    def watch(self) -> Watch:
        return self._own.watch

    def told(self, _engine: object, counters: dict[str, int]) -> None:
        """This process has committed a change: its next request must see it."""
        self._own.watch.told(counters)

    def close(self) -> None:
        """Forget everything: the database below is not the same any more."""
        self._own.watch.close()
        self._begin()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        address = address_of(environ)
        if environ["REQUEST_METHOD"] not in _READS or address.door is Door.REDAKSI:
            return self._app(environ, start)
        if self._own.pid != os.getpid():
            self._begin()  # locks and connections of a parent are not ours
        asked, query = environ.get("QUERY_STRING", ""), ""
        if asked:
            names = self._parameters(environ)
            if names is None:
                return self._app(environ, start)
            query = _query(asked, names)
        host = address.host
        if self._proxied:
            host = f"{environ['wsgi.url_scheme']}://{environ['HTTP_HOST'].lower()}"
        key = (host, environ.get("PATH_INFO", ""), query)
        entry = self._fresh(key)
        if entry is not None:
            self._own.tally.hits += 1
            return self._answer(entry, key, environ, start)
        if not asked and self._parameters(environ) is None:
            return self._app(environ, start)
        return self._rendered(key, environ, start)

    def _fresh(self, key: Key) -> Entry | None:
        entry = self.shelf.get(key)
        if entry is None:
            return None
        expired = entry.until is not None and self._clock() >= entry.until
        try:
            if not expired and self._own.watch.values(entry.tags) == entry.values:
                return entry
        except Away:
            return None
        self.shelf.drop(key, entry)
        return None

    def _answer(self, entry: Entry, key: Key, environ: Environ, start: Start) -> list[bytes]:
        match = environ.get("HTTP_IF_NONE_MATCH")
        if match is not None and _matches(match, entry.etag):
            start("304 Not Modified", entry.unchanged.copy())
            return []
        way = wanted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        found = entry.answer(way)
        if found is None:
            found = entry.made(way)
            if way != PLAIN:
                self.shelf.put(key, entry)
        headers, body = found
        start(entry.status, headers.copy())
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _rendered(self, key: Key, environ: Environ, start: Start) -> Iterable[bytes]:
        """One renders; who asks for the same page meanwhile waits, and takes it if it is still
        the page."""
        own = self._own
        with own.lock:
            other = own.rendering.get(key)
            mine = threading.Event()
            if other is None:
                own.rendering[key] = mine
        if other is not None:
            own.tally.waits += 1
            other.wait(PATIENCE)
            entry = self._fresh(key)
            if entry is not None:
                own.tally.hits += 1
                return self._answer(entry, key, environ, start)
        try:
            entry = self._render(key, environ)
        finally:
            if other is None:
                with own.lock:
                    del own.rendering[key]
                mine.set()
        if entry.moved:  # may carry the whole query on
            return self._app(environ, start)
        return self._answer(entry, key, environ, start)

    def _render(self, key: Key, environ: Environ) -> Entry:
        """Ask Flask, and keep the answer where it may be kept."""
        self._own.tally.renders += 1
        note = Note()
        got: list[tuple[str, Headers]] = []

        def started(status: str, headers: Headers, *_rest: Any) -> Callable[[bytes], object]:
            got.append((status, headers))
            return written.append

        written: list[bytes] = []
        chunks = self._app(_reduced(environ, key, note), started)
        try:
            body = b"".join([*written, *chunks])
        finally:
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        status, headers = got[-1]
        entry = Entry(status, headers, body, note.counters, note.until)
        cookie = any(name.lower() == "set-cookie" for name, _value in headers)
        if status.startswith("200") and note.counters and not cookie:
            self.shelf.put(key, entry)
        return entry


def _reduced(environ: Environ, key: Key, note: Note) -> Environ:
    """A request that is made of the key: whoever asks, the view sees the same."""
    kept = {name: value for name, value in environ.items() if name.startswith(_SERVERS_OWN)}
    way = wanted(environ.get("HTTP_ACCEPT_ENCODING", ""))
    return kept | {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": key[1],
        "QUERY_STRING": key[2],
        "HTTP_HOST": key[0].partition("://")[2] or key[0],
        # Never bare: one compressed form is kept, and the bare one made of it.
        "HTTP_ACCEPT_ENCODING": way or "gzip",
        "wsgi.input": BytesIO(),
        NOTE: note,
    }


def _query(asked: str, names: tuple[str, ...]) -> str:
    """The parameters that the view reads, the first of each name, in a fixed order."""
    given: dict[str, str] = {}
    for name, value in parse_qsl(asked, keep_blank_values=True, errors="replace"):
        given.setdefault(name, value)
    return urlencode([(name, given[name]) for name in names if name in given])


def _matches(header: str, etag: str) -> bool:
    """Whether an If-None-Match names this tag; ours are weak, and compared weakly."""
    if not etag:
        return False
    bare = etag.removeprefix("W/")
    return header == etag or any(
        one.strip().removeprefix("W/") in {bare, "*"} for one in header.split(",")
    )
