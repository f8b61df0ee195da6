"""Sitemaps and robots, for the portal and every subsite alike.

Written line by line without a template: one file may hold 50,000 addresses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import quote

from flask import Response, abort, g
from markupsafe import escape

from kimcms.queries import articles, kims, sitemaps
from kimcms.web import links
from kimcms.web.rendering import page_frame

NEWS, PAGES = "/sitemap-berita.xml", "/sitemap-halaman.xml"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_SPACE = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def index() -> Response:
    """The files of this host."""
    parts = sitemaps.parts(g.kim.id, g.now) if g.kim else []
    paths = [PAGES, NEWS, *(f"/sitemap-{number}.xml" for number in parts)]
    files = [f"<sitemap><loc>{escape(_here(path))}</loc></sitemap>" for path in paths]
    return _xml(f"<sitemapindex {_SPACE}>", files, "</sitemapindex>")


def part(number: int) -> Response:
    """The articles of a subsite in one span of ids."""
    found = sitemaps.addresses(g.kim.id, number, g.now)
    if not found:
        abort(404)
    start = str(escape(_here("/berita/")))
    return _xml(
        f"<urlset {_SPACE}>",
        (
            f"<url><loc>{start}{quote(slug)}</loc><lastmod>{_instant(at)}</lastmod></url>"
            for slug, at in found
        ),
        "</urlset>",
    )


def pages() -> Response:
    """Everything on this host that is no article."""
    topics = [f"/topik/{topic.slug}/" for topic in articles.categories()]
    own = [f"/halaman/{slug}" for slug, _title in page_frame().menu]
    if g.kim:
        paths = ["/", "/tentang", *own, "/arsip/", *topics]
    else:
        paths = ["/", "/kim/", "/klaster/", "/tentang", *own, "/arsip/", *topics, *_places()]
    found = [f"<url><loc>{escape(_here(path))}</loc></url>" for path in paths]
    return _xml(f"<urlset {_SPACE}>", found, "</urlset>")


def news() -> Response:
    """The articles of the last 48 hours; on the portal those of the city feed, which stand on the
    subsites: each subsite's robots.txt names this file, so that it may speak for them."""
    found = []
    for item in sitemaps.news(g.kim.id if g.kim else None, g.now):
        address = escape(links.article_url(item.kim_slug, item.kim_alias, item.slug))
        found.append(
            f"<url><loc>{address}</loc><news:news><news:publication>"
            f"<news:name>{escape(item.kim)}</news:name><news:language>id</news:language>"
            f"</news:publication><news:publication_date>{_instant(item.public_at)}"
            f"</news:publication_date><news:title>{escape(item.title)}</news:title>"
            "</news:news></url>"
        )
    return _xml(f"<urlset {_SPACE} {_NEWS_SPACE}>", found, "</urlset>")


def robots() -> Response:
    """Everything may be read."""
    files = [_here("/sitemap.xml"), _here(NEWS)]
    if g.kim:
        files.append(links.portal_url(NEWS))
    lines = ["User-agent: *", "Allow: /", "", *(f"Sitemap: {file}" for file in files), ""]
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


def _places() -> list[str]:
    places = kims.directory()
    return [
        *dict.fromkeys(f"/kecamatan/{place.kecamatan_slug}/" for place in places),
        *(f"/kelurahan/{place.kelurahan_slug}/" for place in places),
        *(f"/kim/{place.kim_slug}/" for place in places if place.kim_open),
    ]


def _here(path: str) -> str:
    if g.kim:
        return links.site_url(g.kim.slug, g.kim.canonical_alias, path)
    return links.portal_url(path)


def _instant(at: dt.datetime) -> str:
    return at.isoformat(timespec="seconds")


def _xml(start: str, found: Iterable[str], end: str) -> Response:
    text = "\n".join((_HEAD, start, *found, end, ""))
    return Response(text, content_type="application/xml; charset=utf-8")
