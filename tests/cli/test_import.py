"""Go-live: KIMs, decrees, boards and baselines from CSV files; tried first, all or nothing."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from kimcms.db import db
from kimcms.models.decree import Decree
from kimcms.models.event import Event
from kimcms.models.kim import BoardMember, Kim
from kimcms.models.notice import Notice
from kimcms.queries import clusters, kims
from kimcms.services import clusters as tracker
from tests.world import City

HEAD = (
    "jenis,kim,kelurahan,nama,berdiri,nomor,tanggal,mulai,akhir,akhir_perkiraan,penandatangan,"
    "verified,jabatan,sejak\n"
)
GOOD = HEAD + (
    "kim,dinoyo,Dinoyo,KIM Dinoyo,2014-05-02,,,,,,,,,\n"
    "sk,dinoyo,,,,188/1,2025-01-10,2025-01-10,2028-01-09,0,Lurah Dinoyo,1,,\n"
    "pengurus,dinoyo,,Sri Winarsih,,,,,,,,,Ketua,\n"
    "sk,nukus,,,,188/2,2025-01-10,2025-01-10,2028-01-09,1,,,,\n"
)


def run(city: City, tmp_path: Path, command: str, text: str, *options: str):
    path = tmp_path / "data.csv"
    path.write_text(text, encoding="utf-8")
    return city.app.test_cli_runner().invoke(args=[*command.split(), str(path), *options])


def counts() -> list[int]:
    tables = (Kim, Decree, BoardMember, Event)
    return [db.session.scalar(sa.select(sa.func.count(t.id))) or 0 for t in tables]


def test_a_dry_run_reports_and_writes_nothing(city: City, tmp_path: Path) -> None:
    before = counts()
    tried = run(city, tmp_path, "kim import", GOOD)
    assert tried.exit_code == 0, tried.output
    assert "baris    2  KIM: KIM Dinoyo (dinoyo), Dinoyo" in tried.output
    assert "4 baris siap; belum ditulis" in tried.output
    assert counts() == before


def test_written_as_people_would_have(city: City, tmp_path: Path) -> None:
    done = run(city, tmp_path, "kim import", GOOD, "--write")
    assert done.exit_code == 0, done.output
    kim = city.kim("dinoyo")
    assert kim.founded_on is not None
    assert kim.founded_on.year == 2014
    (seat,) = kims.board(kim.id)
    assert (seat.name, seat.position, seat.since.isoformat()) == (
        "Sri Winarsih",
        "Ketua",
        "2025-01-10",
    )
    verified, unverified = db.session.scalars(sa.select(Decree).order_by(Decree.id))
    assert verified.verified_at is not None
    assert seat.decree_id == verified.id
    assert (unverified.verified_at, unverified.end_assumed) == (None, True)
    assert clusters.states()[kim.id].official == "new"
    unmailed = sa.select(Notice.id).where(Notice.mailed_at.is_(None))
    assert db.session.scalars(unmailed).all() == []  # a whole city at once is no news to Diskominfo
    assert city.site("dinoyo").get("/").status_code == 200


def test_one_wrong_line_and_nothing_is_written(city: City, tmp_path: Path) -> None:
    before = counts()
    wrong = GOOD + (
        "kim,atlantis,Atlantis,KIM Atlantis,,,,,,,,,,\n"
        "kim,nukus,Lowokwaru,KIM Dua,,,,,,,,,,\n"
        "kim,tiga,Sukun,KIM Tiga,,,,,,,,,,\n"
        "sk,dinoyo,,,,188/3,kemarin,2025-01-10,2024-01-10,,,,,\n"
        "pengurus,dinoyo,,Budi,,,,,,,,,Raja,2025-01-10\n"
        "sk,dinoyo,,,,188/4,2025-01-10,2025-01-10,2024-01-10,,,,,\n"
        "rapat,dinoyo,,,,,,,,,,,,\n"
    )
    done = run(city, tmp_path, "kim import", wrong, "--write")
    assert done.exit_code == 1
    for said in (
        'baris    6, kolom kelurahan  SALAH: Kelurahan "Atlantis" tidak ada di daftar.',
        'baris    7  SALAH: Alamat "nukus" sudah pernah dipakai.',
        "baris    8  SALAH: Kelurahan Sukun sudah punya KIM yang aktif.",
        'baris    9, kolom tanggal  SALAH: "kemarin" bukan tanggal.',
        'baris   10, kolom jabatan  SALAH: "raja" tidak dikenal.',
        "baris   11  SALAH: Tanggal akhir SK mendahului tanggal mulainya.",
        'baris   12, kolom jenis  SALAH: "rapat" tidak dikenal.',
        "7 kesalahan; tidak ada yang ditulis.",
    ):
        assert said in done.output
    assert counts() == before


BASELINE = "kim,cluster,p,g,day,source\n"


def test_a_baseline_stands_and_is_not_rewritten(city: City, tmp_path: Path) -> None:
    run(city, tmp_path, "kim import", GOOD, "--write")
    city.clock.forward(hours=1)
    line = "dinoyo,1,1,1,2026-10-31,Rekap Forum\n"
    tried = run(city, tmp_path, "tracker baseline", BASELINE + line)
    assert (tried.exit_code, clusters.states()[city.kim("dinoyo").id].official) == (0, "new")
    done = run(city, tmp_path, "tracker baseline", BASELINE + line, "--write")
    assert done.exit_code == 0, done.output
    state = clusters.states()[city.kim("dinoyo").id]
    assert (state.official, state.p_on, state.g_on) == ("1", True, True)
    # A slip may be mended until an evaluation has built on it.
    city.clock.forward(hours=1)
    again = BASELINE + line.replace("dinoyo,1", "dinoyo,2")
    assert run(city, tmp_path, "tracker baseline", again, "--write").exit_code == 0
    assert clusters.states()[city.kim("dinoyo").id].official == "2"
    city.clock.forward(days=7)
    tracker.run(city.now)
    late = run(city, tmp_path, "tracker baseline", again, "--write")
    assert late.exit_code == 1
    assert "sudah dipakai penilaian" in late.output


def test_a_baseline_that_contradicts_the_rule(city: City, tmp_path: Path) -> None:
    assumed = GOOD.replace("2028-01-09,0,Lurah Dinoyo", "2028-01-09,1,Lurah Dinoyo")
    run(city, tmp_path, "kim import", assumed, "--write")
    lines = (
        "dinoyo,4,0,0,2026-10-31,Rekap\n"
        "nukus,2,1,0,2026-10-31,Rekap\n"
        "dinoyo,5,1,0,2026-10-31,Rekap\n"
        "dinoyo,2,1,0,2027-10-31,Rekap\n"
        "entah,2,1,0,2026-10-31,\n"
    )
    done = run(city, tmp_path, "tracker baseline", BASELINE + lines, "--write")
    assert done.exit_code == 1
    for said in (
        "baris    2, kolom cluster  SALAH: Klaster 4 perlu SK dengan tanggal akhir yang pasti",
        "baris    3, kolom cluster  SALAH: Belum ada SK yang diverifikasi.",
        'baris    4, kolom cluster  SALAH: "5" tidak dikenal.',
        "baris    5, kolom day  SALAH: Tanggal data awal tidak boleh di depan.",
        'baris    6, kolom kim  SALAH: Tidak ada KIM terbuka dengan alamat "entah".',
        "baris    6, kolom source  SALAH: Kolom ini wajib diisi.",
    ):
        assert said in done.output
