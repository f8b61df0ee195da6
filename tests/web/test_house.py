"""The KIM's own house: looked at, saved, and on the subsite in the next request."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from PIL import Image

from kimcms.domain import house as rules
from kimcms.domain.clock import day_of
from kimcms.domain.refusal import Refused
from kimcms.models.media import Media
from kimcms.models.ownpage import OwnPage
from kimcms.queries import ownpages as shelf
from kimcms.services import boards, bylines, media, ownpages
from kimcms.services import house as furniture
from kimcms.services.boards import Seat
from kimcms.services.ownpages import Words
from tests.world import City, picture

HOUSE = "/k/nukus/rumah"
PAGES = f"{HOUSE}/halaman"


def typed(**changes: str) -> dict[str, str]:
    """A page as the form sends it."""
    values = {"judul": "Jadwal posyandu", "isi": "Setiap **Rabu**.", "tampil": "y"}
    return values | {"langkah": "simpan"} | changes


def write(city: City, title: str = "Jadwal posyandu", *, published: bool = True) -> int:
    words = Words(title, f"Isi {title}.", published)
    return ownpages.create(city.actor("nukus_head"), city.kim(), words, city.now).id


def menu(city: City) -> list[str]:
    """Titles in the menu above the subsite's pages."""
    head = city.site().get("/").text.partition('<nav class="main')[2].partition("</nav>")[0]
    return [" ".join(word.split()) for word in re.findall(r"<a [^>]*>([^<]+)<", head)]


# --- own pages -----------------------------------------------------------------------------------


def test_a_page_is_looked_at_saved_and_shown_at_once(city: City) -> None:
    head, site = city.desk("nukus_head"), city.site()
    assert site.get("/halaman/jadwal-posyandu").status_code == 404
    seen = head.post(f"{PAGES}/baru", typed(langkah="pratinjau"))
    assert "<strong>Rabu</strong>" in seen.text
    assert shelf.pages(city.kim().id) == []
    key = re.search(r'name="kunci" value="([^"]+)"', seen.text)
    assert key
    for _ in range(2):  # sent twice, made once
        assert head.post(f"{PAGES}/baru", typed(kunci=key[1])).status_code == 303
    assert "<strong>Rabu</strong>" in site.get("/halaman/jadwal-posyandu").text
    assert menu(city) == ["Berita", "Tentang kami", "Jadwal posyandu", "Portal kota"]
    assert "/halaman/jadwal-posyandu" in site.get("/sitemap-halaman.xml").text
    assert city.reader().get("/halaman/jadwal-posyandu").status_code == 404
    assert city.site("gerabah").get("/halaman/jadwal-posyandu").status_code == 404


def test_a_hidden_page_is_nowhere(city: City) -> None:
    write(city, published=False)
    assert city.site().get("/halaman/jadwal-posyandu").status_code == 404
    assert menu(city) == ["Berita", "Tentang kami", "Portal kota"]
    assert "posyandu" not in city.site().get("/sitemap-halaman.xml").text


def test_old_addresses_lead_to_the_page(city: City) -> None:
    head, page_id = city.desk("nukus_head"), write(city)
    for version, slug in ((1, "posyandu"), (2, "Posyandu Melati!")):
        sent = typed(alamat=slug, versi=str(version))
        assert head.post(f"{PAGES}/{page_id}", sent).status_code == 303
    for old in ("jadwal-posyandu", "posyandu"):
        moved = city.site().get(f"/halaman/{old}")
        assert (moved.status_code, moved.location) == (308, "/halaman/posyandu-melati")
    other = write(city, "Nomor penting")
    taken = head.post(f"{PAGES}/{other}", typed(alamat="posyandu", versi="1"))
    assert taken.status_code == 409
    back = head.post(f"{PAGES}/{page_id}", typed(alamat="posyandu", versi="3"))
    assert back.status_code == 303
    assert city.site().get("/halaman/posyandu").status_code == 200
    assert city.site().get("/halaman/posyandu-melati").location == "/halaman/posyandu"


def test_pages_are_ordered_by_buttons(city: City) -> None:
    ids = [write(city, title) for title in ("Satu", "Dua", "Tiga")]
    head = city.desk("nukus_head")
    for page_id, way in ((ids[2], "naik"), (ids[0], "turun"), (ids[2], "naik")):
        assert head.post(f"{PAGES}/{page_id}/pindah", {"arah": way}).status_code == 303
    assert menu(city)[2:-1] == ["Tiga", "Satu", "Dua"]
    head.post(f"{PAGES}/{ids[0]}/pindah", {"arah": "ke samping"})
    assert menu(city)[2:-1] == ["Tiga", "Satu", "Dua"]


