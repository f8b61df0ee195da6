"""A read is counted."""

from __future__ import annotations

from flask import Response, current_app, g, request

from kimcms.web.site import site


@site.post("/dibaca/<int:article_id>")
def read(article_id: int) -> Response:
    """Answers at once whether or not it is counted: nobody learns anything from it."""
    agent = request.headers.get("User-Agent", "")
    current_app.extensions["kimcms.reads"].add(
        g.kim.id, article_id, request.remote_addr or "", agent
    )
    response = Response(status=204)
    response.headers["Cache-Control"] = "no-store"
    return response
