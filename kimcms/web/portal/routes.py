"""All routes of the portal."""

from kimcms.web.portal import (
    archive,
    corrections,
    feed,
    machines,
    pages,
    places,
    portal,
    search,
    sharing,
    statements,
)

__all__ = [
    "archive",
    "corrections",
    "feed",
    "machines",
    "pages",
    "places",
    "portal",
    "search",
    "sharing",
    "statements",
]
