"""The subsite of one KIM."""

from kimcms.domain.hosts import Door
from kimcms.web.doors import DoorBlueprint

site = DoorBlueprint(Door.SITUS, __name__)
