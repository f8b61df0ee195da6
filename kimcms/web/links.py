"""Addresses on other hosts. The one function for them: `url_for(_external=True)` would believe
the Host header."""

from __future__ import annotations

from urllib.parse import quote

from flask import has_request_context, request

from kimcms.config import origin
from kimcms.web.tools import tools


def origin_of(host: str) -> str:
    """Scheme, host and port as readers see them.

    From the settings; behind a trusted proxy scheme and port are what the proxy was asked with,
    which werkzeug's proxy helper has then put into the request. The port is the one in the Host:
    SERVER_PORT is our own where a proxy sends no X-Forwarded-Port.
    """
    settings = tools().settings
    if settings.trusted_proxies and has_request_context():
        port = int(request.environ["HTTP_HOST"].partition(":")[2] or 0)
        standard = {"http": 80, "https": 443}.get(request.scheme)
        return origin(request.scheme, host, 0 if port == standard else port)
    return origin(settings.scheme, host, settings.shown_port)


def portal_url(path: str = "/") -> str:
    """An address on the portal."""
    return origin_of(tools().settings.domain) + path


def desk_url(path: str = "/") -> str:
    """An address in the newsroom."""
    return origin_of(f"redaksi.{tools().settings.domain}") + path


def site_url(slug: str, alias: str | None, path: str = "/") -> str:
    """An address on a subsite: its verified own domain where it has one."""
    return origin_of(alias or f"{slug}.{tools().settings.domain}") + path


def article_path(slug: str) -> str:
    return f"/berita/{quote(slug)}"


def article_url(slug: str, alias: str | None, article: str) -> str:
    """The canonical address of an article."""
    return site_url(slug, alias, article_path(article))
