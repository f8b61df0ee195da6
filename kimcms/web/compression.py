"""Text leaves compressed: brotli where it is taken, gzip otherwise. Files of ours are compressed
once and kept."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import brotli
from flask import Flask, Response, request
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

PLAIN = ""
_SMALLEST = 500  # bytes; below, the headers weigh more than is saved
_TEXT = ("text/", "application/rss+xml", "application/atom+xml", "application/xml")
_ALSO_TEXT = (
    "application/json",
    "application/feed+json",
    "application/javascript",
    "image/svg+xml",
)
_WAYS = ("br", "gzip")  # the better one first
_QUICK = {"br": 5, "gzip": 6}  # about the same time; brotli's is a tenth smaller
_SMALL = {"br": 11, "gzip": 9}


def install(app: Flask) -> None:
    """Compress answers. Called once by the wiring."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if not (response.mimetype or "").startswith(_TEXT + _ALSO_TEXT):
        return response
    response.vary.add("Accept-Encoding")
    way = accepted()
    if (
        "Content-Encoding" in response.headers
        or response.status_code in {206, 304}
        or response.is_streamed
        or not way
    ):
        return response
    body = response.get_data()
    if len(body) >= _SMALLEST:
        response.set_data(pack(body, way))
        response.headers["Content-Encoding"] = way
    return response


def accepted() -> str:
    """The way that the one who asks takes best, `PLAIN` for none."""
    return wanted(request.headers.get("Accept-Encoding", ""))


@lru_cache(maxsize=256)
def wanted(header: str) -> str:
    """The same of an Accept-Encoding header; browsers send few different ones."""
    taken = parse_accept_header(header[:200], Accept)
    best = max(_WAYS, key=lambda way: taken[way])
    return best if taken[best] > 0 else PLAIN


def pack(body: bytes, way: str, levels: dict[str, int] = _QUICK) -> bytes:
    if way == "br":
        return bytes(brotli.compress(body, quality=levels[way]))
    return gzip.compress(body, levels[way], mtime=0) if way == "gzip" else body


def unpack(body: bytes, way: str) -> bytes:
    if way == "br":
        return bytes(brotli.decompress(body))
    return gzip.decompress(body) if way == "gzip" else body


@lru_cache(maxsize=64)
def kept(path: Path) -> dict[str, bytes]:
    """A static file in each way; a build's files do not change while it runs."""
    body = path.read_bytes()
    return {way: pack(body, way, _SMALL) for way in (PLAIN, *_WAYS)}
