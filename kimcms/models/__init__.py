"""The tables. Importing this package makes all of them known to the metadata."""

from kimcms.models import (
    account,
    article,
    citypage,
    cluster,
    counter,
    decree,
    event,
    evidence,
    idempotency,
    kelurahan,
    kim,
    lead,
    media,
    notice,
    reads,
    search,
)

__all__ = [
    "account",
    "article",
    "citypage",
    "cluster",
    "counter",
    "decree",
    "event",
    "evidence",
    "idempotency",
    "kelurahan",
    "kim",
    "lead",
    "media",
    "notice",
    "reads",
    "search",
]
