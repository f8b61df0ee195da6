"""Entity tags of reader pages, made of the counters of what a page shows, and what the page cache
is told of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Flask, Response, g, make_response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from kimcms.domain.hosts import Door
from kimcms.queries import counters
from kimcms.web.front import address_of
from kimcms.web.links import origin_of
from kimcms.web.tools import tools

NOTE = "kimcms.note"


@dataclass
class Note:
    """What a reader page tells the page cache through the environ: the counters that it was made
    of, and the instant at which time alone changes it."""

    counters: dict[str, int] = field(default_factory=dict)
    until: dt.datetime | None = None


def tags() -> tuple[str, ...]:
    """The counters on which this host's pages depend. A subsite never depends on the feed."""
    if g.door is Door.SITUS:
        return (f"kim:{g.kim.id}", "look")
    return ("feed", "look")


def page(*allowed: str) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """A reader page: anonymous, tagged, 304 where the reader has it. `allowed` are the query
    parameters that it reads; others change nothing.

    The version is read before the content, so that a change in between makes a tag too old and
    never one too new.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Response]:
        @wraps(view)
        def fresh(*args: Any, **values: Any) -> Response:
            version = counters.version(tags(), g.now)
            tag = _tag(allowed, str(version))
            if request.if_none_match.contains_weak(tag):
                response = Response(status=304)
            else:
                response = make_response(view(*args, **values))
            if response.status_code in {200, 304}:
                response.set_etag(tag, weak=True)
            response.headers["Cache-Control"] = _cache_control()
            response.vary.add("Accept-Encoding")
            note: Note | None = request.environ.get(NOTE)
            if note is not None:
                note.counters, note.until = version.counters, version.coming
            return response

        fresh.allowed = allowed  # type: ignore[attr-defined]
        return fresh

    return decorate


def parameters(app: Flask, environ: dict[str, Any]) -> tuple[str, ...] | None:
    """The query parameters of the reader page at an address; None where there is none."""
    door = address_of(environ).door
    try:
        adapter = app.url_map.bind_to_environ(environ | {"HTTP_HOST": door.value})
        endpoint, _values = adapter.match(method="GET")
    except (HTTPException, RequestRedirect):
        return None
    found: tuple[str, ...] | None = getattr(app.view_functions[endpoint], "allowed", None)
    return found


def _cache_control() -> str:
    """Browsers keep a page and ask each time; so do proxies, unless the operator allows them to
    serve it for some seconds without asking."""
    shared = tools().settings.shared_maxage
    return f"public, max-age=0, s-maxage={shared}" if shared else "no-cache"


def _tag(allowed: tuple[str, ...], version: str) -> str:
    asked = "&".join(f"{name}={request.args.get(name, '')}" for name in allowed)
    parts = (
        origin_of(address_of(request.environ).host),
        request.path,
        asked,
        version,
        tools().build,
    )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
