"""Style sheets and scripts, under an address that changes with the build and is kept for ever."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from flask import Flask, Response, abort, send_from_directory

from kimcms.domain.hosts import Door
from kimcms.web.rendering import STATIC

_FOREVER = "public, max-age=31536000, immutable"


def install(app: Flask, door: Door) -> None:
    """The static files of one door; the rich editor is the newsroom's alone."""
    app.add_url_rule("/static/<build>/<path:name>", f"static_{door}", own_file, host=door.value)
    if door is Door.REDAKSI:
        app.add_url_rule(
            "/static/<build>/vendor/editor.js", "static_editor", editor_file, host=door.value
        )


def own_file(build: str, name: str) -> Response:
    """A file of ours. An old build's address still serves, so that an open page keeps working."""
    return _kept(send_from_directory(STATIC, name))


def editor_file(build: str) -> Response:
    """The rich editor's module, from its package."""
    spec = find_spec("django_prose_editor")
    if spec is None or spec.origin is None:  # the page works as a plain form without it
        abort(404)
    folder = Path(spec.origin).parent / "static" / "django_prose_editor"
    return _kept(send_from_directory(folder, "editor.js"))


def _kept(response: Response) -> Response:
    response.headers["Cache-Control"] = _FOREVER
    return response
