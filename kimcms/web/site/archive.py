"""A subsite by month."""

from __future__ import annotations

from flask import abort, g, render_template, request
from werkzeug.wrappers import Response

from kimcms.domain.archive import Month
from kimcms.queries import archives, articles
from kimcms.queries.paging import Cursor
from kimcms.web import feeds
from kimcms.web.freshness import page
from kimcms.web.rendering import month_name
from kimcms.web.site import site

_MONTH = "/arsip/<int(fixed_digits=4):year>/<int(fixed_digits=2):number>/"


@site.get("/arsip/")
@page()
def archive() -> str:
    return render_template("site/archive.html", archive=archives.of_site(g.kim.id, None, g.now))


@site.get("/arsip/<int(fixed_digits=4):year>/")
@page()
def year(year: int) -> str:
    found = archives.of_site(g.kim.id, year, g.now)
    return render_template("site/archive.html", archive=found or abort(404))


@site.get(_MONTH)
@page("sesudah", "hemat")
def month(year: int, number: int) -> str:
    """A month in which nothing came has no page: such addresses have no end."""
    chosen = Month.read(year, number) or abort(404)
    after = Cursor.read(request.args.get("sesudah"))
    found = articles.public_articles(g.kim.id, g.now, after, since=chosen.since, until=chosen.until)
    if not found.rows:
        abort(404)
    return render_template("site/month.html", month=chosen, page=found)


@site.get(f"{_MONTH}<{feeds.NAMES}:form>")
@page()
def month_feed(year: int, number: int, form: str) -> Response:
    chosen = Month.read(year, number) or abort(404)
    key = f"arsip/{chosen.year}/{chosen.number}"
    title = month_name(chosen.first_day)
    return feeds.of_site(form, key, title, since=chosen.since, until=chosen.until)
