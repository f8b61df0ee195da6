"""Text leaves compressed. Files of ours are compressed once and kept."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, request

_SMALLEST = 500  # bytes; below, the headers weigh more than is saved
_TEXT = ("text/", "application/rss+xml", "application/atom+xml", "application/xml")
_ALSO_TEXT = (
    "application/json",
    "application/feed+json",
    "application/javascript",
    "image/svg+xml",
)


def install(app: Flask) -> None:
    """Compress answers. Called once by the wiring."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not (response.mimetype or "").startswith(_TEXT + _ALSO_TEXT):
        return response
    response.vary.add("Accept-Encoding")
    if (
        "Content-Encoding" in response.headers
        or response.status_code in {206, 304}
        or response.is_streamed
        or not accepted()
    ):
        return response
    body = response.get_data()
    if len(body) >= _SMALLEST:
        response.set_data(gzip.compress(body, 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def accepted() -> bool:
    """Whether the one who asks takes gzip."""
    return request.accept_encodings["gzip"] > 0


@lru_cache(maxsize=64)
def kept(path: Path) -> tuple[bytes, bytes]:
    """A static file as it is and compressed; a build's files do not change while it runs."""
    body = path.read_bytes()
    return body, gzip.compress(body, 9, mtime=0)
