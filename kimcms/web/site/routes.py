"""All routes of a subsite."""

from kimcms.web.site import (
    archive,
    articles,
    authors,
    complaints,
    corrections,
    machines,
    previews,
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
    "complaints",
    "corrections",
    "machines",
    "previews",
    "reads",
    "search",
    "sharing",
    "site",
    "statements",
]
