"""What a KIM corrected and took away."""

from __future__ import annotations

from flask import g, render_template, request

from kimcms.queries import corrections
from kimcms.queries.paging import Cursor
from kimcms.web import words
from kimcms.web.freshness import page
from kimcms.web.site import site


@site.get("/ralat/")
@page("sesudah", "hemat")
def corrected() -> str:
    after = Cursor.read(request.args.get("sesudah"))
    found = corrections.of_site(g.kim.id, g.now, after)
    return render_template("site/corrections.html", page=found, words=words)
