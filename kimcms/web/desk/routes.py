"""All routes of the newsroom."""

from kimcms.web.desk import (
    account,
    articles,
    clusters,
    desk,
    frame,
    home,
    kims,
    look,
    members,
    review,
)

__all__ = [
    "account",
    "articles",
    "clusters",
    "desk",
    "frame",
    "home",
    "kims",
    "look",
    "members",
    "review",
]
