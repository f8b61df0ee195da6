"""The people and the KIMs of the sample city."""

from __future__ import annotations

import csv
import datetime as dt
import os
import random
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain.look import ACCENTS
from kimcms.domain.roles import KIM_ROLES, SYSTEM, Actor, Role
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import BoardMember, Kim
from kimcms.queries import accounts
from kimcms.services import kims, people
from kimcms.services.unit import atomic
from kimcms.storage.secrets import Passwords

# Plain first and second names of the region, put together by chance: nobody in particular.
_FIRST = (
    "Sri",
    "Endang",
    "Wahyu",
    "Dwi",
    "Nur",
    "Siti",
    "Agus",
    "Bambang",
    "Eko",
    "Joko",
    "Slamet",
    "Hari",
    "Rini",
    "Lilik",
    "Yuni",
    "Ninik",
    "Umi",
    "Retno",
    "Dewi",
    "Ratna",
    "Budi",
    "Heru",
    "Imam",
    "Anang",
    "Yanto",
    "Mulyono",
    "Kusnan",
    "Sulis",
    "Titik",
    "Wiwik",
)
_SECOND = (
    "Wahyuni",
    "Lestari",
    "Handayani",
    "Rahayu",
    "Astutik",
    "Utami",
    "Santoso",
    "Prasetyo",
    "Wibowo",
    "Susanto",
    "Hidayat",
    "Setiawan",
    "Purnomo",
    "Widodo",
    "Kurniawan",
    "Suprapto",
    "Hartono",
    "Nugroho",
    "Mulyani",
    "Winarsih",
)
_SEATS = (
    "Ketua",
    "Sekretaris",
    "Bendahara",
    "Bidang penggalian informasi",
    "Bidang pengolahan informasi",
    "Bidang penyebaran informasi",
)
_MOTTOS = (
    "Kabar warga {0}, dari gang sampai balai RW",
    "Dari warga {0} untuk warga {0}",
    "Guyub, tanggap, saling mengabari",
    "Suara warga {0} yang apa adanya",
    "Berita dekat rumah",
)


@dataclass(frozen=True)
class SignIn:
    """One line of `sample-accounts.csv`."""

    kim: str
    role: str
    name: str
    password: str


@dataclass
class Crew:
    """Who plays: KIMs with the cluster that their habits lead to, and their people."""

    moderator: Actor
    diskominfo: Actor
    kims: list[Kim] = field(default_factory=list)
    cluster: dict[int, int] = field(default_factory=dict)
    people: dict[tuple[int, Role], Actor] = field(default_factory=dict)
    sign_ins: list[SignIn] = field(default_factory=list)


def engage(
    rows: list[dict[str, str]], passwords: Passwords, now: dt.datetime, rng: random.Random
) -> Crew:
    """Open the KIMs and give everybody an account with a password of their own."""
    hired: list[SignIn] = []

    def hire(role: Role, kim: Kim | None, name: str) -> Actor:
        slug = kim.slug if kim else "kota"
        sign_in = f"{name}.{slug}@contoh.test"
        password = _password()
        person = f"{rng.choice(_FIRST)} {rng.choice(_SECOND)}"
        user = people.create(person, sign_in, role, kim, password, passwords, now, is_sample=True)
        hired.append(SignIn(kim.slug if kim else "", role.value, sign_in, password))
        return accounts.actor(user.id)

    crew = Crew(hire(Role.MODERATOR, None, "moderator"), hire(Role.DISKOMINFO, None, "diskominfo"))
    hire(Role.MODERATOR, None, "moderator2")
    places = {k.code: k for k in db.session.scalars(sa.select(Kelurahan))}
    for number, row in enumerate(rows):
        kim = kims.open_kim(
            crew.diskominfo, places[row["kelurahan_code"]], row["kim"], row["slug"], now
        )
        _furnish(kim, number, now, rng)
        crew.kims.append(kim)
        crew.cluster[kim.id] = int(row["cluster"])
        for role in KIM_ROLES:
            name = {Role.HEAD: "ketua"}.get(role, role.value)
            crew.people[kim.id, role] = hire(role, kim, name)
    crew.sign_ins.extend(hired)
    return crew


def _furnish(kim: Kim, number: int, now: dt.datetime, rng: random.Random) -> None:
    place = kim.kelurahan.name
    with atomic(CITY, now) as unit:
        kim.is_sample = True
        kim.accent = list(ACCENTS)[number % len(ACCENTS)]
        kim.tagline = rng.choice(_MOTTOS).format(place)
        kim.about = (
            f"<p>{kim.name} adalah kelompok warga Kelurahan {place} yang mengumpulkan dan "
            "menyebarkan kabar lingkungan, serta membantu tetangga yang kesulitan mengurus "
            "layanan lewat ponsel.</p>"
            "<p>Situs ini contoh: pengurus, alamat, dan beritanya rekaan.</p>"
        )
        kim.address = f"Balai RW {rng.randrange(1, 7):02d}, Kelurahan {place}"
        kim.email = f"redaksi.{kim.slug}@contoh.test"
        since = now.date() - dt.timedelta(days=400)
        for rank, seat in enumerate(_SEATS):
            member = f"{rng.choice(_FIRST)} {rng.choice(_SECOND)}"
            db.session.add(
                BoardMember(kim_id=kim.id, name=member, position=seat, rank=rank, since=since)
            )
        unit.record(SYSTEM, "kim.furnish", kim, kim_id=kim.id)


def _password() -> str:
    """Four groups that are easy to type on a phone, about 60 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(3)) for _ in range(4))


def write_sign_ins(path: Path, sign_ins: Iterable[SignIn]) -> None:
    """Keep the sign-ins in a file that only its owner can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(handle, 0o600)  # before the first word: an older file keeps its mode
    with os.fdopen(handle, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["kim", "role", "sign-in", "password"])
        writer.writerows([s.kim, s.role, s.name, s.password] for s in sign_ins)
