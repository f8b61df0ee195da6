"""The addresses of a host for search engines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import BigId, UtcDateTime
from kimcms.domain.visibility import NEWS_LASTS
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.queries.rows import rows
from kimcms.queries.visible import NOW, in_feed, is_public, is_public_itself, live_since

PART = 50_000  # addresses that one file may hold
NEWS = 1_000  # and one of news
_SIZE = sa.bindparam("size", type_=sa.Integer())
_KIM = Article.kim_id == sa.bindparam("kim_id")


@dataclass(frozen=True, slots=True)
class News:
    """An article of the last two days."""

    slug: str
    title: str
    public_at: dt.datetime
    kim: str
    kim_slug: str
    kim_alias: str | None


def parts(kim_id: int, now: dt.datetime) -> list[int]:
    """The numbers of the parts that hold something of a KIM.

    A part is a span of 50,000 ids, so that its border never moves and it never holds too many;
    the walk leaps from part to part and so costs one step for each.
    """
    found = rows(_parts(PART), {"kim_id": kim_id, "now": now})
    return [number for (number,) in found]


@cache
def _parts(size: int) -> sa.Select[Any]:
    leap = sa.select(sa.literal(-1, BigId).label("number")).cte("leap", recursive=True)
    following = (
        sa.select(Article.id // size)
        .where(_KIM, is_public_itself(NOW), Article.id >= (leap.c.number + 1) * size)
        .order_by(Article.id)
        .limit(1)
        .scalar_subquery()
    )
    leap = leap.union_all(sa.select(following).where(leap.c.number.is_not(None)))
    return sa.select(leap.c.number).where(leap.c.number >= 0)


def addresses(kim_id: int, part: int, now: dt.datetime) -> list[tuple[str, dt.datetime]]:
    """Slug and time of the last change of what a subsite shows in one part."""
    span = {"first": part * PART, "beyond": (part + 1) * PART}
    return [(row[0], row[1]) for row in rows(_ADDRESSES, {"kim_id": kim_id, "now": now, **span})]


_ADDRESSES = (
    sa.select(Article.slug, live_since)
    .where(
        _KIM,
        Article.id >= sa.bindparam("first"),
        Article.id < sa.bindparam("beyond"),
        is_public_itself(NOW),
    )
    .order_by(Article.id)
)


def news(kim_id: int | None, now: dt.datetime) -> list[News]:
    """What came in the last 48 hours, newest first: on a subsite, or (None) in the city feed."""
    given = {"now": now, "since": now - NEWS_LASTS, "size": NEWS, "kim_id": kim_id}
    return [News(*row) for row in rows(_news(kim_id is None), given)]


@cache
def _news(city: bool) -> sa.Select[Any]:
    shown = (in_feed(NOW),) if city else (_KIM, is_public(NOW))
    return (
        sa.select(
            Article.slug,
            Revision.title,
            Article.public_at,
            Kim.name,
            Kim.slug,
            sa.case((Kim.alias_verified_at.is_not(None), Kim.alias_domain)),
        )
        .join(Kim, Kim.id == Article.kim_id)
        .join(Revision, Revision.id == Article.live_revision_id)
        .where(*shown, Article.public_at > sa.bindparam("since", type_=UtcDateTime()))
        .order_by(Article.public_at.desc(), Article.id.desc())
        .limit(_SIZE)
    )
