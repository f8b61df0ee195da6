"""All routes of the portal."""

from kimcms.web.portal import (
    archive,
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
    "feed",
    "machines",
    "pages",
    "places",
    "portal",
    "search",
    "sharing",
    "statements",
]
