"""What a subsite shows."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request
from werkzeug.wrappers import Response

from kimcms.queries import articles, house, kims, slugs, withdrawals
from kimcms.queries import media as pictures
from kimcms.queries.articles import Topic
from kimcms.queries.paging import Cursor
from kimcms.web import feeds, words
from kimcms.web.freshness import page
from kimcms.web.links import article_path
from kimcms.web.media import answer
from kimcms.web.site import site

MORE = 4  # of the same KIM below an article


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
        more = articles.public_articles(g.kim.id, g.now, size=MORE + 1)
        return render_template(
            "site/article.html",
            story=story,
            more=[card for card in more.rows if card.id != story.id][:MORE],
            words=words,
        )
    gone = withdrawals.withdrawn_article(g.kim.id, slug)
    if gone is not None:
        return render_template("site/withdrawn.html", gone=gone, why=words.WITHDRAWN), 410
    current = slugs.current_slug(g.kim.id, slug, g.now)
    if current is not None:
        moved: Response = redirect(article_path(current), 308)
        return moved
    abort(404)


@site.get("/topik/<slug>/")
@page("sesudah", "hemat")
def topic(slug: str) -> str:
    topics, chosen = _topic(slug)
    after = Cursor.read(request.args.get("sesudah"))
    return render_template(
        "site/topic.html",
        topic=chosen,
        topics=topics,
        page=articles.public_articles(g.kim.id, g.now, after, category_id=chosen.id),
    )


@site.get(f"/topik/<slug>/<{feeds.NAMES}:form>")
@page()
def topic_feed(slug: str, form: str) -> Response:
    _topics, chosen = _topic(slug)
    return feeds.of_site(form, f"topik/{chosen.id}", chosen.name, category_id=chosen.id)


def _topic(slug: str) -> tuple[list[Topic], Topic]:
    topics = articles.categories()
    return topics, next((one for one in topics if one.slug == slug), None) or abort(404)


@site.get("/tentang")
@page()
def about() -> str:
    return render_template(
        "site/about.html", board=kims.board(g.kim.id), editors=house.editors(g.kim.id, g.now)
    )


@site.get("/media/<int:media_id>/<name>")
def media(media_id: int, name: str) -> Response:
    """A photo, or a PDF as a download, while a public article of this KIM has it."""
    return answer(pictures.shown_on_site(g.kim.id, media_id, g.now), name)
