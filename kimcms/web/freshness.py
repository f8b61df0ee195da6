"""Entity tags of reader pages, made of the counters of what a page shows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, g, make_response, request

from kimcms.domain.hosts import Door
from kimcms.queries import counters
from kimcms.web.front import address_of
from kimcms.web.links import origin_of
from kimcms.web.tools import tools

# What browsers and proxies may do with a reader page: keep it, and ask each time.
CACHE = "no-cache"


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
            tag = _tag(allowed)
            if request.if_none_match.contains_weak(tag):
                response = Response(status=304)
            else:
                response = make_response(view(*args, **values))
            if response.status_code in {200, 304}:
                response.set_etag(tag, weak=True)
            response.headers["Cache-Control"] = CACHE
            response.vary.add("Accept-Encoding")
            return response

        fresh.reader_page = True  # type: ignore[attr-defined]
        fresh.allowed = allowed  # type: ignore[attr-defined]
        return fresh

    return decorate


def _tag(allowed: tuple[str, ...]) -> str:
    asked = "&".join(f"{name}={request.args.get(name, '')}" for name in allowed)
    parts = (
        origin_of(address_of(request.environ).host),
        request.path,
        asked,
        counters.version(tags(), g.now),
        tools().build,
    )
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
