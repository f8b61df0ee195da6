"""Files of photos and PDFs as answers. Their addresses stay while their bytes may change, so every
copy is asked for again."""

from __future__ import annotations

from flask import Response, abort, send_file

from kimcms.models.media import Kind, Media
from kimcms.web.tools import tools


def answer(item: Media | None, name: str, cache: str = "no-cache") -> Response:
    """A file of a photo, or a PDF as a download. 404 where there is none of that name."""
    if item is None or name not in item.names:
        abort(404)
    path = tools().media.path(item.key(name))
    if item.kind is Kind.PDF:
        response = send_file(
            path,
            mimetype="application/pdf",
            as_attachment=True,
            download_name=f"{item.caption}.pdf",
            conditional=True,
        )
    else:
        response = send_file(path, conditional=True)
    response.headers["Cache-Control"] = cache
    return response
