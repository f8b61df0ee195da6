"""What the KIMs corrected and took away of what stands or stood in the city feed."""

from __future__ import annotations

from flask import g, render_template, request

from kimcms.queries import corrections
from kimcms.queries.paging import Cursor
from kimcms.web import words
from kimcms.web.freshness import page
from kimcms.web.portal import portal


@portal.both("/ralat/")
@page("sesudah", "hemat")
def corrected() -> str:
    after = Cursor.read(request.args.get("sesudah"))
    found = corrections.of_city(g.now, after)
    return render_template("portal/corrections.html", page=found, words=words)
