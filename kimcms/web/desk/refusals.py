"""What the newsroom refuses is written down, in one place, after the answer is made."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, g, request
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.queries import desk as newsroom
from kimcms.queries import kims, review
from kimcms.services import refusals
from kimcms.web.access import actor
from kimcms.web.desk import desk

# Refused by a right, or by how things stand. What was only typed wrong (422) is no attempt.
_TOLD = frozenset({403, 409})


@desk.after_request
def note_refusal(response: Response) -> Response:
    if request.method != "POST" or response.status_code not in _TOLD:
        return response
    if not current_user.is_authenticated:
        return response
    try:
        who, names = actor(), dict(request.view_args or {})
        refusals.note(who, _verb(), _about(names), g.get("refused", "not_allowed"), g.now, **names)
    except SQLAlchemyError as problem:  # the answer stands: it must not fail for this
        current_app.logger.warning("refusal not written down: %s", problem)
    return response


def _verb() -> str:
    """The verb of the gate, or the page's own name where there is none."""
    endpoint = request.endpoint or ""
    rule = getattr(current_app.view_functions.get(endpoint), "access", None)
    verb = getattr(rule, "verb", None)
    return verb.value if verb else endpoint.removeprefix("desk.")


def _about(names: dict[str, Any]) -> Article | Kim | None:
    """What the address names, taken out of the names; the KIM where its object is no article."""
    kim = kims.by_slug(names.pop("kim")) if "kim" in names else None
    if "article_id" not in names:
        return kim
    article_id = names.pop("article_id")
    found = newsroom.article(kim.id, article_id) if kim else review.article_seen(article_id, g.now)
    return found or kim
