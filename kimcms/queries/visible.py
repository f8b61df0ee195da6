"""The two predicates of `domain/visibility.py` as SQL. A property test holds them together."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import UtcDateTime
from kimcms.domain.workflow import Exposure, FeedState
from kimcms.models.article import Article
from kimcms.models.kim import Kim

# A statement that is built once names the instant, which is then given when it runs.
NOW: sa.BindParameter[dt.datetime] = sa.bindparam("now", type_=UtcDateTime())

_EXPOSED = Article.exposure == sa.literal_column(f"'{Exposure.PUBLIC.value}'")
_ACCEPTED = Article.feed_state == sa.literal_column(f"'{FeedState.ACCEPTED.value}'")


def site_open() -> sa.ColumnElement[bool]:
    """The subsite of the joined KIM may be read."""
    return sa.and_(Kim.opened_at.is_not(None), Kim.suspended_at.is_(None), Kim.closed_at.is_(None))


# When the words that readers see now went before them.
live_since: sa.ColumnElement[dt.datetime] = sa.func.coalesce(Article.live_at, Article.public_at)

_Instant = dt.datetime | sa.BindParameter[dt.datetime]


def is_public_itself(now: _Instant, upto: _Instant | None = None) -> sa.ColumnElement[bool]:
    """The article may be seen as far as it alone is asked. Literals let partial indexes apply.

    A page from the middle of a list gives as `upto` where it begins, which is never after now:
    SQLite enters an index by one bound, and from `now` it would pass by all newer articles.
    """
    return sa.and_(
        _EXPOSED,
        Article.public_at <= (now if upto is None else upto),
        sa.or_(Article.hidden_until.is_(None), Article.hidden_until <= now),
    )


def in_feed_itself(now: _Instant, upto: _Instant | None = None) -> sa.ColumnElement[bool]:
    """The article belongs to the city feed as far as it alone is asked."""
    return sa.and_(_ACCEPTED, is_public_itself(now, upto))


def is_public(now: _Instant, upto: _Instant | None = None) -> sa.ColumnElement[bool]:
    """Readers may see the article. Wants `Kim` joined."""
    return sa.and_(is_public_itself(now, upto), site_open())


def in_feed(now: _Instant, upto: _Instant | None = None) -> sa.ColumnElement[bool]:
    """The article stands in the city feed. Wants `Kim` joined."""
    return sa.and_(_ACCEPTED, is_public(now, upto))
