"""What programs read on the portal: its feed, its sitemaps, robots.txt."""

from __future__ import annotations

from werkzeug.wrappers import Response

from kimcms.web import feeds, sitemaps
from kimcms.web.freshness import page
from kimcms.web.portal import portal


@portal.get(f"/<{feeds.NAMES}:form>")
@page()
def feed(form: str) -> Response:
    return feeds.of_city(form)


@portal.get("/sitemap.xml")
@page()
def sitemap() -> Response:
    return sitemaps.index()


@portal.get(sitemaps.PAGES)
@page()
def sitemap_pages() -> Response:
    return sitemaps.pages()


@portal.get(sitemaps.NEWS)
@page()
def sitemap_news() -> Response:
    return sitemaps.news()


@portal.get("/robots.txt")
@page()
def robots() -> Response:
    return sitemaps.robots()
