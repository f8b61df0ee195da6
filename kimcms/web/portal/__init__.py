"""The city portal: the aggregated feed, the directory, the clusters."""

from collections.abc import Callable
from typing import Any

from kimcms.domain.hosts import Door
from kimcms.web.doors import DoorBlueprint
from kimcms.web.language import ENGLISH

View = Callable[..., Any]


class Portal(DoorBlueprint):
    """The portal's routes."""

    def both(self, path: str) -> Callable[[View], View]:
        """A page in Indonesian at `path`, and in English at the same path below `/en`."""

        def decorate(view: View) -> View:
            name = view.__name__
            self.add_url_rule(path, name, view, methods=["GET"])
            self.add_url_rule(ENGLISH + path, f"{name}_en", view, methods=["GET"])
            return view

        return decorate


portal = Portal(Door.PORTAL, __name__)
