"""The two predicates on which every page, feed, count and picture depends.

Here as pure functions; `queries/visible.py` holds the same as SQL, and a property test holds the
two together.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from kimcms.domain.workflow import Exposure, FeedState

# How long an article stands in the news sitemap: what search engines ask for.
NEWS_LASTS = dt.timedelta(hours=48)


class Showable(Protocol):
    @property
    def exposure(self) -> Exposure: ...
    @property
    def public_at(self) -> dt.datetime | None: ...
    @property
    def hidden_until(self) -> dt.datetime | None: ...
    @property
    def feed_state(self) -> FeedState: ...


def is_public(article: Showable, site_open: bool, now: dt.datetime) -> bool:
    """Readers may see it: exposed, its hour has come, not hidden, and its subsite is open."""
    return (
        article.exposure is Exposure.PUBLIC
        and article.public_at is not None
        and article.public_at <= now
        and (article.hidden_until is None or article.hidden_until <= now)
        and site_open
    )


def in_feed(article: Showable, site_open: bool, now: dt.datetime) -> bool:
    """It stands in the city feed: public, and accepted by the Forum."""
    return is_public(article, site_open, now) and article.feed_state is FeedState.ACCEPTED
