"""The language of a page follows from its address alone: English is below `/en` on the portal."""

from __future__ import annotations

from flask import current_app, g, has_request_context, request

from kimcms.domain.hosts import Door

ENGLISH = "/en"


def of_request() -> str:
    """The language of this request's page, as Flask-Babel asks for it. Letters, pages of the
    newsroom and subsites are Indonesian."""
    return "en" if _below_english() else "id"


def local(path: str) -> str:
    """A path of the portal in the language of this page."""
    return ENGLISH + path if _below_english() else path


def twins() -> dict[str, str]:
    """The path of this page by language; empty where it exists in one language only."""
    if not has_request_context() or request.url_rule is None or g.get("door") is not Door.PORTAL:
        return {}
    plain = request.endpoint.removesuffix("_en") if request.endpoint else ""
    if f"{plain}_en" not in current_app.view_functions:
        return {}
    path = request.path.removeprefix(ENGLISH) if _below_english() else request.path
    return {"id": path, "en": ENGLISH + path}


def _below_english() -> bool:
    if not has_request_context() or g.get("door") is not Door.PORTAL:
        return False
    return request.path.startswith(ENGLISH + "/")
