"""The portal's own pages and the banner, as readers and Diskominfo read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import UtcDateTime, db
from kimcms.models.citypage import Banner, CityPage
from kimcms.queries.rows import rows

MOST_BANNERS = 3
_ENDED = 20


@dataclass(frozen=True, slots=True)
class Alert:
    """A banner that readers see now."""

    text: str
    link: str
    level: str
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Leaf:
    """One of the portal's own pages, as readers see it."""

    title: str
    body: str
    changed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Frame:
    """What Diskominfo puts around every reader page: banners, the newest first, and slug and
    title of the portal's own pages in their order."""

    alerts: list[Alert]
    menu: list[tuple[str, str]]


def frame(now: dt.datetime) -> Frame:
    """One query, since every reader page pays for it."""
    found = sorted(rows(_frame(), {"now": now}), key=lambda row: (row[0], row[1], row[2]))
    alerts = [Alert(*row[3:]) for row in found if row[0] == 0]
    return Frame(alerts[::-1][:MOST_BANNERS], [(row[4], row[3]) for row in found if row[0] == 1])


@cache
def _frame() -> sa.CompoundSelect[Any]:
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
        CityPage.rank,
        CityPage.id,
        CityPage.title,
        CityPage.slug,
        sa.literal(""),
        sa.literal(None, UtcDateTime()),
    ).where(CityPage.published.is_(True))
    return sa.union_all(banners, pages)


def published(slug: str) -> Leaf | None:
    """A page, if readers may see it."""
    return next((Leaf(*row) for row in rows(_published(), {"slug": slug})), None)


@cache
def _published() -> sa.Select[tuple[str, str, dt.datetime]]:
    return sa.select(CityPage.title, CityPage.body, CityPage.changed_at).where(
        CityPage.slug == sa.bindparam("slug"), CityPage.published.is_(True)
    )


def pages() -> list[CityPage]:
    """All of them in their order, unpublished ones too."""
    return list(db.session.scalars(sa.select(CityPage).order_by(CityPage.rank, CityPage.id)))


def page(page_id: int) -> CityPage | None:
    return db.session.get(CityPage, page_id)


def slugs() -> set[str]:
    return set(db.session.scalars(sa.select(CityPage.slug)))


def banners() -> list[Banner]:
    """Those that stand, wait, and ended of late; the one that ends last first."""
    newest = sa.select(Banner).order_by(Banner.ends_at.desc(), Banner.id.desc()).limit(_ENDED)
    return list(db.session.scalars(newest))


def banner(banner_id: int) -> Banner | None:
    return db.session.get(Banner, banner_id)
