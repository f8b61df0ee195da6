"""The database or the disk is not there for a while: an answer that says so, nothing half done,
and what was typed stays on the page."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from kimcms.db import db
from kimcms.models.article import Article, Revision
from kimcms.models.event import Event
from kimcms.models.media import Media
from kimcms.services import revisions
from kimcms.storage.files import FileStore
from tests.web.test_uploads import whole
from tests.world import LONG, City, Visit, picture

NEW = "/k/nukus/berita/"
TITLE = "Saluran air sudah bersih kembali"
on_postgresql = pytest.mark.parametrize("city", ["postgresql"], indirect=True)


def form(**changes: Any) -> dict[str, Any]:
    words = {"judul": TITLE, "isi": LONG, "format": "markdown", "topik": "", "kunci": "a" * 32}
    return words | changes


def rows(table: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def counts() -> list[int]:
    return [rows(table) for table in (Article, Revision, Media, Event)]


def keeps_the_words(answer: Any) -> None:
    """They stand on the page, and in a form that sends them again under the same key."""
    assert LONG in answer.text
    assert f'<input type="hidden" name="judul" value="{TITLE}">' in answer.text
    assert '<input type="hidden" name="kunci" value="' + "a" * 32 in answer.text
    assert '<form method="post" action="/k/nukus/berita/' in answer.text


# SQLite, held by another process


@pytest.fixture
def impatient(on_sqlite: City) -> Iterator[City]:
    """Connections that wait 0.1 s for a lock, instead of 15 (and 5 while they are made)."""

    def connecting(_dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
        options["timeout"] = 0.1

    def connected(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA busy_timeout=100")

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "do_connect", connecting)
    event.listen(db.engine, "connect", connected)
    yield on_sqlite
    event.remove(db.engine, "do_connect", connecting)
    event.remove(db.engine, "connect", connected)
    db.session.remove()
    db.engine.dispose()


@contextmanager
def held(city: City, *, readers_too: bool = False) -> Iterator[None]:
    """Another process in the middle of a long write; in WAL mode readers go on, unless it has
    the file for itself alone."""
    db.session.remove()
    db.engine.dispose()
    file = Path(city.app.instance_path) / "kimcms.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        if readers_too:
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.mark.parametrize("readers_too", [False, True])
def test_a_locked_database_answers_503_and_keeps_the_words(
    impatient: City, readers_too: bool
) -> None:
    visit, before = impatient.desk("nukus_pewarta"), counts()
    with held(impatient, readers_too=readers_too):
        answer = visit.post(NEW, form())
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        keeps_the_words(answer)
    assert counts() == before
    assert visit.post(NEW, form()).status_code == 303
    assert visit.post(NEW, form()).status_code == 303
    assert rows(Article) == before[0] + 1


def test_a_locked_database_keeps_a_save_and_a_publication_back(impatient: City) -> None:
    article = impatient.write()
    visit = impatient.desk("nukus_editor")
    article_id, base = article.id, article.newest_revision_id
    path = f"{NEW}{article_id}"
    with held(impatient):
        answer = visit.post(f"{path}/simpan", form(dasar=base))
        assert answer.status_code == 503
        keeps_the_words(answer)
        answer = visit.post(f"{path}/terbit")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    article = db.session.get_one(Article, article_id)
    assert article.newest_revision_id == base
    assert article.live_revision_id is None
    assert visit.post(f"{path}/simpan", form(dasar=base)).status_code == 303


def test_readers_go_on_while_somebody_writes(impatient: City) -> None:
    impatient.publish()
    with held(impatient):
        assert impatient.site().get("/").status_code == 200
        assert impatient.reader().get("/").status_code == 200


def test_where_nothing_can_be_read_every_host_says_503(impatient: City) -> None:
    impatient.publish()
    desk = impatient.desk("nukus_pewarta")
    with held(impatient, readers_too=True):
        for visit in (impatient.reader(), impatient.site(), desk):
            answer = visit.get("/")
            assert answer.status_code == 503, visit.host
            assert answer.headers["Retry-After"] == "5"
            assert answer.headers["Cache-Control"] == "no-store"
            assert "<h1>Sedang sibuk</h1>" in answer.text
            assert "Content-Security-Policy" in answer.headers
        assert impatient.reader().get("/healthz").status_code == 200
    assert impatient.site().get("/").status_code == 200


# PostgreSQL, restarted or failed over


def hang_up(city: City) -> int:
    """End every connection of the program, as a restart of the server does; how many there were."""
    url = sa.make_url(city.app.config["SQLALCHEMY_DATABASE_URI"])
    root = sa.create_engine(url.set(username="postgres", database="postgres"))
    with root.connect() as connection:
        ended = connection.scalars(
            sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"),
            {"name": url.database},
        ).all()
    root.dispose()
    return len(ended)


@on_postgresql
def test_connections_that_ended_between_requests_are_made_again(city: City) -> None:
    city.publish()
    visit = city.desk("nukus_pewarta")
    for _ in range(2):
        assert hang_up(city) >= 1
        assert city.site().get("/").status_code == 200
        assert hang_up(city) >= 1
        assert visit.get("/").status_code == 200
    assert hang_up(city) >= 1
    assert visit.post(NEW, form()).status_code == 303


@on_postgresql
def test_a_connection_that_ends_within_a_change_leaves_nothing(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, before = city.desk("nukus_pewarta"), counts()
    db.session.rollback()
    add = revisions.add

    def add_and_hang_up(*args: Any) -> bool:
        done = add(*args)
        hang_up(city)
        return done

    monkeypatch.setattr(revisions, "add", add_and_hang_up)
    answer = visit.post(NEW, form())
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    keeps_the_words(answer)
    monkeypatch.undo()
    db.session.remove()
    assert counts() == before
    assert visit.post(NEW, form()).status_code == 303
    assert counts()[0] == before[0] + 1


# The disk


def send_photo(visit: Visit) -> Any:
    """From the rich editor, which shows the sentence of the answer."""
    return whole(visit, picture(), "b" * 32)


def with_photo(**changes: Any) -> dict[str, Any]:
    photo = (BytesIO(picture()), "warga.jpg")
    return form(foto=photo, keterangan="Warga berkumpul.", alt="Warga di balai.", **changes)


def says_that_nothing_was_stored(answer: Any) -> None:
    assert answer.status_code == 507
    assert "Tempat penyimpanan di server penuh atau tidak bisa ditulis." in answer.text


def left(city: City) -> list[Path]:
    root = city.media.root
    return [path for path in root.rglob("*") if path.is_file()] if root.is_dir() else []


def test_a_media_folder_that_cannot_be_written(city: City) -> None:
    visit, before = city.desk("nukus_pewarta"), counts()
    # What refuses the superuser too, as whom tests may run: a file where the folder should be.
    city.media.root.write_bytes(b"")
    answer = send_photo(visit)
    assert answer.status_code == 507
    assert answer.json["error"].startswith("Tempat penyimpanan di server penuh")
    answer = visit.post(NEW, with_photo())
    says_that_nothing_was_stored(answer)
    keeps_the_words(answer)
    assert "Foto perlu dipilih lagi" in answer.text
    assert counts() == before

    city.media.root.unlink()
    assert send_photo(visit).status_code == 201
    assert visit.post(NEW, with_photo()).status_code == 303


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("stored", [0, 3])
def test_a_full_disk(city: City, monkeypatch: pytest.MonkeyPatch, number: int, stored: int) -> None:
    """At the first file of a photo, or in the middle of them."""
    article = city.write()
    visit, before = city.desk("nukus_pewarta"), counts()
    base = article.newest_revision_id
    put, taken = FileStore.put, []

    def fill(self: FileStore, key: str, data: bytes) -> None:
        if len(taken) >= stored:
            raise OSError(number, "the disk says no", key)
        taken.append(key)
        put(self, key, data)

    monkeypatch.setattr(FileStore, "put", fill)
    answer = send_photo(visit)
    assert answer.status_code == 507
    assert answer.json["error"].startswith("Tempat penyimpanan")
    taken.clear()
    for path in (NEW, f"{NEW}{article.id}/simpan", f"{NEW}{article.id}/kirim"):
        answer = visit.post(path, with_photo(dasar=base))
        says_that_nothing_was_stored(answer)
        keeps_the_words(answer)
        taken.clear()
    assert counts() == before
    assert left(city) == []
    db.session.refresh(article)
    assert article.newest_revision_id == base

    monkeypatch.undo()
    assert visit.post(f"{NEW}{article.id}/simpan", with_photo(dasar=base)).status_code == 303
    db.session.refresh(article)
    assert article.newest
    assert article.newest.photo_id


def test_a_text_without_a_photo_needs_no_media_folder(on_sqlite: City) -> None:
    on_sqlite.media.root.write_bytes(b"")
    assert on_sqlite.desk("nukus_pewarta").post(NEW, form()).status_code == 303
    on_sqlite.media.root.unlink()


def test_a_lost_file_is_a_fault_and_not_a_full_disk(
    on_sqlite: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = on_sqlite.desk("nukus_pewarta")
    assert send_photo(visit).status_code == 201

    def lost(_store: FileStore, _key: str) -> Path:
        raise FileNotFoundError(errno.ENOENT, "lost")

    monkeypatch.setattr(FileStore, "path", lost)
    answer = visit.get("/media/1/480.webp")
    assert answer.status_code == 500
    assert "Ada gangguan di pihak kami" in answer.text
