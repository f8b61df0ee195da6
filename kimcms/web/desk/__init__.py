"""The newsroom (redaksi): everyone who signs in."""

from kimcms.domain.hosts import Door
from kimcms.web.doors import DoorBlueprint

desk = DoorBlueprint(Door.REDAKSI, __name__)
