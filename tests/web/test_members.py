"""The members of a KIM over HTTP: words and links that lead on."""

from __future__ import annotations

import re

import pytest

from kimcms.domain.roles import Role
from kimcms.models.kim import Kim
from kimcms.queries import accounts as people
from kimcms.services import bylines, members
from tests.world import City

HERE = "/k/nukus/anggota"


def row_of(city: City, name: str) -> int:
    return next(m.membership_id for m in people.members(city.kim().id) if m.name == name)


def test_an_invitation_goes_to_the_persons_whatsapp(city: City) -> None:
    head = city.desk("nukus_head")
    sent = {"nama": "Bu Siti", "akun": "0812-3456-7890", "peran": "pewarta"}
    page = head.post(HERE, sent).text
    found = re.search(r'href="https://wa\.me/6281234567890\?text=([^"]+)"', page)
    assert found
    assert "redaksi.localhost" in found[1]
    assert "undangan berlaku sampai" in page
    city.clock.forward(days=8)
    assert "undangan kedaluwarsa" in city.desk("nukus_head").get(HERE).text
    again = city.desk("nukus_head").post(f"{HERE}/{row_of(city, 'Bu Siti')}/tautan").text
    assert "Undangan untuk Bu Siti" in again
    assert "wa.me/6281234567890" in again
    address = re.search(r"http://redaksi\.localhost:8000(/tautan/[\w.-]+)", again)
    assert address
    opened = city.desk().get(address[1])
    assert "Selamat datang, Bu Siti" in opened.text


def test_by_mail_too_and_said(city: City) -> None:
    sent = {"nama": "Bu Siti", "akun": "siti@contoh.test", "peran": "editor"}
    page = city.desk("nukus_head").post(HERE, sent).text
    assert "juga dikirim ke siti@contoh.test" in page
    assert 'href="https://wa.me/?text=' in page


def test_another_role(city: City) -> None:
    head, path = city.desk("nukus_head"), f"{HERE}/{row_of(city, 'nukus_pewarta')}/peran"
    assert head.post(path, {"peran": "editor"}).status_code == 303
    assert "nukus_pewarta sekarang Editor." in head.get(HERE).text
    assert head.post(f"{HERE}/{row_of(city, 'nukus_pewarta')}/peran", {}).status_code == 422
    own = f"{HERE}/{row_of(city, 'nukus_head')}/peran"
    refused = head.post(own, {"peran": "pewarta"})
    assert refused.status_code == 409
    assert "satu-satunya ketua" in refused.text


def test_leaving_asks_first(city: City) -> None:
    pewarta = city.desk("nukus_pewarta")
    assert "Tulisan Anda tetap ada" in pewarta.get("/k/nukus/keluar").text
    unsure = pewarta.post("/k/nukus/keluar")
    assert unsure.status_code == 422
    assert pewarta.get("/k/nukus/berita/").status_code == 200
    gone = pewarta.post("/k/nukus/keluar", {"yakin": "y"})
    assert gone.status_code == 303
    assert "sudah keluar dari KIM Nukus" in pewarta.get("/").text
    assert pewarta.get("/k/nukus/berita/").status_code == 404


def test_the_last_head_is_told_what_to_do(city: City) -> None:
    refused = city.desk("nukus_head").post("/k/nukus/keluar", {"yakin": "y"})
    assert refused.status_code == 409
    assert "Jadikan orang lain ketua lebih dulu" in refused.text


def test_the_list_says_whose_name_readers_see(city: City) -> None:
    head = city.desk("nukus_head")
    assert "nama tampil di berita" not in head.get(HERE).text
    bylines.show(city.person("nukus_pewarta"), city.now, shown=True)
    assert head.get(HERE).text.count("nama tampil di berita") == 1


@pytest.mark.parametrize("name", ["nukus_head", "diskominfo"])
def test_roles_are_explained(on_sqlite: City, name: str) -> None:
    page = on_sqlite.desk(name).get(HERE).text
    assert "menulis berita dan mengirimnya ke editor" in page


def test_a_guest_of_another_kim_is_said(city: City) -> None:
    kim: Kim = city.kim("gerabah")
    members.invite(city.actor("gerabah_head"), "Siti", "081234567890", Role.HEAD, kim, city.now)
    head = city.desk("nukus_head")
    sent = {"nama": "Siti", "akun": "081234567890", "peran": "pewarta"}
    assert head.post(HERE, sent).status_code == 303
    assert "diminta ke Diskominfo" in head.get(HERE).text
