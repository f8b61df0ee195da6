"""What a subsite shows."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request, send_file
from werkzeug.wrappers import Response

from kimcms.queries import articles, kims
from kimcms.queries import media as pictures
from kimcms.queries.paging import Cursor
from kimcms.web import feeds, words
from kimcms.web.freshness import page
from kimcms.web.links import article_path
from kimcms.web.site import site
from kimcms.web.tools import tools


@site.get("/")
@page("sesudah", "hemat")
def home() -> str:
    after = Cursor.read(request.args.get("sesudah"))
    return render_template(
        "site/home.html",
        page=articles.public_articles(g.kim.id, g.now, after),
        topics=articles.categories(),
        first=after is None,
    )


@site.get("/berita/<slug>")
@page("hemat")
def article(slug: str) -> Any:
    story = articles.public_article(g.kim.id, slug, g.now)
    if story is not None:
        more = articles.public_articles(g.kim.id, g.now)
        return render_template(
            "site/article.html",
            story=story,
            more=[card for card in more.rows if card.id != story.id][:4],
        )
    gone = articles.withdrawn_article(g.kim.id, slug)
    if gone is not None:
        return render_template("site/withdrawn.html", gone=gone, why=words.WITHDRAWN), 410
    current = articles.current_slug(g.kim.id, slug, g.now)
    if current is not None:
        moved: Response = redirect(article_path(current), 308)
        return moved
    abort(404)


@site.get("/topik/<slug>/")
@page("sesudah", "hemat")
def topic(slug: str) -> str:
    topics = articles.categories()
    chosen = next((topic for topic in topics if topic.slug == slug), None)
    if chosen is None:
        abort(404)
    after = Cursor.read(request.args.get("sesudah"))
    return render_template(
        "site/topic.html",
        topic=chosen,
        topics=topics,
        page=articles.public_articles(g.kim.id, g.now, after, chosen.id),
    )


@site.get("/tentang")
@page()
def about() -> str:
    return render_template("site/about.html", board=kims.board(g.kim.id))


@site.get("/rss.xml")
@page()
def rss() -> Response:
    return feeds.answer("rss", articles.site_stories(g.kim.id, g.now))


@site.get("/atom.xml")
@page()
def atom() -> Response:
    return feeds.answer("atom", articles.site_stories(g.kim.id, g.now))


@site.get("/sitemap.xml")
@page()
def sitemap() -> Response:
    return feeds.sitemap()


@site.get("/robots.txt")
@page()
def robots() -> Response:
    return feeds.robots()


@site.get("/media/<int:media_id>/<name>")
def media(media_id: int, name: str) -> Response:
    """A photo, while a public article of this KIM shows it."""
    photo = pictures.shown_on_site(g.kim.id, media_id, g.now)
    if photo is None or name not in photo.names:
        abort(404)
    response = send_file(tools().media.path(photo.key(name)), conditional=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
