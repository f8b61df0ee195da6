"""The register and the policy in the newsroom: numbers that link, steps that ask first."""

from __future__ import annotations

import re

from kimcms.queries import clusters
from kimcms.services import register
from tests.world import City

WHY = "Sesuai berita acara."


def numbers(page: str) -> dict[str, int]:
    found = re.findall(r'href="/kim/\?keadaan=(\w+)[^"]*"[^>]*><b>(\d+)</b>', page)
    return {state: int(count) for state, count in found}


def test_numbers_sum_to_57_and_lead_to_their_list(on_sqlite: City) -> None:
    register.suspend(on_sqlite.actor("diskominfo"), on_sqlite.kim("gerabah"), WHY, on_sqlite.now)
    desk = on_sqlite.desk("moderator")
    found = numbers(desk.get("/kim/").text)
    assert found == {
        "forming": 56,
        "new": 0,
        "active": 0,
        "grace": 0,
        "dead": 0,
        "suspended": 1,
    }
    only = desk.get("/kim/?keadaan=suspended").text
    assert "KIM Gerabah" in only
    assert "KIM Nukus" not in only
    assert "Tidak ada kelurahan dalam keadaan itu." in desk.get("/kim/?keadaan=dead").text
    assert desk.get("/kim/?keadaan=<x>&kecamatan=atlantis").text.count('class="row"') == 57


def test_a_moderator_sees_and_does_not_touch(on_sqlite: City) -> None:
    page = on_sqlite.desk("moderator").get("/k/nukus/daftar").text
    assert "dilakukan Diskominfo" in page
    assert "/daftar/tutup" not in page
    assert "Buka KIM" not in on_sqlite.desk("moderator").get("/kim/").text


def test_steps_ask_first(on_sqlite: City) -> None:
    desk = on_sqlite.desk("diskominfo")
    page = desk.get("/k/nukus/daftar").text
    for step in ("ubah", "alamat", "bekukan", "gabung", "tutup"):
        assert f"/k/nukus/daftar/{step}" in page
        assert desk.get(f"/k/nukus/daftar/{step}").status_code == 200
    empty = desk.post("/k/nukus/daftar/bekukan", {"alasan": " "})
    assert empty.status_code == 422
    assert 'aria-invalid="true"' in empty.text
    assert desk.post("/k/nukus/daftar/bekukan", {"alasan": WHY}).status_code == 303
    page = desk.get("/k/nukus/daftar").text
    assert "Dibekukan" in page
    assert f"“{WHY}”" in page
    assert desk.post("/k/nukus/daftar/buka-kembali", {"alasan": WHY}).status_code == 303


def test_what_was_typed_comes_back(on_sqlite: City) -> None:
    desk = on_sqlite.desk("diskominfo")
    answer = desk.post("/k/nukus/daftar/tutup", {"alasan": WHY, "ketik": "gerabah"})
    assert answer.status_code == 422
    assert WHY in answer.text
    assert "Belum dijalankan" in answer.text
    answer = desk.post("/k/nukus/daftar/alamat", {"alasan": WHY, "alamat": "Gerabah"})
    assert answer.status_code == 409
    assert 'value="Gerabah"' in answer.text
    answer = desk.post("/k/nukus/daftar/ubah", {"nama": "KIM " + "Nukus" * 20})
    assert answer.status_code == 422
    assert 'value="KIM NukusNukus' in answer.text


def test_close_and_merge_over_http(on_sqlite: City) -> None:
    desk = on_sqlite.desk("diskominfo")
    form = {"alasan": WHY, "ketik": "nukus", "ke": "gerabah"}
    assert desk.post("/k/nukus/daftar/gabung", form).headers["Location"] == "/k/gerabah/daftar"
    page = desk.get("/k/nukus/daftar").text
    assert "Digabung ke" in page
    assert "Tidak ada langkah lagi" in page
    assert "KIM Nukus, Sukun" in desk.get("/kim/").text


def test_a_policy_is_tried_before_it_is_switched_on(on_sqlite: City) -> None:
    desk = on_sqlite.desk("diskominfo")
    assert "Berlakukan" not in desk.get("/kebijakan/coba").text
    wrong = desk.get("/kebijakan/coba?p_on=4&p_off=5&window_weeks=x")
    assert wrong.status_code == 422
    assert "Tulis angka." in wrong.text
    wrong = desk.get("/kebijakan/coba?p_on=4&p_off=5")
    assert 'id="p_off-salah"' in wrong.text
    wrong = desk.get("/kebijakan/coba?window_weeks=99999999999")
    assert "Angkanya antara 1 dan 104." in wrong.text
    assert "Berlakukan" in desk.get("/kebijakan/coba?p_on=7").text
    late = desk.post("/kebijakan/coba?p_on=7", {"mulai": "2026-11-25"})
    assert late.status_code == 422
    assert "Pilih hari Senin." in late.text
    assert desk.post("/kebijakan/coba?p_on=7", {"mulai": "2026-11-30"}).status_code == 303
    assert clusters.rules().later[0][1].p_on == 7
    assert "Batalkan versi ini" in desk.get("/kebijakan/").text
    assert desk.post("/kebijakan/2/batal").status_code == 303
    assert clusters.rules().later == ()


def test_a_moderator_proposes_and_cannot_switch(on_sqlite: City) -> None:
    desk = on_sqlite.desk("moderator")
    assert "Usulkan ke Diskominfo" in desk.get("/kebijakan/coba?p_on=7").text
    assert desk.post("/kebijakan/coba?p_on=7", {"mulai": "2026-11-30"}).status_code == 403
    assert desk.post("/kebijakan/usul?p_on=7", {"alasan": ""}).status_code == 422
    sent = desk.post("/kebijakan/usul?p_on=7", {"alasan": "Terlalu longgar."})
    assert sent.headers["Location"] == "/kebijakan/coba?p_on=7"
