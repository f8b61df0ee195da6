"""Which pages are measured, and what can be counted of them without a clock."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from bench.servers import environ
from kimcms.app import create_app
from kimcms.config import Settings
from kimcms.db import db
from kimcms.models.article import Article
from kimcms.models.kim import Kim

DOMAIN = "localhost"
PORTAL = (
    *("/", "/kim/", "/klaster/", "/kecamatan/sukun/", "/kelurahan/sukun/", "/topik/umkm/"),
    *("/tentang", "/rss.xml", "/atom.xml", "/sitemap.xml"),
)
SITE = ("/", "/topik/umkm/", "/tentang", "/rss.xml", "/atom.xml", "/sitemap.xml")


@dataclass(frozen=True)
class Page:
    """A reader page of the measured city."""

    name: str
    host: str
    path: str
    queries: int
    raw: int
    gzipped: int


def counted(folder: Path) -> list[Page]:
    """The pages of the city in this folder, asked once in this process."""
    app = create_app(Settings.read(environ(folder)))
    with app.app_context():
        largest, engine = _largest(), db.engine
    # Outside of that context, so that each request has a session of its own as it has when served.
    with _statements(engine) as seen:
        return [_page(app, seen, *address) for address in _addresses(app, largest)]


def _addresses(app: Flask, largest: str) -> Iterator[tuple[str, str, str]]:
    """Name, host and path of each page; the second page and the article as the first link them."""
    for path in PORTAL:
        yield f"portal {path}", DOMAIN, path
    second = _link(app, DOMAIN, r'"(\?sesudah=[^"]+)"')
    yield "portal /?sesudah=", DOMAIN, "/" + second
    host = f"{largest}.{DOMAIN}"
    for path in SITE:
        yield f"site {path}", host, path
    yield "site /berita/...", host, _link(app, host, r'(/berita/[^"]+)"')


def _largest() -> str:
    """The slug of the KIM with the most articles."""
    slug = db.session.scalar(
        sa.select(Kim.slug)
        .join(Article, Article.kim_id == Kim.id)
        .group_by(Kim.id)
        .order_by(sa.func.count().desc())
        .limit(1)
    )
    assert slug
    return slug


def _page(app: Flask, seen: list[str], name: str, host: str, path: str) -> Page:
    _get(app, host, path)
    seen.clear()
    body = _get(app, host, path)
    return Page(name, host, path, len(seen), len(body), len(gzip.compress(body)))


def _get(app: Flask, host: str, path: str) -> bytes:
    answer = app.test_client().get(path, base_url=f"http://{host}:8000")
    if answer.status_code != 200:
        raise RuntimeError(f"{host}{path} answers {answer.status_code}")
    body: bytes = answer.data
    return body


def _link(app: Flask, host: str, pattern: str) -> str:
    found = re.search(pattern, _get(app, host, "/").decode())
    assert found, pattern
    return found[1]


@contextmanager
def _statements(engine: sa.Engine) -> Iterator[list[str]]:
    """The statements that are executed meanwhile; a BEGIN asks for nothing."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement != "BEGIN":
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
