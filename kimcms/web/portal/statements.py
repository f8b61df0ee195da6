"""What the portal says of itself and of how it works."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template

from kimcms.web import offline as keeping
from kimcms.web import statements
from kimcms.web.freshness import page
from kimcms.web.portal import portal


@portal.both("/tentang")
@page()
def about() -> str:
    return render_template("portal/about.html")


@portal.get("/halaman/<slug>")
@page()
def own_page(slug: str) -> Any:
    """One of the pages that Diskominfo writes."""
    return statements.own_page(slug)


@portal.both("/pedoman")
@page()
def guidelines() -> str:
    return statements.answer("guidelines")


@portal.both("/privasi")
@page()
def privacy() -> str:
    return statements.answer("privacy")


@portal.both("/aksesibilitas")
@page()
def accessibility() -> str:
    return statements.answer("accessibility")


@portal.both("/luring")
@page()
def offline() -> str:
    """What a reader sees without a connection, where nothing else was kept."""
    return statements.answer("offline")


@portal.get("/sw.js")
def worker() -> Response:
    return keeping.worker()
