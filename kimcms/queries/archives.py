"""Which months have something to read: one short walk a month, never a count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import UtcDateTime
from kimcms.domain.archive import Month, months_of
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.queries.articles import NARROWED
from kimcms.queries.rows import rows
from kimcms.queries.visible import NOW, in_feed, is_public

_SHOWN = {"feed": (in_feed(NOW),), "site": (is_public(NOW), NARROWED["kim_id"])}


@dataclass(frozen=True)
class Archive:
    """A year of a list, among its years."""

    year: int
    years: Sequence[int]
    months: Sequence[Month]


def of_site(kim_id: int, year: int | None, now: dt.datetime) -> Archive | None:
    """A year of a subsite, by default its newest; None where it has no such year."""
    return _archive("site", year, {"now": now, "kim_id": kim_id})


def of_city(year: int | None, now: dt.datetime) -> Archive | None:
    """The same of the city feed."""
    return _archive("feed", year, {"now": now})


def _archive(shown: str, year: int | None, given: dict[str, Any]) -> Archive | None:
    ends = [Month.of(at).year for (at,) in rows(_ends(shown), given)]
    if not ends:
        return None
    years = range(max(ends), min(ends) - 1, -1)
    if year is None:
        year = years[0]
    if year not in years:
        return None
    months = months_of(year)
    bounds = {f"bound_{month.number}": month.since for month in months}
    bounds["bound_13"] = months[-1].until
    seen = {number for (number,) in rows(_probes(shown), {**given, **bounds})}
    return Archive(year, years, [month for month in reversed(months) if month.number in seen])


@cache
def _ends(shown: str) -> sa.CompoundSelect[Any]:
    """When the first and the last of all came."""
    orders = (
        (Article.public_at, Article.id),
        (Article.public_at.desc(), Article.id.desc()),
    )
    return sa.union_all(
        *(sa.select(_one(Article.public_at, shown).order_by(*order).subquery()) for order in orders)
    )


@cache
def _probes(shown: str) -> sa.CompoundSelect[Any]:
    """The numbers of the months that have something."""

    def bound(number: int) -> sa.BindParameter[dt.datetime]:
        return sa.bindparam(f"bound_{number}", type_=UtcDateTime())

    def probe(number: int) -> sa.Select[Any]:
        within = (Article.public_at >= bound(number), Article.public_at < bound(number + 1))
        first = _one(sa.literal_column(str(number)).label("number"), shown).where(*within)
        return sa.select(first.order_by(Article.public_at, Article.id).subquery())

    return sa.union_all(*(probe(number) for number in range(1, 13)))


def _one(column: Any, shown: str) -> sa.Select[Any]:
    found = sa.select(column).select_from(Article).join(Kim, Kim.id == Article.kim_id)
    return found.where(*_SHOWN[shown]).limit(1)
