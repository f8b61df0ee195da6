"""All routes of the newsroom."""

from kimcms.web.desk import (
    account,
    articles,
    clusters,
    desk,
    files,
    frame,
    home,
    kims,
    look,
    members,
    publishing,
    review,
)

__all__ = [
    "account",
    "articles",
    "clusters",
    "desk",
    "files",
    "frame",
    "home",
    "kims",
    "look",
    "members",
    "publishing",
    "review",
]
