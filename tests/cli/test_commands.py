"""The operator's commands: they do what they say, and refuse with one clear line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from kimcms.app import create_app
from kimcms.cli import serve
from kimcms.config import Settings
from kimcms.db import Base, db
from kimcms.domain.roles import SYSTEM
from kimcms.models.kelurahan import Kelurahan
from kimcms.queries import kims as register
from kimcms.seed import cast, pictures, reference
from kimcms.services import bulk
from tests.world import CAST_AT, City


def run(city: City, *words: str, fails: bool = False) -> str:
    said = call(city.app, *words, fails=fails)
    db.session.rollback()
    return said


def call(app: Flask, *words: str, fails: bool = False) -> str:
    result = app.test_cli_runner().invoke(args=words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception  # a traceback on the shell
    assert (result.exit_code != 0) == fails, result.output
    return result.output


def test_a_kim_is_opened_and_listed(city: City) -> None:
    said = run(city, "kim", "open", "tlogomas", "tlogomas", "--name", "KIM Tlogomas")
    assert "http://tlogomas.localhost:8000/" in said
    assert city.site("tlogomas").get("/").status_code == 200
    listed = run(city, "kim", "list")
    assert len(listed.splitlines()) == 57
    assert "KIM Tlogomas" in listed


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("kim", "open", "nukus", "dinoyo", "--name", "X"), "sudah pernah dipakai"),
        (("kim", "open", "redaksi", "dinoyo", "--name", "X"), "tidak bisa dipakai"),
        (("kim", "open", "www", "dinoyo", "--name", "X"), "tidak bisa dipakai"),
        (("kim", "open", "Huruf Besar", "dinoyo", "--name", "X"), "tidak bisa dipakai"),
        (("kim", "open", "baru", "sukun", "--name", "X"), "sudah punya KIM"),
        (("kim", "open", "baru", "tidak-ada", "--name", "X"), "no kelurahan tidak-ada"),
        (("kim", "alias", "tidak-ada", "x.id"), "no KIM tidak-ada"),
        (("kim", "alias", "nukus", "bukan domain"), "bukan nama domain"),
        (("kim", "alias", "nukus", "redaksi.localhost"), "ada di bawah localhost"),
        (("kim", "alias", "nukus", "localhost"), "ada di bawah localhost"),
        (("user", "create", "bukan", "--name", "X", "--role", "diskominfo"), "surel atau nomor HP"),
        (("user", "create", "a@b.id", "--name", "X", "--role", "editor"), "needs --kim SLUG"),
        (
            ("user", "create", "a@b.id", "--name", "X", "--role", "moderator", "--kim", "nukus"),
            "is a role in the city",
        ),
        (
            ("user", "create", "a@b.id", "--name", "X", "--role", "editor", "--kim", "x"),
            "no KIM x",
        ),
        (
            ("user", "create", "diskominfo@contoh.test", "--name", "X", "--role", "diskominfo"),
            "sudah dipakai",
        ),
        (("user", "create", "a@b.id", "--name", " ", "--role", "diskominfo"), "Nama belum diisi"),
        (("user", "password", "bukan"), "surel atau nomor HP"),
        (("user", "list", "--kim", "tidak-ada"), "no KIM tidak-ada"),
        (("tracker", "run", "--as-of", "0001-01-01"), "20 years away"),
        (("tracker", "run", "--as-of", "9999-12-27"), "20 years away"),
        (("user", "password", "nobody@contoh.test"), "no account"),
        (("tracker", "run", "--as-of", "2026-11-24"), "hari Senin"),
        (("tracker", "show", "tidak-ada"), "no KIM"),
        (("sample", "load"), "There are KIMs already"),
    ],
)
def test_refusals_are_one_clear_line(
    on_sqlite: City, words: tuple[str, ...], sentence: str
) -> None:
    before = everything()
    said = run(on_sqlite, *words, fails=True)
    assert sentence in said
    assert len(said.strip().splitlines()) == 1
    assert everything() == before


def everything() -> dict[str, int]:
    """How many rows each table holds."""
    return {
        name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for name, table in Base.metadata.tables.items()
    }


@pytest.mark.parametrize(
    "words",
    [
        ("kim", "open", "baru", "dinoyo"),  # no name
        ("user", "create", "a@b.id", "--name", "X", "--role", "raja"),
        ("tracker", "run", "--as-of", "2026-13-01"),
        ("sample", "load", "--kims", "0"),
        ("kim", "tutup"),
    ],
)
def test_wrong_words_are_explained(on_sqlite: City, words: tuple[str, ...]) -> None:
    said = run(on_sqlite, *words, fails=True)
    assert said.startswith("Usage: ")
    assert len([line for line in said.splitlines() if line.startswith("Error: ")]) == 1


def test_a_domain_of_another_kim_is_refused(city: City) -> None:
    run(city, "kim", "alias", "gerabah", "kim.id")
    said = run(city, "kim", "alias", "nukus", "kim.id", fails=True)
    assert "sudah dipakai KIM lain" in said
    assert len(said.splitlines()) == 1
    run(city, "kim", "alias", "gerabah", "kim.id")  # the same once more is no mistake


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    """Nothing was set up yet."""
    app = create_app(Settings.read({"KIMCMS_INSTANCE": str(tmp_path)}))
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize(
    "words",
    [
        ("kim", "list"),
        ("kim", "open", "nukus", "sukun", "--name", "X"),
        ("user", "list"),
        ("user", "create", "a@b.id", "--name", "X", "--role", "diskominfo"),
        ("tracker", "run"),
        ("tracker", "show"),
        ("sample", "load"),
        ("sample", "clear", "--yes"),
    ],
)
def test_before_the_tables_are_made(empty: Flask, words: tuple[str, ...]) -> None:
    said = call(empty, *words, fails=True)
    assert "flask doctor" in said
    assert len(said.strip().splitlines()) == 1


def test_a_first_start_that_was_broken_off_is_done_again(
    empty: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "SCENES", ())  # drawn in seconds

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    with empty.app_context():
        with monkeypatch.context() as patch:
            patch.setattr(cast, "engage", interrupted)
            with pytest.raises(KeyboardInterrupt):
                serve.prepare()
        assert register.counts() == {"kecamatan": 0, "kelurahan": 0}
        loaded: list[bool] = []
        monkeypatch.setattr(serve, "load_city", lambda: loaded.append(True))
        serve.prepare()
        assert loaded == [True]
        reference.load(CAST_AT)
        db.session.rollback()
        serve.prepare()  # a second start adds nothing
        assert loaded == [True]


def test_without_sample_the_register_alone_is_set_up(tmp_path: Path) -> None:
    settings = Settings.read({"KIMCMS_INSTANCE": str(tmp_path), "KIMCMS_SAMPLE": "0"})
    app = create_app(settings)
    call(app, "setup")
    call(app, "setup")
    assert "57 kelurahan in 5 kecamatan" in call(app, "doctor")
    assert len(call(app, "kim", "list").splitlines()) == 57
    with app.app_context():
        assert register.open_kims() == []
        db.session.remove()
        db.engine.dispose()


def test_an_own_domain_from_the_shell(on_sqlite: City) -> None:
    assert "http://kimnukus.id:8000/" in run(on_sqlite, "kim", "alias", "nukus", "kimnukus.id")
    assert on_sqlite.reader("kimnukus.id").get("/").status_code == 200
    assert on_sqlite.site().get("/").status_code == 308
    run(on_sqlite, "kim", "alias", "nukus", "-")
    assert on_sqlite.site().get("/").status_code == 200


def test_an_account_from_the_shell_signs_in(city: City) -> None:
    said = run(
        city, "user", "create", "0812 3456 7890", "--name", "Bu Sri", "--role", "pewarta",
        "--kim", "nukus",
    )  # fmt: skip
    name, password = said.split()
    assert name == "+6281234567890"
    form = {"akun": "081234567890", "sandi": password}
    assert city.desk().post("/masuk", form).status_code == 303
    other = run(city, "user", "password", "081234567890").split()[1]
    assert city.desk().post("/masuk", form).status_code == 401
    assert city.desk().post("/masuk", form | {"sandi": other}).status_code == 303
    assert "Bu Sri" in run(city, "user", "list", "--kim", "nukus")
    assert "moderator" in run(city, "user", "list")


def test_the_tracker_from_the_shell(city: City) -> None:
    before = everything()
    printed = run(city, "tracker", "run", "--as-of", "2026-11-23")
    assert len(printed.splitlines()) == 3
    assert printed.startswith("KIM Nukus              forming  computed forming  weeks  0/13")
    assert printed.endswith("cluster 1 to 4: 0 / 0 / 0 / 0\n")
    assert everything() == before
    assert "not evaluated yet" in run(city, "tracker", "show", "nukus", fails=True)
    first = run(city, "tracker", "run")
    assert "evaluated 2026-11-23" in first
    assert "nothing is due" in run(city, "tracker", "run")
    assert "nukus: forming" in run(city, "tracker", "show", "nukus")
    assert "KIM Nukus" in run(city, "tracker", "show")


def test_the_sample_goes_only_when_confirmed(on_sqlite: City) -> None:
    result = on_sqlite.app.test_cli_runner().invoke(args=["sample", "clear"], input="n\n")
    assert result.exit_code != 0
    assert "removed 0 KIMs" in run(on_sqlite, "sample", "clear", "--yes")


def test_doctor_is_content(city: City) -> None:
    said = run(city, "doctor")
    assert "WRONG" not in said
    assert "57 kelurahan in 5 kecamatan" in said


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        ({"KIMCMS_DOMAIN": "kim.example.id"}, "KIMCMS_SCHEME=https"),
        ({"KIMCMS_SCHEME": "https"}, "KIMCMS_TRUSTED_PROXIES=1"),
        ({"KIMCMS_DATABASE_URL": "postgresql+psycopg://a@127.0.0.1:1/x"}, "KIMCMS_DATABASE_URL"),
        ({}, "flask db upgrade"),
    ],
)
def test_doctor_says_what_to_do(tmp_path: Any, settings: dict[str, str], advice: str) -> None:
    app = create_app(Settings.read({"KIMCMS_INSTANCE": str(tmp_path), **settings}))
    result = app.test_cli_runner().invoke(args=["doctor"])
    assert result.exit_code == 1
    assert any(advice in line for line in result.output.splitlines() if line.startswith("WRONG"))
    with app.app_context():
        db.engine.dispose()


def test_doctor_counts_the_kelurahan(on_sqlite: City) -> None:
    with bulk.bulk(on_sqlite.now) as unit:
        db.session.execute(sa.delete(Kelurahan).where(Kelurahan.slug == "dinoyo"))
        unit.record(SYSTEM, "test", None)
    assert "not 57 in 5" in run(on_sqlite, "doctor", fails=True)


def test_doctor_sees_a_slip_in_a_name(on_sqlite: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIMCMS_DOMIAN", "x")
    assert "KIMCMS_DOMIAN is no setting" in run(on_sqlite, "doctor", fails=True)


def test_doctor_sees_what_cannot_be_written(on_sqlite: City) -> None:
    media, key = on_sqlite.media.root, on_sqlite.media.root.parent / "secret_key"
    shutil.rmtree(media, ignore_errors=True)
    media.write_text("a file where the folder should be")
    key.write_text("k" * 64)
    key.chmod(0o644)
    try:
        said = run(on_sqlite, "doctor", fails=True)
    finally:
        media.unlink()
        key.unlink()
    wrong = [line for line in said.splitlines() if line.startswith("WRONG")]
    assert len(wrong) == 2
    assert f"{media} cannot be written" in wrong[0]
    assert "give it to this user" in wrong[0]
    assert f"run chmod 600 {key}" in wrong[1]
