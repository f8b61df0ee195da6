"""The workers that stand in where there is no connection: for readers, and for the newsroom."""

from __future__ import annotations

from flask import Response, g, request

from kimcms.domain.hosts import Door
from kimcms.web.rendering import STATIC
from kimcms.web.tools import tools


def worker() -> Response:
    """The script of `/sw.js`; where a setting switches it off, one that undoes the other.

    Its entity tag is made of its words: a changed setting is a changed script. The newsroom's
    names the build too, so that a new program brings its own page for the time without a
    connection.
    """
    own = "desk/worker.js" if g.door is Door.REDAKSI else "worker.js"
    name = own if tools().settings.offline else "worker-off.js"
    text = (STATIC / name).read_text(encoding="utf-8").replace("BUILD", tools().build)
    response = Response(text, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
