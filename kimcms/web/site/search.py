"""The search on one subsite."""

from __future__ import annotations

from flask import render_template

from kimcms.queries import articles
from kimcms.web import search
from kimcms.web.freshness import page
from kimcms.web.site import site


@site.get("/cari")
@page("q", "topik", "bulan", "urut", "sesudah")
def find() -> str:
    topics = articles.categories()
    return render_template("site/search.html", asked=search.ask(topics, None), topics=topics)
