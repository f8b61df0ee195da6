"""KIMs and kelurahan, as the tenancy, the directory and the register read them."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from kimcms.db import db
from kimcms.models.cluster import Standing
from kimcms.models.kelurahan import Kecamatan, Kelurahan
from kimcms.models.kim import BoardMember, Kim, KimSlug
from kimcms.queries.rows import rows
from kimcms.queries.visible import site_open

EXPECTED = {"kecamatan": 5, "kelurahan": 57}


class Place(NamedTuple):
    """One kelurahan in the directory: its KIM, where it has one, and where that stands. A tuple,
    since pages hash the whole city."""

    kelurahan: str
    kelurahan_slug: str
    kecamatan: str
    kecamatan_slug: str
    kim_id: int | None
    kim: str | None
    kim_slug: str | None
    kim_alias: str | None
    kim_open: bool
    standing: str | None
    is_sample: bool

    def state(self, show_all: bool) -> str:
        """What public pages say of it: "1", "formed" or "forming"; with `show_all` also "2" to
        "4". New KIMs, grace and the reasons behind a cluster are never public."""
        if self.standing in (None, "forming"):
            return "forming"
        if self.standing == "1" or (show_all and self.standing in ("2", "3", "4")):
            return str(self.standing)
        return "formed"


def by_host_slug(slug: str) -> Kim | None:
    """The KIM whose subdomain this is."""
    return db.session.scalar(_by_slug(), {"slug": slug})


def by_alias(domain: str) -> Kim | None:
    """The KIM whose verified own domain this is."""
    return db.session.scalar(
        _with_place().where(Kim.alias_domain == domain, Kim.alias_verified_at.is_not(None))
    )


def by_former_slug(slug: str) -> Kim | None:
    """The KIM that an old subdomain leads to."""
    return db.session.scalar(_with_place().join(KimSlug).where(KimSlug.slug == slug))


def survivor(kim: Kim) -> Kim:
    """The KIM into which this one was merged in the end; itself where it never was."""
    while kim.merged_into_id is not None:
        kim = db.session.get_one(Kim, kim.merged_into_id)
    return kim


def by_slug(slug: str) -> Kim | None:
    """A KIM in an address of the newsroom."""
    return by_host_slug(slug)


@cache
def _by_slug() -> sa.Select[tuple[Kim]]:
    """Built once: every request to a subsite asks it."""
    return _with_place().where(Kim.slug == sa.bindparam("slug"))


def _with_place() -> sa.Select[tuple[Kim]]:
    return (
        sa.select(Kim)
        .join(Kelurahan, Kelurahan.id == Kim.kelurahan_id)
        .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
        .options(contains_eager(Kim.kelurahan).contains_eager(Kelurahan.kecamatan))
    )


def open_kims() -> list[Kim]:
    """All KIMs whose subsite is open, by name."""
    return list(db.session.scalars(_with_place().where(site_open()).order_by(Kim.name)))


def named(kim_ids: list[int]) -> list[Kim]:
    """These KIMs, by name."""
    return list(db.session.scalars(_with_place().where(Kim.id.in_(kim_ids)).order_by(Kim.name)))


def directory() -> list[Place]:
    """All kelurahan with their KIM, by kecamatan and official code."""
    found = rows(_directory())
    return [Place._make((*row[:8], bool(row[8]), row[9], bool(row[10]))) for row in found]


@cache
def _directory() -> sa.Select[Any]:
    return (
        sa.select(
            Kelurahan.name,
            Kelurahan.slug,
            Kecamatan.name,
            Kecamatan.slug,
            Kim.id,
            Kim.name,
            Kim.slug,
            sa.case((Kim.alias_verified_at.is_not(None), Kim.alias_domain)),
            sa.func.coalesce(sa.case((site_open(), 1), else_=0), 0),
            Standing.standing,
            sa.func.coalesce(sa.case((Kim.is_sample, 1), else_=0), 0),
        )
        .select_from(Kelurahan)
        .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
        .outerjoin(Kim, sa.and_(Kim.kelurahan_id == Kelurahan.id, Kim.closed_at.is_(None)))
        .outerjoin(Standing, Standing.kim_id == Kim.id)
        .order_by(Kelurahan.code)
    )


def board(kim_id: int) -> list[BoardMember]:
    """The board of a KIM as it stands, ketua first."""
    return list(db.session.scalars(_board(), {"kim_id": kim_id}))


@cache
def _board() -> sa.Select[tuple[BoardMember]]:
    return (
        sa.select(BoardMember)
        .where(BoardMember.kim_id == sa.bindparam("kim_id"), BoardMember.until.is_(None))
        .order_by(BoardMember.rank, BoardMember.id)
    )


def kelurahan_by_slug(slug: str) -> Kelurahan | None:
    return db.session.scalar(
        sa.select(Kelurahan).options(joinedload(Kelurahan.kecamatan)).where(Kelurahan.slug == slug)
    )


def kelurahan_named(typed: str) -> Kelurahan | None:
    """By official code, slug, name or other spelling. Two of one name are nobody's."""
    lower = typed.casefold()
    found = db.session.scalars(
        sa.select(Kelurahan).where(
            sa.or_(
                Kelurahan.code == typed,
                Kelurahan.slug == lower,
                sa.func.lower(Kelurahan.name) == lower,
                sa.func.lower(Kelurahan.other_spelling) == lower,
            )
        )
    ).all()
    return found[0] if len(found) == 1 else None


def kecamatan_by_slug(slug: str) -> Kecamatan | None:
    return db.session.scalar(_kecamatan(), {"slug": slug})


@cache
def _kecamatan() -> sa.Select[tuple[Kecamatan]]:
    return sa.select(Kecamatan).where(Kecamatan.slug == sa.bindparam("slug"))


def counts() -> dict[str, int]:
    """How many kecamatan and kelurahan the register holds; Kota Malang has `EXPECTED`."""
    return {
        "kecamatan": db.session.scalar(sa.select(sa.func.count(Kecamatan.id))) or 0,
        "kelurahan": db.session.scalar(sa.select(sa.func.count(Kelurahan.id))) or 0,
    }
