"""RSS, Atom, sitemap and robots, for the portal and every subsite alike."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, g, render_template

from kimcms.queries import articles, kims
from kimcms.queries.articles import Story

_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}
_XML = "application/xml; charset=utf-8"


def answer(kind: str, stories: Sequence[Story]) -> Response:
    """A feed of the newest articles. Ids survive a changed title and slug."""
    updated = max((max(story.changed_at, story.public_at) for story in stories), default=None)
    text = render_template(f"feeds/{kind}.xml", stories=stories, updated=updated)
    return Response(text, content_type=f"{_TYPES[kind]}; charset=utf-8")


def sitemap() -> Response:
    """The addresses of this host."""
    if g.kim is not None:
        found = articles.addresses(g.kim.id, g.now)
        text = render_template("feeds/sitemap_site.xml", rows=found, topics=articles.categories())
    else:
        text = render_template(
            "feeds/sitemap_portal.xml", places=kims.directory(), topics=articles.categories()
        )
    return Response(text, content_type=_XML)


def robots() -> Response:
    text = render_template("feeds/robots.txt")
    return Response(text, content_type="text/plain; charset=utf-8")
