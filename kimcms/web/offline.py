"""The worker that keeps the last articles readable without a connection."""

from __future__ import annotations

from flask import Response, request

from kimcms.web.rendering import STATIC
from kimcms.web.tools import tools


def worker() -> Response:
    """The script of `/sw.js`; where a setting switches it off, one that undoes the other.

    Its entity tag is made of its words: a changed setting is a changed script.
    """
    name = "worker.js" if tools().settings.offline else "worker-off.js"
    response = Response((STATIC / name).read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