def test_a_deleted_page_is_gone_and_its_address_free(city: City) -> None:
    page_id = write(city)
    head = city.desk("nukus_head")
    asked = head.get(f"{HOUSE}/")
    assert "Ya, hapus halaman" in asked.text
    assert head.post(f"{PAGES}/{page_id}/hapus").status_code == 303
    assert city.site().get("/halaman/jadwal-posyandu").status_code == 404
    assert menu(city) == ["Berita", "Tentang kami", "Portal kota"]
    assert head.post(f"{PAGES}/{page_id}/hapus").status_code == 404
    write(city)
    assert city.site().get("/halaman/jadwal-posyandu").status_code == 200


def test_each_change_is_seen_on_a_page_that_is_kept(city: City) -> None:
    head, (one, two) = city.actor("nukus_head"), [write(city, title) for title in ("Satu", "Dua")]
    site, kim_id = city.site(), city.kim().id
    seen = [site.get("/").headers["ETag"]]

    def page(page_id: int) -> OwnPage:
        found = shelf.page(kim_id, page_id)
        assert found
        return found

    for change in (
        lambda: ownpages.change(head, page(one), Words("Lain", "Lain.", True), 1, city.now),
        lambda: ownpages.undo(head, page(one), city.now),
        lambda: ownpages.move(head, page(two), city.now, up=True),
        lambda: ownpages.delete(head, page(two), city.now),
        lambda: write(city, "Tiga"),
    ):
        change()
        again = site.get("/", headers={"If-None-Match": seen[-1]})
        assert again.status_code == 200
        seen.append(again.headers["ETag"])
    assert len(set(seen)) == 6
    assert menu(city)[2:-1] == ["Satu", "Tiga"]


def test_twelve_pages_and_no_more(on_sqlite: City) -> None:
    for number in range(12):
        write(on_sqlite, f"Halaman {number}")
    with pytest.raises(Refused, match="page_many"):
        write(on_sqlite, "Satu lagi")
    assert len(menu(on_sqlite)) == 3 + 4  # the rest stand at the foot
    assert "Halaman 11" in on_sqlite.site().get("/").text


def test_two_heads_do_not_overwrite_each_other(city: City) -> None:
    path = f"{PAGES}/{write(city)}"
    head = city.desk("nukus_head")
    assert head.post(path, typed(isi="Dua.", versi="1")).status_code == 303
    late = head.post(path, typed(isi="Tiga.", versi="1"))
    assert late.status_code == 409
    assert "Tiga." in late.text  # what was typed is not lost
    assert head.post(f"{path}/urungkan").status_code == 303
    assert "Isi Jadwal posyandu." in city.site().get("/halaman/jadwal-posyandu").text


# --- profile, links, redaksi ---------------------------------------------------------------------

PROFILE = {
    "semboyan": "Kabar dari gang ke gang",
    "tentang": "Berdiri **2016**.\n\nDulu enam orang <script>alert(1)</script>.",
    "alamat": "Balai RW 04",
    "telepon": "0812 3456 7890",
    "surel": "kim@contoh.test",
}


def test_the_profile_is_looked_at_then_shown(city: City) -> None:
    head = city.desk("nukus_head")
    seen = head.post(f"{HOUSE}/profil", PROFILE | {"langkah": "pratinjau"})
    assert "<strong>2016</strong>" in seen.text
    assert "2016" not in city.site().get("/tentang").text
    assert head.post(f"{HOUSE}/profil", PROFILE | {"langkah": "simpan"}).status_code == 303
    about = city.site().get("/tentang").text
    assert "<strong>2016</strong>" in about
    assert "<script>" not in about.partition("<main")[2]
    for shown in ("Kabar dari gang ke gang", "Balai RW 04", "tel:081234567890", "kim@contoh.test"):
        assert shown in about
    form = head.get(f"{HOUSE}/profil").text
    assert "Berdiri **2016**." in form


@pytest.mark.parametrize(
    "wrong", [{"telepon": "tetangga"}, {"surel": "kim di contoh"}, {"telepon": "a@contoh.test"}]
)
def test_a_contact_that_reaches_nobody(on_sqlite: City, wrong: dict[str, str]) -> None:
    answer = on_sqlite.desk("nukus_head").post(
        f"{HOUSE}/profil", PROFILE | wrong | {"langkah": "simpan"}
    )
    assert answer.status_code == 422
    assert "gang ke gang" in answer.text
    assert on_sqlite.kim().phone == ""


