"""The portal's pages about the city as a whole."""

from __future__ import annotations

from typing import Any

from flask import g, render_template

from kimcms.queries import clusters
from kimcms.queries import media as pictures
from kimcms.web.freshness import page
from kimcms.web.media import answer
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
    return answer(pictures.shown_in_city(media_id, g.now), name)
