"""The search over the city feed."""

from __future__ import annotations

from flask import render_template

from kimcms.queries import articles, kims
from kimcms.web import search
from kimcms.web.freshness import page
from kimcms.web.portal import portal


@portal.both("/cari")
@page("q", "kecamatan", "kelurahan", "kim", "topik", "bulan", "urut", "sesudah")
def find() -> str:
    topics, places = articles.categories(), kims.directory()
    asked = search.ask(topics, places)
    return render_template("portal/search.html", asked=asked, topics=topics, places=places)
