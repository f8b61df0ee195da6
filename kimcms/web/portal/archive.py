"""The city feed by month."""

from __future__ import annotations

from flask import abort, g, render_template, request
from werkzeug.wrappers import Response

from kimcms.domain.archive import Month
from kimcms.queries import archives, articles
from kimcms.queries.paging import Cursor
from kimcms.web import feeds
from kimcms.web.freshness import page
from kimcms.web.portal import portal
from kimcms.web.rendering import month_name

_MONTH = "/arsip/<int(fixed_digits=4):year>/<int(fixed_digits=2):number>/"


@portal.both("/arsip/")
@page()
def archive() -> str:
    return render_template("portal/archive.html", archive=archives.of_city(None, g.now))


@portal.both("/arsip/<int(fixed_digits=4):year>/")
@page()
def year(year: int) -> str:
    found = archives.of_city(year, g.now)
    return render_template("portal/archive.html", archive=found or abort(404))


@portal.both(_MONTH)
@page("sesudah", "hemat")
def month(year: int, number: int) -> str:
    """A month in which nothing came has no page: such addresses have no end."""
    chosen = Month.read(year, number) or abort(404)
    after = Cursor.read(request.args.get("sesudah"))
    found = articles.feed_articles(g.now, after, since=chosen.since, until=chosen.until)
    if not found.rows:
        abort(404)
    return render_template("portal/month.html", month=chosen, page=found)


@portal.get(f"{_MONTH}<{feeds.NAMES}:form>")
@page()
def month_feed(year: int, number: int, form: str) -> Response:
    chosen = Month.read(year, number) or abort(404)
    key = f"arsip/{chosen.year}/{chosen.number}"
    title = month_name(chosen.first_day)
    return feeds.of_city(form, key, title, since=chosen.since, until=chosen.until)
