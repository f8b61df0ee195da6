"""What one pewarta wrote, where the person is shown by name."""

from __future__ import annotations

from flask import abort, g, render_template, request
from werkzeug.wrappers import Response

from kimcms.queries import articles, bylines
from kimcms.queries.paging import Cursor
from kimcms.web import feeds
from kimcms.web.freshness import page
from kimcms.web.site import site


@site.get("/pewarta/<slug>/")
@page("sesudah", "hemat")
def author(slug: str) -> str:
    person = bylines.author(g.kim.id, slug, g.now) or abort(404)
    after = Cursor.read(request.args.get("sesudah"))
    found = articles.public_articles(g.kim.id, g.now, after, author_id=person.id)
    return render_template("site/author.html", author=person, page=found)


@site.get(f"/pewarta/<slug>/<{feeds.NAMES}:form>")
@page()
def author_feed(slug: str, form: str) -> Response:
    person = bylines.author(g.kim.id, slug, g.now) or abort(404)
    return feeds.of_site(form, f"pewarta/{person.id}", person.name, author_id=person.id)
