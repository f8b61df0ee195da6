"""What stands around every reader page: banners, and the menu of own pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import UtcDateTime
from kimcms.models.banner import Banner
from kimcms.models.ownpage import OwnPage
from kimcms.queries.ownpages import owned
from kimcms.queries.rows import rows

MOST_BANNERS = 3


@dataclass(frozen=True, slots=True)
class Alert:
    """A banner that readers see now."""

    text: str
    link: str
    level: str
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Frame:
    """Banners, the newest first; slug and title of this host's own pages in their order."""

    alerts: list[Alert]
    menu: list[tuple[str, str]]


def frame(kim_id: int | None, now: dt.datetime) -> Frame:
    """Of a subsite, or (None) of the portal. One query, since every reader page pays for it."""
    values = {"now": now} | ({"kim_id": kim_id} if kim_id is not None else {})
    found = sorted(rows(_frame(kim_id is None), values), key=lambda row: (row[0], row[1], row[2]))
    alerts = [Alert(*row[3:]) for row in found if row[0] == 0]
    return Frame(alerts[::-1][:MOST_BANNERS], [(row[4], row[3]) for row in found if row[0] == 1])


@cache
def _frame(city: bool) -> sa.CompoundSelect[Any]:
    now = sa.bindparam("now", type_=UtcDateTime())
    banners = sa.select(
        sa.literal(0),
        sa.literal(0),
        Banner.id,
        Banner.text,
        Banner.link,
        Banner.level,
        Banner.ends_at,
    ).where(Banner.starts_at <= now, Banner.ends_at > now)
    pages = sa.select(
        sa.literal(1),
        OwnPage.rank,
        OwnPage.id,
        OwnPage.title,
        OwnPage.slug,
        sa.literal(""),
        sa.literal(None, UtcDateTime()),
    ).where(owned(city), OwnPage.published.is_(True))
    return sa.union_all(banners, pages)
