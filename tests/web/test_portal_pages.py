"""The portal's own pages and the banner: written by Diskominfo, seen by readers, taken back."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from kimcms.domain.banner import Level
from kimcms.domain.refusal import Refused
from kimcms.queries import banners as notices
from kimcms.queries import ownpages as shelf
from kimcms.services import banners, ownpages
from kimcms.services.ownpages import Words
from tests.world import City

READERS = ("localhost", "nukus.localhost")
NEW = "/portal/halaman/baru"
BANNER = "/portal/pengumuman"


def typed(**changes: str) -> dict[str, str]:
    values = {"judul": "Layanan aduan", "isi": "Hubungi **112**.", "tampil": "y"}
    return values | {"langkah": "simpan"} | changes


def write(city: City, title: str = "Layanan aduan", text: str = "Satu.") -> int:
    return ownpages.create(city.actor("diskominfo"), None, Words(title, text, True), city.now).id


def test_a_page_is_looked_at_then_saved(city: City) -> None:
    desk = city.desk("diskominfo")
    seen = desk.post(NEW, typed(langkah="pratinjau"))
    assert seen.status_code == 200
    assert "<strong>112</strong>" in seen.text
    assert shelf.pages(None) == []
    key = re.search(r'name="kunci" value="([^"]+)"', seen.text)
    assert key
    for _ in range(2):  # sent twice, made once
        assert desk.post(NEW, typed(kunci=key[1])).status_code == 303
    assert len(shelf.pages(None)) == 1
    page = city.reader().get("/halaman/layanan-aduan")
    assert "<strong>112</strong>" in page.text
    assert 'href="http://localhost/halaman/layanan-aduan"' in re.sub(
        r"localhost:\d+", "localhost", city.reader().get("/").text
    )


def test_scripts_do_not_pass(city: City) -> None:
    write(city, text="Halo <script>alert(1)</script> <img src=x onerror=alert(1)> <a href=x>b</a>")
    page = city.reader().get("/halaman/layanan-aduan").text
    body = page.partition('<div class="text">')[2].partition("</div>")[0]
    assert "Halo" in body
    for mark in ("<script", "onerror=", "<img", "href="):
        assert mark not in body.replace("&lt;", "("), mark


def test_an_unpublished_page_does_not_exist(city: City) -> None:
    desk = city.desk("diskominfo")
    desk.post(NEW, {k: v for k, v in typed().items() if k != "tampil"})
    assert city.reader().get("/halaman/layanan-aduan").status_code == 404
    assert "layanan-aduan" not in city.reader().get("/").text


def test_an_undo_brings_the_words_back_and_can_be_undone(city: City) -> None:
    page_id = write(city)
    desk = city.desk("diskominfo")
    path = f"/portal/halaman/{page_id}"
    assert desk.post(path + "/urungkan").status_code == 409
    assert desk.post(path, typed(judul="Lain", isi="Dua.", versi="1")).status_code == 303
    address = "/halaman/layanan-aduan"  # the address stays
    assert "Dua." in city.reader().get(address).text
    assert desk.post(path + "/urungkan").status_code == 303
    assert "Satu." in city.reader().get(address).text
    desk.post(path + "/urungkan")
    assert "Dua." in city.reader().get(address).text


def test_two_who_edit_do_not_overwrite_each_other(city: City) -> None:
    path = f"/portal/halaman/{write(city)}"
    desk = city.desk("diskominfo")
    assert desk.post(path, typed(isi="Dua.", versi="1")).status_code == 303
    late = desk.post(path, typed(isi="Tiga.", versi="1"))
    assert late.status_code == 409
    assert "Tiga." in late.text  # what was typed is not lost
    assert "Dua." in city.reader().get("/halaman/layanan-aduan").text


@pytest.mark.parametrize("wrong", [{"judul": ""}, {"isi": " "}, {"alamat": "a" * 61}])
def test_bad_words_are_said_and_kept(on_sqlite: City, wrong: dict[str, str]) -> None:
    answer = on_sqlite.desk("diskominfo").post(NEW, typed(**wrong))
    assert answer.status_code == 422
    assert shelf.pages(None) == []


def test_there_are_never_too_many(on_sqlite: City) -> None:
    for number in range(12):
        write(on_sqlite, f"Halaman {number}")
    with pytest.raises(Refused, match="page_many"):
        write(on_sqlite, "Satu lagi")


def test_pages_of_one_title_have_addresses_of_their_own(on_sqlite: City) -> None:
    for _ in range(3):
        write(on_sqlite)
    assert [page.slug for page in shelf.pages(None)] == [
        "layanan-aduan",
        "layanan-aduan-2",
        "layanan-aduan-3",
    ]


# --- the banner ---------------------------------------------------------------------------------


def put_up(city: City, start: int = 0, hours: int = 6) -> int:
    begins = city.now + dt.timedelta(hours=start)
    ends = begins + dt.timedelta(hours=hours)
    drafted = banners.drafted("Sungai meluap.", "", Level.DANGER, begins, ends, city.now)
    return banners.put_up(city.actor("diskominfo"), drafted, city.now).id


def shown(city: City) -> set[bool]:
    return {"Sungai meluap." in city.reader(host).get("/").text for host in READERS}


def test_a_banner_stands_everywhere_and_ends_by_itself(city: City) -> None:
    tags = {host: city.reader(host).get("/").headers["ETag"] for host in READERS}
    put_up(city, start=1, hours=6)
    assert shown(city) == {False}
    for hours, stands in ((1, True), (6, False)):
        city.clock.forward(hours=hours)
        assert shown(city) == {stands}, hours
        for host in READERS:  # time alone made the kept page old
            answer = city.reader(host).get("/", headers={"If-None-Match": tags[host]})
            assert answer.status_code == 200
            tags[host] = answer.headers["ETag"]


def test_a_banner_is_looked_at_put_up_and_ended(city: City) -> None:
    desk = city.desk("diskominfo")
    values = {"teks": "Sungai meluap.", "tingkat": "danger", "sampai": "2026-11-24T18:00"}
    values |= {"tautan": "https://bpbd.example/banjir"}
    seen = desk.post(BANNER, values | {"langkah": "pratinjau"})
    assert seen.status_code == 200
    assert "Selasa, 24 Nov 2026, 18.00 WIB" in seen.text
    assert notices.banners() == []
    assert desk.post(BANNER, values | {"langkah": "simpan"}).status_code == 303
    page = city.site().get("/").text
    assert "Sungai meluap." in page
    assert 'href="https://bpbd.example/banjir"' in page
    (banner,) = notices.banners()
    path = f"/portal/pengumuman/{banner.id}/akhiri"
    assert desk.post(path).status_code == 303
    assert shown(city) == {False}
    assert desk.post(path).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"sampai": ""},
        {"sampai": "nanti"},
        {"sampai": "2026-11-24T10:00"},  # over already
        {"sampai": "2026-12-24T10:00"},  # too far
        {"mulai": "2026-11-25T10:00", "sampai": "2026-11-25T09:00"},
        {"tautan": "javascript:alert(1)"},
        {"tautan": "http://tanpa-kunci.example"},
        {"teks": ""},
        {"tingkat": "gawat"},
    ],
)
def test_a_bad_banner_is_refused(on_sqlite: City, wrong: dict[str, str]) -> None:
    values = {"teks": "Banjir", "tingkat": "info", "sampai": "2026-11-24T18:00"}
    answer = on_sqlite.desk("diskominfo").post(BANNER, values | {"langkah": "simpan"} | wrong)
    assert answer.status_code == 422
    assert notices.banners() == []


def test_a_banner_is_text_and_never_markup(on_sqlite: City) -> None:
    end = on_sqlite.now + dt.timedelta(hours=1)
    drafted = banners.drafted("<b>Banjir</b>", "", Level.INFO, None, end, on_sqlite.now)
    banners.put_up(on_sqlite.actor("diskominfo"), drafted, on_sqlite.now)
    assert "&lt;b&gt;Banjir" in on_sqlite.reader().get("/").text


def test_only_diskominfo_writes(on_sqlite: City) -> None:
    with pytest.raises(Refused, match="not_allowed"):
        ownpages.create(on_sqlite.actor("moderator"), None, Words("A", "B", True), on_sqlite.now)
    end = on_sqlite.now + dt.timedelta(hours=1)
    drafted = banners.drafted("Banjir", "", Level.INFO, None, end, on_sqlite.now)
    with pytest.raises(Refused, match="not_allowed"):
        banners.put_up(on_sqlite.actor("nukus_head"), drafted, on_sqlite.now)