@pytest.mark.parametrize(
    ("label", "url", "stored"),
    [
        ("", "https://www.instagram.com/kimnukus", "Instagram"),
        ("", "instagram.com/kimnukus", "Instagram"),
        ("", "https://m.facebook.com/kim.nukus", "Facebook"),
        ("Grup WA", "https://chat.whatsapp.com/AbC", "Grup WA"),
        ("", "https://malangkota.go.id/layanan?x=1", "malangkota.go.id"),
    ],
)
def test_links_are_called_after_their_place(label: str, url: str, stored: str) -> None:
    found = rules.link(label, url)
    assert found["name"] == stored
    assert found["url"].startswith("https://")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("javascript:alert(1)", "link_unusable"),
        ("http://contoh.id/", "link_unusable"),
        ("https://kim@contoh.id/", "link_unusable"),
        ("https://contoh.id:8080/", "link_unusable"),
        ("https://localhost/", "link_unusable"),
        ("https://127.0.0.1/", "link_unusable"),
        ("https://[::1]/", "link_unusable"),
        ("https://contoh.id/a b", "link_unusable"),
        ('https://contoh.id/"onclick=', "link_unusable"),
        ("https://contoh.id/" + "x" * 200, "link_unusable"),
        ("@kimnukus", "link_unusable"),
        ("", "link_unusable"),
        ("https://www.instagram.com/", "link_account"),
    ],
)
def test_links_that_lead_nowhere_or_elsewhere(url: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        rules.link("Kami", url)
    assert caught.value.code == code


def test_links_stand_on_the_subsite(city: City) -> None:
    head = city.desk("nukus_head")
    sent = {"alamat_1": "instagram.com/kimnukus", "nama_3": "Toko", "alamat_3": "https://toko.id/"}
    seen = head.post(f"{HOUSE}/tautan", sent)
    assert "Instagram" in seen.text
    assert city.kim().links == []
    assert head.post(f"{HOUSE}/tautan", sent | {"langkah": "simpan"}).status_code == 303
    about = city.site().get("/tentang").text
    assert 'href="https://instagram.com/kimnukus"' in about
    assert ">Toko</a>" in about
    wrong = head.post(f"{HOUSE}/tautan", {"nama_1": "Toko", "langkah": "simpan"})
    assert wrong.status_code == 422
    assert len(city.kim().links) == 2


def test_the_box_is_typed_or_made_of_those_who_agree(city: City) -> None:
    def said() -> str:
        box = city.site().get("/tentang").text.partition('id="redaksi"')[2].partition("</dl>")[0]
        return " ".join(re.sub("<[^>]+>", " ", box).split())

    assert "nukus_editor" not in said()
    boards.add(
        city.actor("nukus_head"), city.kim(), Seat("Ketua", "Bu Sri"), day_of(city.now), city.now
    )
    bylines.show(city.person("nukus_editor"), city.now, shown=True)
    bylines.show(city.person("nukus_pewarta"), city.now, shown=True)
    assert "Penanggung jawab Bu Sri Editor nukus_editor" in said()
    head = city.desk("nukus_head")
    sent = {"penanggung": "Pak Hadi", "editor": "Rini, Wawan"}
    assert "Pak Hadi" in head.post(f"{HOUSE}/redaksi", sent).text
    assert "Pak Hadi" not in said()
    head.post(f"{HOUSE}/redaksi", sent | {"langkah": "simpan"})
    assert "Penanggung jawab Pak Hadi Editor Rini, Wawan" in said()
    head.post(f"{HOUSE}/redaksi", {"langkah": "simpan"})
    assert "Editor nukus_editor" in said()
    members = head.get("/k/nukus/anggota").text
    ended = re.search(r"nukus_editor.*?(/k/nukus/anggota/\d+/akhiri)", members, re.DOTALL)
    assert ended
    assert head.post(ended[1]).status_code == 303
    assert "nukus_editor" not in said()


# --- logo and accent -----------------------------------------------------------------------------


def upload(city: City, name: str, data: bytes, **more: Any) -> Any:
    sent = {"warna": "daun", "logo": (io.BytesIO(data), "logo.png"), **more}
    return city.desk(name).post(f"{HOUSE}/tampilan", sent)


@pytest.mark.parametrize("name", ["nukus_head", "diskominfo"])
def test_a_logo_is_square_and_stands_in_the_masthead(city: City, name: str) -> None:
    seen = upload(city, name, picture(900, 300, "PNG"))
    found = re.search(r'name="logo_id" value="(\d+)"', seen.text)
    assert found
    logo_id = int(found[1])
    assert city.desk(name).get(f"/media/{logo_id}/192.webp").status_code == 200
    assert city.site().get(f"/media/{logo_id}/192.webp").status_code == 404  # not chosen yet
    saved = city.desk(name).post(
        f"{HOUSE}/tampilan", {"warna": "daun", "logo_id": logo_id, "langkah": "simpan"}
    )
    assert saved.status_code == 303
    home = city.site().get("/").text
    assert f'src="/media/{logo_id}/192.webp"' in home
    assert f'<link rel="icon" href="/media/{logo_id}/64.jpg"' in home
    assert 'class="accent-daun"' in home
    for size in (64, 192, 512):
        for kind in ("webp", "jpg"):
            file = city.site().get(f"/media/{logo_id}/{size}.{kind}")
            assert Image.open(io.BytesIO(file.data)).size == (size, size)
    assert city.site("gerabah").get(f"/media/{logo_id}/192.webp").status_code == 404


def test_the_logo_is_on_the_picture_for_shared_links(city: City) -> None:
    before = city.site().get("/bagikan.jpg").data
    head, kim = city.actor("nukus_head"), city.kim()
    red = io.BytesIO()
    Image.new("RGB", (300, 300), "red").save(red, "PNG")
    seen = upload(city, "nukus_head", red.getvalue())
    logo_id = int(re.findall(r'name="logo_id" value="(\d+)"', seen.text)[0])
    furniture.furnish(head, kim, furniture.look(kim, kim.accent, logo_id), city.now)
    after = Image.open(io.BytesIO(city.site().get("/bagikan.jpg").data))
    assert before != after
    red_there = after.getpixel((1200 - 64 - 80, 64 + 80))
    assert isinstance(red_there, tuple)
    assert red_there[0] > 220
    assert max(red_there[1:]) < 60


def test_the_logo_can_be_taken_off(city: City) -> None:
    seen = upload(city, "nukus_head", picture())
    logo_id = re.findall(r'name="logo_id" value="(\d+)"', seen.text)[0]
    head = city.desk("nukus_head")
    kept = {"warna": "laut", "logo_id": logo_id, "langkah": "simpan"}
    head.post(f"{HOUSE}/tampilan", kept)
    assert city.kim().logo_id
    head.post(f"{HOUSE}/tampilan", kept | {"hapus_logo": "y"})
    assert city.kim().logo_id is None
    assert city.site().get(f"/media/{logo_id}/192.webp").status_code == 404


def test_pictures_that_are_no_logo(on_sqlite: City) -> None:
    photo = media.add(
        on_sqlite.actor("nukus_pewarta"), on_sqlite.kim(), picture(), on_sqlite.media, on_sqlite.now
    )
    head = on_sqlite.desk("nukus_head")
    for logo_id in (photo.id, 10**30, 0):
        sent = {"warna": "daun", "logo_id": logo_id, "langkah": "simpan"}
        assert head.post(f"{HOUSE}/tampilan", sent).status_code == 422, logo_id
    for data in (b"<svg/>", b"", b"\x89PNG\r\n\x1a\n"):
        answer = upload(on_sqlite, "nukus_head", data, langkah="simpan", hapus_logo="")
        assert answer.status_code in {303, 422}
    assert upload(on_sqlite, "nukus_head", b"<svg/>").status_code == 422
    assert on_sqlite.app.extensions["sqlalchemy"].session.query(Media).count() == 1


def test_a_wrong_accent(on_sqlite: City) -> None:
    head = on_sqlite.desk("nukus_head")
    answer = head.post(f"{HOUSE}/tampilan", {"warna": "emas", "langkah": "simpan"})
    assert answer.status_code == 422
    with pytest.raises(Refused, match="accent_unknown"):
        furniture.look(on_sqlite.kim(), "emas", None)


def test_the_house_says_what_is_missing(on_sqlite: City) -> None:
    page = on_sqlite.desk("nukus_head").get(f"{HOUSE}/").text
    for said in ("belum ada logo", "belum ada cerita tentang KIM", "Belum ada halaman sendiri"):
        assert said in page
    assert "Pedoman Media Siber" in page
