"""The operator's commands: they do what they say, and refuse with one clear line."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from kimcms.config import Settings
from kimcms.db import db
from kimcms.domain.roles import SYSTEM
from kimcms.models.kelurahan import Kelurahan
from kimcms.services import bulk
from tests.world import City


def run(city: City, *words: str, fails: bool = False) -> str:
    result = city.app.test_cli_runner().invoke(args=words)
    db.session.rollback()
    assert (result.exit_code != 0) == fails, result.output
    assert not (fails and result.exception and not isinstance(result.exception, SystemExit))
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
        (("user", "create", "bukan", "--name", "X", "--role", "diskominfo"), "surel atau nomor HP"),
        (("user", "create", "a@b.id", "--name", "X", "--role", "editor"), "peran"),
        (("user", "password", "nobody@contoh.test"), "no account"),
        (("tracker", "run", "--as-of", "2026-11-24"), "hari Senin"),
        (("tracker", "show", "tidak-ada"), "no KIM"),
        (("sample", "load"), "There are KIMs already"),
    ],
)
def test_refusals_are_one_clear_line(
    on_sqlite: City, words: tuple[str, ...], sentence: str
) -> None:
    said = run(on_sqlite, *words, fails=True)
    assert sentence in said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


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
    assert "cannot" not in run(city, "tracker", "run", "--as-of", "2026-11-23")
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
    from kimcms.app import create_app

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
