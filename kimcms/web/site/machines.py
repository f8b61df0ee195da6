"""What programs read on a subsite: its feed, its sitemaps, robots.txt."""

from __future__ import annotations

from werkzeug.wrappers import Response

from kimcms.web import feeds, sitemaps
from kimcms.web.freshness import page
from kimcms.web.site import site


@site.get(f"/<{feeds.NAMES}:form>")
@page()
def feed(form: str) -> Response:
    return feeds.of_site(form)


@site.get("/sitemap.xml")
@page()
def sitemap() -> Response:
    return sitemaps.index()


@site.get(sitemaps.PAGES)
@page()
def sitemap_pages() -> Response:
    return sitemaps.pages()


@site.get(sitemaps.NEWS)
@page()
def sitemap_news() -> Response:
    return sitemaps.news()


@site.get("/sitemap-<int:part>.xml")
@page()
def sitemap_part(part: int) -> Response:
    return sitemaps.part(part)


@site.get("/robots.txt")
@page()
def robots() -> Response:
    return sitemaps.robots()
