"""The same statements on every subsite."""

from __future__ import annotations

from typing import Any

from flask import Response

from kimcms.web import offline as keeping
from kimcms.web import statements
from kimcms.web.freshness import page
from kimcms.web.site import site


@site.get("/halaman/<slug>")
@page()
def own_page(slug: str) -> Any:
    """One of the pages that the KIM writes of itself."""
    return statements.own_page(slug)


@site.get("/pedoman")
@page()
def guidelines() -> str:
    return statements.answer("guidelines")


@site.get("/privasi")
@page()
def privacy() -> str:
    return statements.answer("privacy")


@site.get("/aksesibilitas")
@page()
def accessibility() -> str:
    return statements.answer("accessibility")


@site.get("/luring")
@page()
def offline() -> str:
    """What a reader sees without a connection, where nothing else was kept."""
    return statements.answer("offline")


@site.get("/sw.js")
def worker() -> Response:
    return keeping.worker()
