"""Parts of pages that follow from values alone: each is rendered once, and kept.

They are the macros of `base/parts.html` and `feeds/parts.xml`. What such a macro prints may
depend on its values, on the language, on where links lead, on the wish for no pictures and on
settings, on nothing else of the request: a test holds them to it. So a page whose list has one new
card renders that card, and takes the other nineteen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, g
from markupsafe import Markup

from kimcms.web import language, links, reading

TEMPLATES = ("base/parts.html", "feeds/parts.xml")
_MOST = 4096  # of about 1 kB


def install(app: Flask) -> None:
    """Give the templates `part`. Called once by the wiring."""
    app.jinja_env.globals["part"] = _keeper(app)


def _keeper(app: Flask) -> Callable[..., Markup]:
    @lru_cache(maxsize=_MOST)
    def render(_ground: tuple[str, str, bool], name: str, values: tuple[Any, ...]) -> Markup:
        modules = (app.jinja_env.get_template(template).module for template in TEMPLATES)
        macro: Any = next(found for module in modules if (found := getattr(module, name, None)))
        return Markup(macro(*values).strip("\n"))  # noqa: S704 - a macro's, which escapes

    def part(name: str, *values: Any) -> Markup:
        """The part of this name for these values, which can be hashed; lists count as tuples."""
        hashable = tuple(tuple(v) if isinstance(v, list) else v for v in values)
        return render(_ground(), name, hashable)

    return part


def _ground() -> tuple[str, str, bool]:
    """The language of this page, scheme and port of its links, and whether the reader wants no
    pictures: asked once a request."""
    found: tuple[str, str, bool] | None = g.get("ground")
    if found is None:
        found = g.ground = (language.of_request(), links.origin_of(""), reading.saving())
    return found
