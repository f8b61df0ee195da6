"""The version of a page: what its entity tag is made of."""

from __future__ import annotations

import datetime as dt
from functools import cache

import sqlalchemy as sa

from kimcms.db import UtcDateTime
from kimcms.models.counter import PageCounter, PageMoment
from kimcms.queries.rows import rows


def version(tags: tuple[str, ...], now: dt.datetime) -> str:
    """Changes whenever a page with these tags changes, by an edit or by time alone.

    It names each counter and the newest instant that has passed (a scheduled item, the end of a
    hide). One query.
    """
    named = {f"tag_{number}": tag for number, tag in enumerate(tags)}
    found = rows(_version(tuple(named)), {"now": now, **named})
    parts = sorted(f"{tag}:{value}:{at.timestamp() if at else ''}" for tag, value, at in found)
    return "|".join(parts)


@cache
def _version(named: tuple[str, ...]) -> sa.CompoundSelect[tuple[str, int, dt.datetime | None]]:
    """Built once for each number of tags: building costs several times what running does, and a
    list that is expanded at each run half as much again."""
    tags: list[sa.BindParameter[str]] = [sa.bindparam(name, type_=sa.String()) for name in named]
    counted = sa.select(PageCounter.tag, PageCounter.value, sa.literal(None, UtcDateTime())).where(
        PageCounter.tag.in_(tags)
    )
    passed = (
        sa.select(PageMoment.tag, sa.literal(0), sa.func.max(PageMoment.at))
        .where(PageMoment.tag.in_(tags), PageMoment.at <= sa.bindparam("now", type_=UtcDateTime()))
        .group_by(PageMoment.tag)
    )
    return sa.union_all(counted, passed)
