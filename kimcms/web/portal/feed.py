"""The portal's pages."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template, request, send_file
from werkzeug.wrappers import Response

from kimcms.domain.feed import mix
from kimcms.queries import articles, clusters, kims
from kimcms.queries import media as pictures
from kimcms.queries.paging import Cursor, Page
from kimcms.web import feeds
from kimcms.web.freshness import page
from kimcms.web.portal import portal
from kimcms.web.tools import tools


@portal.both("/")
@page("sesudah", "hemat")
def home() -> str:
    """The newest 20 are mixed fairly, older pages keep the plain order."""
    after = Cursor.read(request.args.get("sesudah"))
    found = articles.feed_articles(g.now, after)
    if after is None:
        found = Page(mix(found.rows, lambda card: card.kim_id), found.after)
    return render_template(
        "portal/home.html",
        page=found,
        topics=articles.categories(),
        places=kims.directory(),
        first=after is None,
    )


@portal.both("/topik/<slug>/")
@page("sesudah", "hemat")
def topic(slug: str) -> str:
    topics = articles.categories()
    chosen = next((topic for topic in topics if topic.slug == slug), None)
    if chosen is None:
        abort(404)
    after = Cursor.read(request.args.get("sesudah"))
    return render_template(
        "portal/topic.html",
        topic=chosen,
        topics=topics,
        page=articles.feed_articles(g.now, after, category_id=chosen.id),
    )


@portal.both("/kim/")
@page()
def directory() -> str:
    return render_template("portal/directory.html", places=kims.directory())


@portal.both("/klaster/")
@page()
def cluster_page() -> str:
    return render_template(
        "portal/clusters.html",
        picture=clusters.picture(),
        show_all=tools().settings.show_all_clusters,
    )


@portal.both("/kecamatan/<slug>/")
@page("sesudah", "hemat")
def kecamatan(slug: str) -> str:
    place = kims.kecamatan_by_slug(slug)
    if place is None:
        abort(404)
    here = [row for row in kims.directory() if row.kecamatan_slug == slug]
    after = Cursor.read(request.args.get("sesudah"))
    return render_template(
        "portal/kecamatan.html",
        place=place,
        places=here,
        page=articles.feed_articles(
            g.now, after, kim_ids=[row.kim_id for row in here if row.kim_id]
        ),
    )


@portal.both("/kelurahan/<slug>/")
@page("sesudah", "hemat")
def kelurahan(slug: str) -> str:
    """Its news; where nobody writes yet, that of its neighbours."""
    places = kims.directory()
    here = next((row for row in places if row.kelurahan_slug == slug), None)
    if here is None:
        abort(404)
    district = [row for row in places if row.kecamatan_slug == here.kecamatan_slug and row != here]
    neighbours = [row for row in district if row.kim_open]
    whose = [row.kim_id for row in ([here] if here.kim_open else neighbours) if row.kim_id]
    after = Cursor.read(request.args.get("sesudah"))
    return render_template(
        "portal/kelurahan.html",
        place=here,
        neighbours=neighbours,
        page=articles.feed_articles(g.now, after, kim_ids=whose),
    )


@portal.both("/saya")
@page()
def mine() -> str:
    """The short address to choose one's own kelurahan from."""
    return render_template("portal/mine.html", places=kims.directory())


@portal.get("/rss.xml")
@page()
def rss() -> Response:
    return feeds.answer("rss", articles.city_stories(g.now))


@portal.get("/atom.xml")
@page()
def atom() -> Response:
    return feeds.answer("atom", articles.city_stories(g.now))


@portal.get("/sitemap.xml")
@page()
def sitemap() -> Response:
    return feeds.sitemap()


@portal.get("/robots.txt")
@page()
def robots() -> Response:
    return feeds.robots()


@portal.get("/media/<int:media_id>/<name>")
def media(media_id: int, name: str) -> Any:
    """A photo, while an article of the city feed shows it."""
    photo = pictures.shown_in_city(media_id, g.now)
    if photo is None or name not in photo.names:
        abort(404)
    response = send_file(tools().media.path(photo.key(name)), conditional=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
