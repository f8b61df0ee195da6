"""The newsroom (redaksi): everyone who signs in."""

from flask import Response

from kimcms.domain.hosts import Door
from kimcms.web.doors import DoorBlueprint

desk = DoorBlueprint(Door.REDAKSI, __name__)


@desk.after_request
def keep_to_oneself(response: Response) -> Response:
    """No cache on the way keeps a page of the newsroom; a view may be stricter."""
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response
