"""What every city starts with: its kecamatan and kelurahan, the topics, the first policy."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from importlib.resources import files

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain.policy import Policy
from kimcms.domain.roles import SYSTEM
from kimcms.domain.text import slugify
from kimcms.models.article import Category
from kimcms.models.cluster import PolicyVersion
from kimcms.models.kelurahan import Kecamatan, Kelurahan
from kimcms.queries.kims import EXPECTED
from kimcms.services.unit import atomic

TOPICS = (
    ("kegiatan", "Kegiatan warga"),
    ("layanan", "Layanan kelurahan"),
    ("umkm", "UMKM"),
    ("kesehatan", "Kesehatan"),
    ("lingkungan", "Lingkungan"),
    ("keamanan", "Keamanan"),
    ("pendidikan", "Pendidikan"),
    ("budaya", "Budaya"),
    ("pengumuman", "Pengumuman"),
)


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of a data file of this package."""
    text = files("kimcms.seed.data").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def check(rows: list[dict[str, str]]) -> None:
    """57 kelurahan in 5 kecamatan, each code and slug once; ValueError otherwise."""
    kecamatan = Counter(row["kecamatan_code"] for row in rows)
    unique = {len({row[field] for row in rows}) for field in ("code", "slug")}
    found = {"kecamatan": len(kecamatan), "kelurahan": len(rows)}
    if found != EXPECTED or unique != {len(rows)}:
        raise ValueError(f"the list of kelurahan is not complete: {found}")


def load(now: dt.datetime) -> bool:
    """Load it once; whether anything was missing."""
    with atomic(CITY, now) as unit:
        if db.session.scalar(sa.select(sa.func.count(Kelurahan.id))):
            return False
        rows = read_csv("kelurahan-malang.csv")
        check(rows)
        parents: dict[str, Kecamatan] = {}
        for row in rows:
            code = row["kecamatan_code"]
            if code not in parents:
                parents[code] = Kecamatan(
                    code=code, name=row["kecamatan"], slug=slugify(row["kecamatan"])
                )
                db.session.add(parents[code])
                db.session.flush()
            db.session.add(
                Kelurahan(
                    kecamatan_id=parents[code].id,
                    code=row["code"],
                    name=row["kelurahan"],
                    other_spelling=row["other_spelling"],
                    slug=row["slug"],
                )
            )
        for rank, (slug, name) in enumerate(TOPICS):
            db.session.add(Category(slug=slug, name=name, rank=rank))
        first = PolicyVersion(
            version=1,
            numbers=Policy().as_dict(),
            in_force_from=dt.date(2000, 1, 3),
            made_at=now,
        )
        db.session.add(first)
        unit.record(SYSTEM, "city.load", first, after={"kelurahan": len(rows)})
        return True
