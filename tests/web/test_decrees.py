"""Decrees, boards and handover on the newsroom's pages."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from typing import Any

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from kimcms.db import db
from kimcms.domain.clock import DAY, WIB
from kimcms.models.decree import Decree
from kimcms.models.kim import BoardMember
from kimcms.models.notice import Notice
from kimcms.queries import decrees as shelves
from kimcms.services import clusters, reminders, renewals
from kimcms.web import words
from kimcms.web.told import sentence
from tests.world import City, Visit, picture

START, E = dt.date(2025, 1, 1), dt.date(2027, 1, 15)
SK = "/k/nukus/sk"
FILLED = {
    "nomor": "188.45/12/KEL/2026",
    "tanggal": "2026-11-02",
    "mulai": "2026-11-03",
    "akhir": "2029-11-02",
    "penanda_tangan": "Lurah Sukun",
    "kunci": "a" * 32,
}


def send(visit: Visit, path: str, values: dict[str, Any]) -> Any:
    """A form with a file, as bytes: the test client would leave the file open."""
    parts = {
        name: FileStorage(io.BytesIO(value[1]), value[0]) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    boundary, data = encode_multipart({**parts, "csrf_token": visit.token()})
    kind = f"multipart/form-data; boundary={boundary}"
    return visit.call("POST", path, data=data, content_type=kind)


def said(answer: Any) -> str:
    """The words of a page in one line."""
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def at(city: City, day: dt.date, hour: int = 9) -> None:
    city.clock.now = dt.datetime(day.year, day.month, day.day, hour, tzinfo=WIB)


def decrees_made() -> int:
    return db.session.scalar(sa.select(sa.func.count(Decree.id))) or 0


def test_from_entry_to_verification(city: City) -> None:
    head, office = city.desk("nukus_head"), city.desk("diskominfo")
    answer = send(head, f"{SK}/baru", FILLED | {"pindaian": ("sk.jpg", picture(900, 1200))})
    assert answer.status_code == 303
    path = answer.headers["Location"]
    assert "Menunggu verifikasi Diskominfo" in said(head.get(f"{SK}/"))
    assert "KIM Nukus" in said(office.get("/sk/"))
    page = office.get(f"{path}/verifikasi")
    scan = re.search(r'src="(/k/nukus/berkas/\d+)"', page.text)
    assert scan
    assert office.get(scan[1]).mimetype == "image/jpeg"
    assert city.desk("gerabah_head").get(scan[1]).status_code == 404
    unseen = office.post(f"{path}/verifikasi", {"ketua": ""})
    assert unseen.status_code == 422
    assert "Lihat dulu naskah SK" in said(unseen)
    assert office.post(f"{path}/verifikasi", {"ketua": "", "dilihat": "y"}).status_code == 303
    assert "SK berlaku" in said(head.get(f"{SK}/"))
    assert "Tidak ada. Semua SK" in said(office.get("/sk/"))
    assert head.get(f"{path}/ubah").status_code == 409
    assert office.get(f"{path}/verifikasi").status_code == 409
    late = send(head, f"{path}/ubah", FILLED)
    assert late.status_code == 409
    assert "sudah diverifikasi" in said(late)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"nomor": ""}, "Nomor SK : Wajib diisi."),
        ({"nomor": " \u200b "}, "Nomor SK belum diisi."),
        ({"tanggal": "kemarin"}, "Tulis tanggal yang benar"),
        ({"mulai": "2026-02-31"}, "Tulis tanggal yang benar"),
        ({"akhir": "2026-11-02"}, "Tanggal akhir mendahului tanggal mulai."),
        ({"akhir": ""}, 'atau centang "tidak tertulis"'),
        ({"akhir": "31-12-2029"}, "Tulis tanggal yang benar"),
        ({"akhir": "", "tidak_tertulis": "y"}, "Isi perkiraan"),
        ({"tanggal": "2027-01-01"}, "masih di depan"),
        ({"akhir": "9999-12-31"}, "di luar jangkauan"),
        ({"mulai": "0001-01-01"}, "di luar jangkauan"),
    ],
)
def test_bad_entries_say_why_and_keep_what_was_typed(
    on_sqlite: City, changes: dict[str, str], sentence: str
) -> None:
    typed = FILLED | changes
    answer = send(on_sqlite.desk("nukus_head"), f"{SK}/baru", typed)
    assert answer.status_code == 422
    assert sentence in said(answer)
    for name in ("penanda_tangan", "nomor", "tanggal", "mulai", "akhir"):
        if typed[name].strip():
            field = re.search(rf'<input[^>]*name="{name}"[^>]*>', answer.text)
            assert field
            assert f'value="{typed[name]}"' in field[0]
    assert decrees_made() == 0


@pytest.mark.parametrize(
    ("name", "data", "status", "sentence"),
    [
        ("sk.pdf", b"%PDF-1.4" + b"\0" * 13_000_000, 413, "paling besar 12 MB"),
        ("sk.pdf", b"MZ\x90\0" + b"\0" * 5000, 422, "Kirim PDF atau foto"),
        ("sk.jpg", b"<svg onload=alert(1)>", 422, "Kirim PDF atau foto"),
    ],
)
def test_a_scan_that_is_none(
    on_sqlite: City, name: str, data: bytes, status: int, sentence: str
) -> None:
    head = on_sqlite.desk("nukus_head")
    answer = send(head, f"{SK}/baru", FILLED | {"pindaian": (name, data)})
    assert answer.status_code == status
    assert sentence in said(answer)
    assert 'value="188.45/12/KEL/2026"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert decrees_made() == 0
    # The same page, sent again without the file, is taken once.
    assert send(head, f"{SK}/baru", FILLED).status_code == 303
    assert send(head, f"{SK}/baru", FILLED).status_code == 303
    assert decrees_made() == 1


def test_an_end_that_is_not_written(on_sqlite: City) -> None:
    typed = FILLED | {"akhir": "", "tidak_tertulis": "y", "perkiraan": "2028-12-31"}
    head = on_sqlite.desk("nukus_head")
    assert send(head, f"{SK}/baru", typed).status_code == 303
    assert "31 Desember 2028 (perkiraan)" in said(head.get(f"{SK}/"))
    (decree,) = db.session.scalars(sa.select(Decree)).all()
    assert decree.end_assumed
    again = head.get(f"{SK}/{decree.id}/ubah")
    assert re.search(r'name="perkiraan"[^>]*value="2028-12-31"', again.text)


def test_returning_says_why_and_the_correction_comes_back(city: City) -> None:
    decree = city.decree(START, E, verified=False)
    office, head = city.desk("diskominfo"), city.desk("nukus_head")
    path = f"{SK}/{decree.id}"
    empty = office.post(f"{path}/kembalikan", {"alasan": "  "})
    assert empty.status_code == 422
    assert "Alasan wajib diisi" in said(empty)
    why = 'Tanggal <akhir> & nomor "salah"'
    assert office.post(f"{path}/kembalikan", {"alasan": why}).status_code == 303
    assert why in said(head.get(f"{SK}/"))
    assert why in said(head.get("/pemberitahuan"))
    assert send(head, f"{path}/ubah", FILLED).status_code == 303
    page = said(head.get(path))
    assert "188.45/12/KEL/2026" in page
    assert "perlu diperbaiki" not in page


def test_moderators_look_and_nobody_else_does(on_sqlite: City) -> None:
    decree = on_sqlite.decree(START, E, verified=False)
    path = f"{SK}/{decree.id}"
    moderator = on_sqlite.desk("moderator")
    assert moderator.get(path).status_code == 200
    assert "Periksa dan verifikasi" not in moderator.get(path).text
    for name in ("moderator", "moderator_nukus", "nukus_head"):
        for action in ("verifikasi", "kembalikan", "perpanjangan/tolak"):
            assert on_sqlite.desk(name).post(f"{path}/{action}", {}).status_code == 403
    for name in ("gerabah_head", "gerabah_editor"):
        assert on_sqlite.desk(name).get(path).status_code == 404
    theirs = f"/k/gerabah/sk/{decree.id}"
    assert on_sqlite.desk("diskominfo").get(theirs).status_code == 404
    assert on_sqlite.desk("gerabah_head").post(f"{theirs}/perpanjangan").status_code == 404


def test_the_public_cluster_page_changes_in_the_next_request(city: City) -> None:
    city.decree(START, E)
    at(city, dt.date(2026, 12, 29))
    clusters.run(city.now)
    at(city, E + 31 * DAY)
    clusters.run(city.now)
    reader = city.reader()
    before = reader.get("/klaster/")
    fresh = city.decree(E + DAY, E + 1000 * DAY, verified=False)
    assert reader.get("/klaster/").text == before.text
    path = f"{SK}/{fresh.id}/verifikasi"
    assert city.desk("diskominfo").post(path, {"dilihat": "y"}).status_code == 303
    after = reader.get("/klaster/")
    assert after.headers["ETag"] != before.headers["ETag"]
    assert after.text != before.text


def test_the_renewal_on_the_pages(on_sqlite: City) -> None:
    city = on_sqlite
    decree = city.decree(START, E)
    head, office, path = city.desk("nukus_head"), city.desk("diskominfo"), f"{SK}/{decree.id}"
    assert "Buat surat perpanjangan" in said(head.get(f"{SK}/"))
    letter = said(head.get(f"{path}/surat"))
    for part in ("Yth. Lurah Sukun", decree.number, "15 Januari 2027", "KIM NUKUS"):
        assert part in letter
    assert head.post(f"{path}/perpanjangan").status_code == 303
    assert head.post(f"{path}/perpanjangan").status_code == 409
    assert "Permintaan perpanjangan 1" in said(office.get("/sk/"))
    assert office.post(f"{path}/perpanjangan/tolak", {"alasan": ""}).status_code == 422
    assert office.post(f"{path}/perpanjangan/tolak", {"alasan": "Tunggu."}).status_code == 303
    assert "Tunggu." in said(head.get(f"{SK}/"))


def test_verifying_with_a_new_head_gives_the_link_and_shows_the_end(city: City) -> None:
    decree = city.decree(START, E, verified=False)
    office = city.desk("diskominfo")
    path = f"{SK}/{decree.id}/verifikasi"
    form = {"dilihat": "y", "ketua": "undang", "nama": "Bu Siti", "akun": ""}
    empty = office.post(path, form)
    assert empty.status_code == 422
    assert "Isi surel atau nomor HP ketua baru." in said(empty)
    bad = office.post(path, form | {"akun": "bukan alamat"})
    assert bad.status_code == 422
    assert 'value="Bu Siti"' in bad.text
    done = office.post(path, form | {"akun": "0812 3456 7890"})
    assert done.status_code == 200
    assert "/tautan/" in done.text
    assert "wa.me" in done.text
    assert "berakhir paling lambat Selasa, 8 Des 2026" in said(office.get("/k/nukus/anggota"))
    wrong = office.post(f"{SK}/{decree.id}/verifikasi", {"dilihat": "y", "ketua": "999"})
    assert wrong.status_code == 422


def test_the_list_asks_the_same_number_of_queries_however_many_decrees(on_sqlite: City) -> None:
    counts = []
    for number in (1, 4):
        for turn in range(number):
            on_sqlite.decree(START, E + turn * DAY)
        with on_sqlite.counting() as seen:
            shelves.shelf(on_sqlite.kim().id, on_sqlite.now)
        counts.append(len(seen))
    assert counts[0] == counts[1]


# Boards


def test_a_board_by_term_and_its_history(city: City) -> None:
    decree = city.decree(START, E)
    head, site = city.desk("nukus_head"), city.site()
    first = {
        "sk": str(decree.id),
        "mulai": "2026-01-05",
        "ketua": "Pak Budi",
        "sekretaris": "Bu Rini",
        "penggalian": "Mas Joko\n\n Mbak Tutik \r\n",
    }
    assert head.post("/k/nukus/pengurus/baru", first).status_code == 303
    about = said(site.get("/tentang"))
    for name in ("Pak Budi", "Bu Rini", "Mas Joko", "Mbak Tutik"):
        assert name in about
    page = said(head.get("/k/nukus/pengurus"))
    assert "Belum terisi: Bendahara, Bidang pengolahan informasi" in page
    one = {"sk": "", "mulai": "2026-02-01", "jabatan": "Bendahara", "nama": "Bu <b>Sri</b>"}
    assert head.post("/k/nukus/pengurus", one).status_code == 303
    assert "Bu <b>Sri</b>" in said(site.get("/tentang"))
    second = {"sk": "", "mulai": "2026-11-20", "ketua": "Bu Ani"}
    assert head.post("/k/nukus/pengurus/baru", second).status_code == 303
    about = said(site.get("/tentang"))
    assert "Bu Ani" in about
    assert "Pak Budi" not in about
    page = said(city.desk("moderator").get("/k/nukus/pengurus"))
    assert "Sampai 19 November 2026 5 orang" in page
    assert "Ganti seluruh susunan" not in page


def test_ending_one_term(on_sqlite: City) -> None:
    head = on_sqlite.desk("nukus_head")
    seat = {"sk": "", "mulai": "2026-02-01", "jabatan": "Ketua", "nama": "Pak Budi"}
    head.post("/k/nukus/pengurus", seat)
    (row,) = db.session.scalars(sa.select(BoardMember)).all()
    path = f"/k/nukus/pengurus/{row.id}/akhiri"
    for day in ("2026-01-31", "2026-11-25", "besok", ""):
        answer = head.post(path, {"akhir": day})
        assert answer.status_code == 422
        assert 'class="error"' in answer.text
    assert head.post(path, {"akhir": "2026-11-24"}).status_code == 303
    assert head.post(path, {"akhir": "2026-11-24"}).status_code == 409
    assert "Sampai 24 November 2026" in said(head.get("/k/nukus/pengurus"))
    theirs = f"/k/gerabah/pengurus/{row.id}/akhiri"
    assert on_sqlite.desk("gerabah_head").post(theirs, {"akhir": "2026-11-24"}).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [{"nama": ""}, {"mulai": "x"}, {"mulai": "2026-12-01"}, {"jabatan": "Raja"}, {"sk": "77"}],
)
def test_bad_seats(on_sqlite: City, changes: dict[str, str]) -> None:
    seat = {"sk": "", "mulai": "2026-02-01", "jabatan": "Ketua", "nama": "Pak Budi"} | changes
    answer = on_sqlite.desk("nukus_head").post("/k/nukus/pengurus", seat)
    assert answer.status_code == 422
    assert not db.session.scalars(sa.select(BoardMember)).all()
    if changes.get("nama") != "":
        assert 'value="Pak Budi"' in answer.text


def test_the_board_of_another_kims_decree(on_sqlite: City) -> None:
    theirs = on_sqlite.decree(START, E, slug="gerabah")
    seat = {"sk": str(theirs.id), "mulai": "2026-02-01", "jabatan": "Ketua", "nama": "Pak Budi"}
    answer = on_sqlite.desk("nukus_head").post("/k/nukus/pengurus", seat)
    assert answer.status_code == 422


# Words


def test_every_notice_of_decrees_is_a_sentence(on_sqlite: City) -> None:
    city = on_sqlite
    decree = city.decree(START, E)
    for day in (E, E + 20 * DAY, E + 31 * DAY):
        at(city, day)
        reminders.remind(city.now)
    at(city, E + 20 * DAY)
    renewals.request(city.actor("nukus_head"), decree, city.now)
    renewals.refuse(city.actor("diskominfo"), decree, "Belum.", city.now)
    found = db.session.scalars(sa.select(Notice).where(Notice.kim_id == city.kim().id)).all()
    said_of = {notice.kind: sentence(notice) for notice in found}
    assert said_of["decree.ending"] == "SK KIM Nukus berakhir 15 Jan 2027 (sisa 0 hari)"
    assert said_of["decree.grace"].endswith("masa tenggang sampai 14 Feb 2027")
    assert set(said_of) >= {"decree.dead", "renewal.requested", "renewal.refused"}
    assert not [text for text in said_of.values() if "%(" in text or "2027-" in text]
    kinds = [kind for kind in words.NOTICES if kind.startswith(("decree.", "handover."))]
    assert all(len(kind) <= 32 for kind in kinds)
