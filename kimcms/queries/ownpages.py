"""Own pages of a subsite or (kim_id None) of the portal, as readers and their editors read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.ownpage import OwnPage
from kimcms.queries.rows import rows


@dataclass(frozen=True, slots=True)
class Leaf:
    """An own page, as readers see it."""

    slug: str
    former: list[str]
    title: str
    body: str
    changed_at: dt.datetime


def owned(city: bool) -> sa.ColumnElement[bool]:
    """Those of the portal, or of the KIM that the parameter `kim_id` names."""
    return OwnPage.kim_id.is_(None) if city else OwnPage.kim_id == sa.bindparam("kim_id")


def published(kim_id: int | None) -> list[Leaf]:
    """All that readers may see, in the order of the menu. There are a dozen at most."""
    values = {} if kim_id is None else {"kim_id": kim_id}
    return [Leaf(*row) for row in rows(_published(kim_id is None), values)]


@cache
def _published(city: bool) -> sa.Select[Any]:
    return (
        sa.select(OwnPage.slug, OwnPage.former, OwnPage.title, OwnPage.body, OwnPage.changed_at)
        .where(owned(city), OwnPage.published.is_(True))
        .order_by(OwnPage.rank, OwnPage.id)
    )


def pages(kim_id: int | None, *, hold: bool = False) -> list[OwnPage]:
    """All of them in their order, unpublished ones too; `hold` is for a change of them."""
    wanted = sa.select(OwnPage).where(_of(kim_id)).order_by(OwnPage.rank, OwnPage.id)
    if hold:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return list(db.session.scalars(wanted))


def page(kim_id: int | None, page_id: int) -> OwnPage | None:
    return db.session.scalar(sa.select(OwnPage).where(_of(kim_id), OwnPage.id == page_id))


def _of(kim_id: int | None) -> sa.ColumnElement[bool]:
    return OwnPage.kim_id.is_(None) if kim_id is None else OwnPage.kim_id == kim_id
