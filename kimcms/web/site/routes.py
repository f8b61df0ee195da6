"""All routes of a subsite."""

from kimcms.web.site import (
    archive,
    articles,
    authors,
    machines,
    reads,
    search,
    sharing,
    site,
    statements,
)

__all__ = [
    "archive",
    "articles",
    "authors",
    "machines",
    "reads",
    "search",
    "sharing",
    "site",
    "statements",
]
