"""Backups, and the move to another database: everything that readers saw is there again."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
import pytest
import sqlalchemy as sa
from flask import Flask

from kimcms import jobs
from kimcms.app import create_app
from kimcms.config import Settings
from kimcms.db import CITY, db, reading
from kimcms.domain.clock import WIB
from kimcms.domain.workflow import Withdrawal
from kimcms.models.account import SignIn
from kimcms.queries import chain
from kimcms.services import backups, publishing
from kimcms.web.tools import tools
from tests import databases
from tests.cli.test_commands import call
from tests.web.test_reader_pages import filled, pages
from tests.world import City, Clock, Visit

ROOT = Path(__file__).parent.parent.parent


def rich(city: City) -> list[tuple[str, str]]:
    """A city with photos, own pages, bylines and a withdrawal; every address that readers have."""
    article = filled(city, 2)
    gone = city.publish(title="Berita yang dicabut")
    publishing.withdraw(city.actor("nukus_head"), gone, Withdrawal.OTHER, "Contoh.", city.now)
    city.desk("nukus_pewarta").get("/")
    return [*pages(city, article), ("nukus.localhost", f"/berita/{gone.slug}")]


def shown(app: Flask, addresses: list[tuple[str, str]]) -> dict[str, str]:
    """The SHA-256 of what readers get at each address, the tag of freshness aside."""
    found = {}
    for host, path in addresses:
        answer = Visit(app.test_client(use_cookies=False), host).get(path)
        data = bytes([answer.status_code % 256]) + answer.get_data()
        found[f"{host}{path}"] = hashlib.sha256(data).hexdigest()
    return found


@contextmanager
def place(folder: Path, clock: Clock, url: str = "", owner: str = "") -> Iterator[Flask]:
    """An empty place: tables without rows, folders without files."""
    environ = {
        "KIMCMS_INSTANCE": str(folder),
        "KIMCMS_ARGON2_COST": "test",
        "KIMCMS_SECRET_KEY": "k" * 40,
        "KIMCMS_DATABASE_URL": url,
        "KIMCMS_MIGRATIONS_URL": owner,
    }
    app = create_app(Settings.read(environ), clock)
    with app.app_context():
        try:
            yield app
        finally:
            app.extensions["pagecache"].close()
            db.session.remove()
            db.engine.dispose()


def created(city: City, *words: str) -> Path:
    said = call(city.app, "backup", "create", *words)
    return Path(said.strip().splitlines()[-1].rpartition(" (")[0])


def test_a_city_comes_back_whole(city: City, tmp_path: Path) -> None:
    addresses = rich(city)
    before = shown(city.app, addresses)
    path = created(city, "--to", str(tmp_path / "kept"))
    assert path.stat().st_mode & 0o077 == 0
    assert "all as they were written" in call(city.app, "backup", "verify", str(path))
    tag = Visit(city.app.test_client(use_cookies=False), addresses[0][0]).get(addresses[0][1])

    elsewhere = databases.postgres("restored") if city.database == "postgresql" else None
    urls = (elsewhere.app, elsewhere.owner) if elsewhere else ("", "")
    with place(tmp_path / "new", city.clock, *urls) as app:
        said = call(app, "backup", "restore", str(path))
        assert "restored" in said
        assert shown(app, addresses) == before
        again = Visit(app.test_client(use_cookies=False), addresses[0][0])
        fresh = again.get(addresses[0][1], headers={"If-None-Match": tag.headers["ETag"]})
        assert fresh.status_code == 200  # never taken for what was read on the other line of time
        reading(CITY)
        assert list(chain.faults({})) == []
        assert not db.session.scalar(sa.select(SignIn.id).where(SignIn.ended_at.is_(None)).limit(1))
        db.session.rollback()
        # It goes on: new rows get numbers of their own.
        there = City(app, city.clock, city.cast, city.database)
        assert there.publish().id
        assert "sudah berisi" in call(app, "backup", "restore", str(path), fails=True)
    if elsewhere:
        databases.drop(elsewhere)


@pytest.mark.parametrize("harm", ["a byte", "a part", "the end", "another file"])
def test_a_damaged_backup_is_found(on_sqlite: City, tmp_path: Path, harm: str) -> None:
    path = created(on_sqlite, "--to", str(tmp_path))
    if harm == "a byte":
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    elif harm == "the end":
        path.write_bytes(path.read_bytes()[: -path.stat().st_size // 2])
    elif harm == "another file":
        path.write_bytes(b"Bukan cadangan." * 100)
    else:
        with tarfile.open(path) as old, tarfile.open(tmp_path / "less.tar", "w") as new:
            for member in old.getmembers():
                if "user_account" not in member.name:
                    new.addfile(member, old.extractfile(member))
        path = tmp_path / "less.tar"
    assert path.name in call(on_sqlite.app, "backup", "verify", str(path), fails=True)
    with place(tmp_path / "new", on_sqlite.clock) as app:
        call(app, "backup", "restore", str(path), fails=True)
        assert db.session.scalar(sa.text("SELECT count(*) FROM user_account")) == 0


def test_an_encrypted_backup_opens_with_its_key_alone(on_sqlite: City, tmp_path: Path) -> None:
    public, private = (
        line.split()[1] for line in call(on_sqlite.app, "backup", "key").splitlines()
    )
    path = backups.create(
        db.engine,
        {"media": on_sqlite.media},
        tmp_path,
        on_sqlite.now,
        schema="x",
        recipient=public,
    )
    assert path.name.endswith(".tar.age")
    assert b"user_account" not in path.read_bytes()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]  # nothing plain is left
    for name, words in (("right", private), ("wrong", str(pyrage.x25519.Identity.generate()))):
        (tmp_path / name).write_text(words)
    verify = ("backup", "verify", str(path))
    assert "encrypted" in call(on_sqlite.app, *verify, fails=True)
    call(on_sqlite.app, *verify, "--identity", str(tmp_path / "wrong"), fails=True)
    call(on_sqlite.app, *verify, "--identity", str(tmp_path / "right"))


def test_a_photo_that_went_away_meanwhile(on_sqlite: City, tmp_path: Path) -> None:
    rich(on_sqlite)
    db.session.rollback()
    shutil.rmtree(on_sqlite.media.root)
    with pytest.raises(backups.Moving):
        backups.create(db.engine, {"media": on_sqlite.media}, tmp_path, on_sqlite.now, schema="x")
    assert list(tmp_path.iterdir()) == []


def test_the_oldest_go(on_sqlite: City, tmp_path: Path) -> None:
    for day in range(5):
        (tmp_path / f"kimcms-2026112{day}T000000Z.tar").touch()
    (tmp_path / "catatan.txt").touch()
    assert len(backups.rotate(tmp_path, 2)) == 3
    assert [p.name[14:16] for p in backups.made(tmp_path)] == ["4T", "3T"]
    assert (tmp_path / "catatan.txt").exists()


def test_each_night_has_one(on_sqlite: City) -> None:
    folder = tools().settings.backup_folder
    on_sqlite.clock.now = dt.datetime(2026, 11, 30, 1, 15, tzinfo=WIB)
    assert jobs.back_up() is None  # people may still write, and decrees have just acted
    on_sqlite.clock.now = dt.datetime(2026, 11, 30, 2, 15, tzinfo=WIB)
    assert jobs.back_up() == "kimcms-20261129T191500Z.tar"
    for hours in (1, 5, 22):
        on_sqlite.clock.now = dt.datetime(2026, 11, 30, 2, 15, tzinfo=WIB) + dt.timedelta(
            hours=hours
        )
        assert jobs.back_up() is None
    for day in range(1, 20):
        on_sqlite.clock.now = dt.datetime(2026, 12, day, 14, 15, tzinfo=WIB)
        assert jobs.back_up()
    assert len(backups.made(folder)) == tools().settings.backups_kept == 14
    shutil.rmtree(folder)


@pytest.mark.long
def test_a_city_moves_to_another_database(on_sqlite: City, tmp_path: Path) -> None:
    addresses = rich(on_sqlite)
    before = shown(on_sqlite.app, addresses)
    db.session.rollback()
    target = databases.postgres("moved")
    file = on_sqlite.app.config["SQLALCHEMY_DATABASE_URI"]
    again = f"sqlite:///{tmp_path}/again.sqlite3"
    environ = os.environ | {"KIMCMS_INSTANCE": str(tmp_path), "KIMCMS_MIGRATIONS_URL": target.owner}
    for start, end in ((file, target.app), (target.app, again)):
        own = {"KIMCMS_MIGRATIONS_URL": "" if end == again else target.owner}
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", "db", "copy", start, end],
            cwd=ROOT,
            env=environ | own,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr + done.stdout
        assert "OTHER" not in done.stdout
        assert "Both are the same." in done.stdout
    there = tmp_path / "there"
    shutil.copytree(on_sqlite.media.root, there / "media")
    with place(there, on_sqlite.clock, target.app) as app:
        assert shown(app, addresses) == before
    databases.drop(target)
