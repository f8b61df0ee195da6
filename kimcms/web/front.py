"""The outermost WSGI layers: the host is resolved before anything else, and every answer has the
security headers, errors included."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from string import punctuation
from typing import Any
from urllib.parse import quote

from kimcms.domain.hosts import Address, BadHost, Door, UnknownHost, resolve

ADDRESS = "kimcms.address"

_CSP = (
    "default-src 'none'; img-src 'self'{images}; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_COMMON = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"),
]
_READER = [*_COMMON, ("Content-Security-Policy", _CSP.format(images=""))]
# The newsroom shows a chosen photo before it is sent.
_NEWSROOM = [*_COMMON, ("Content-Security-Policy", _CSP.format(images=" blob:"))]
_TEXT = ("Content-Type", "text/plain; charset=utf-8")
_ASCII = punctuation + " "

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Front:
    """Answers `/healthz` on any host, refuses hosts that are none, hands the rest on with its
    `Address` in the environ."""

    def __init__(self, app: Wsgi, domain: str, *, https: bool) -> None:
        self._app = app
        self._reader = _READER + _transport(https)
        # A request costs more to parse than to remember; who refuses is not remembered.
        self._resolve = lru_cache(maxsize=4096)(lambda raw: resolve(raw, domain))

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/healthz":
            return self._answer(start, "200 OK", b"ok")
        try:
            address = self._resolve(environ.get("HTTP_HOST"))
        except BadHost:
            return self._answer(start, "400 Bad Request", b"")
        except UnknownHost:
            return self._answer(start, "404 Not Found", b"")
        environ[ADDRESS] = address
        query = environ.get("QUERY_STRING", "")
        if not query.isascii():  # bytes that nobody quoted: werkzeug wants them quoted
            environ["QUERY_STRING"] = quote(
                query, safe=_ASCII, encoding="latin-1", errors="replace"
            )
        return self._app(environ, start)

    def _answer(self, start: Callable[..., Any], status: str, body: bytes) -> Iterable[bytes]:
        length = ("Content-Length", str(len(body)))
        start(status, [_TEXT, length, ("Cache-Control", "no-store"), *self._reader])
        return [body]


class Guarded:
    """Puts the security headers of the door on whatever the app answers. Within the page cache,
    so that what it keeps has them already."""

    def __init__(self, app: Wsgi, *, https: bool) -> None:
        self._app = app
        self._reader, self._newsroom = (h + _transport(https) for h in (_READER, _NEWSROOM))

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        newsroom = address_of(environ).door is Door.REDAKSI
        headers = self._newsroom if newsroom else self._reader

        def started(status: str, given: list[tuple[str, str]], *rest: Any) -> Any:
            # A view may be stricter for its own answer, never silent.
            named = {name.lower() for name, _ in given}
            return start(status, given + [h for h in headers if h[0].lower() not in named], *rest)

        return self._app(environ, started)


def _transport(https: bool) -> list[tuple[str, str]]:
    return [("Strict-Transport-Security", "max-age=31536000")] if https else []


def address_of(environ: dict[str, Any]) -> Address:
    """The resolved host of a request."""
    address: Address = environ[ADDRESS]
    return address
