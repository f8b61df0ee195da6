"""Style sheets and scripts, under an address that changes with the build and is kept for ever."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

from flask import Flask, Response, abort

from kimcms.domain.hosts import Door
from kimcms.web import compression
from kimcms.web.rendering import STATIC


def install(app: Flask, door: Door) -> None:
    """The static files of one door; the rich editor is the newsroom's alone."""
    app.add_url_rule("/static/<build>/<path:name>", f"static_{door}", own_file, host=door.value)
    if door is Door.REDAKSI:
        app.add_url_rule(
            "/static/<build>/vendor/editor.js", "static_editor", editor_file, host=door.value
        )


def own_file(build: str, name: str) -> Response:
    """A file of ours. An old build's address still serves, so that an open page keeps working."""
    path = _own_files().get(name)
    if path is None:
        abort(404)
    return _forever(path)


@cache
def _own_files() -> dict[str, Path]:
    """Everything that may be asked for: a name that is not here is no path to try."""
    return {p.relative_to(STATIC).as_posix(): p for p in STATIC.rglob("*") if p.is_file()}


def editor_file(build: str) -> Response:
    """The rich editor's module, from its package."""
    spec = find_spec("django_prose_editor")
    if spec is None or spec.origin is None:  # the page works as a plain form without it
        abort(404)
    folder = Path(spec.origin).parent / "static" / "django_prose_editor"
    return _forever(folder / "editor.js")


def _forever(path: Path) -> Response:
    ways = compression.kept(path)
    kind = guess_type(path.name)[0] or "application/octet-stream"
    kind = "text/javascript" if path.suffix == ".js" else kind
    way = compression.accepted()
    way = way if len(ways[way]) < len(ways[compression.PLAIN]) else compression.PLAIN
    response = Response(ways[way], mimetype=kind)
    if way:
        response.headers["Content-Encoding"] = way
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
