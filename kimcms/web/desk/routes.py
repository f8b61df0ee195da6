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
    policies,
    publishing,
    register,
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
    "policies",
    "publishing",
    "register",
    "review",
]
