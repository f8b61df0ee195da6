"""The KIM of a reader host, which every request to a subsite asks for: columns, no ORM."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from kimcms.models.kelurahan import Kecamatan, Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries.rows import rows


class District(NamedTuple):
    name: str


class Area(NamedTuple):
    name: str
    kecamatan: District


class Tenant(NamedTuple):
    """A KIM as its subsite shows it, under the names that the model has."""

    id: int
    name: str
    slug: str
    tagline: str
    about: str
    address: str
    phone: str
    email: str
    links: list[dict[str, str]]
    responsible: str
    editors: str
    founded_on: dt.date | None
    accent: str
    logo_id: int | None
    opened_at: dt.datetime | None
    suspended_at: dt.datetime | None
    closed_at: dt.datetime | None
    merged_into_id: int | None
    is_sample: bool
    canonical_alias: str | None
    kelurahan: Area

    @property
    def is_open(self) -> bool:
        """Readers may see its subsite."""
        return self.opened_at is not None and not self.suspended_at and not self.closed_at


def by_slug(slug: str) -> Tenant | None:
    """The KIM whose subdomain this is."""
    return _tenant(_statement("slug"), slug)


def by_alias(domain: str) -> Tenant | None:
    """The KIM whose verified own domain this is."""
    return _tenant(_statement("alias_domain").where(Kim.alias_verified_at.is_not(None)), domain)


def _tenant(statement: sa.Select[Any], name: str) -> Tenant | None:
    for *own, kelurahan, kecamatan in rows(statement, {"name": name}):
        return Tenant._make((*own, Area(kelurahan, District(kecamatan))))
    return None


@cache
def _statement(column: str) -> sa.Select[Any]:
    own = [getattr(Kim, name) for name in Tenant._fields[:-2]]
    alias = sa.case((Kim.alias_verified_at.is_not(None), Kim.alias_domain))
    return (
        sa.select(*own, alias, Kelurahan.name, Kecamatan.name)
        .select_from(Kim)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
        .where(getattr(Kim, column) == sa.bindparam("name"))
    )
