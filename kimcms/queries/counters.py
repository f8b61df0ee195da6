"""The version of a page: what its entity tag and its place in the page cache are made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import UtcDateTime
from kimcms.models.counter import PageCounter, PageMoment
from kimcms.queries.rows import rows


@dataclass(frozen=True)
class Version:
    """What the pages of some tags are at an instant: each counter, the newest instant that has
    passed (a scheduled item, the end of a hide), and the next one that will change them."""

    counters: dict[str, int]
    passed: dt.datetime | None
    coming: dt.datetime | None

    def __str__(self) -> str:
        """Changes whenever those pages change, by an edit or by time alone."""
        words = [f"{tag}:{value}" for tag, value in sorted(self.counters.items())]
        return "|".join([*words, str(self.passed.timestamp()) if self.passed else ""])


def version(tags: tuple[str, ...], now: dt.datetime) -> Version:
    """One query. A tag that nothing has changed yet counts 0."""
    named = {f"tag_{number}": tag for number, tag in enumerate(tags)}
    found = rows(_version(tuple(named)), {"now": now, **named})
    return Version(
        dict.fromkeys(tags, 0) | {row[0]: row[1] for row in found},
        max((row[2] for row in found if row[2]), default=None),
        min((row[3] for row in found if row[3]), default=None),
    )


@cache
def _version(named: tuple[str, ...]) -> sa.Select[Any]:
    """Built once for each number of tags: building costs several times what running does, and a
    list that is expanded at each run half as much again. Each moment is one step in the index,
    however many there are."""
    tags: list[sa.BindParameter[str]] = [sa.bindparam(name, type_=sa.String()) for name in named]
    now = sa.bindparam("now", type_=UtcDateTime())
    own = PageMoment.tag == PageCounter.tag
    passed = sa.select(sa.func.max(PageMoment.at)).where(own, PageMoment.at <= now)
    coming = sa.select(sa.func.min(PageMoment.at)).where(own, PageMoment.at > now)
    return sa.select(
        PageCounter.tag,
        PageCounter.value,
        passed.correlate(PageCounter).scalar_subquery(),
        coming.correlate(PageCounter).scalar_subquery(),
    ).where(PageCounter.tag.in_(tags))
