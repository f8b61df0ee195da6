"""The city portal: the aggregated feed, the directory, the clusters."""

from kimcms.domain.hosts import Door
from kimcms.web.doors import DoorBlueprint

portal = DoorBlueprint(Door.PORTAL, __name__)
