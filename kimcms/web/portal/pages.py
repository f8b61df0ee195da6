"""The portal's pages about the city as a whole."""

from __future__ import annotations

from typing import Any

from flask import abort, g, render_template, send_file

from kimcms.queries import clusters
from kimcms.queries import media as pictures
from kimcms.web.freshness import page
from kimcms.web.portal import portal
from kimcms.web.tools import tools


@portal.both("/klaster/")
@page()
def cluster_page() -> str:
    return render_template(
        "portal/clusters.html",
        picture=clusters.picture(),
        show_all=tools().settings.show_all_clusters,
    )


@portal.get("/media/<int:media_id>/<name>")
def media(media_id: int, name: str) -> Any:
    """A photo, while an article of the city feed shows it."""
    photo = pictures.shown_in_city(media_id, g.now)
    if photo is None or name not in photo.names:
        abort(404)
    response = send_file(tools().media.path(photo.key(name)), conditional=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
