"""Several photos on a phone: chosen, cut off, described, put in order, blurred, used again."""

from __future__ import annotations

import io
import re
import socket
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from kimcms.db import db
from kimcms.domain import attachments
from kimcms.models.article import Article
from kimcms.models.media import Kind, Media
from tests.browser.conftest import no_findings
from tests.browser.rooms import NEW, Server, sign_in, text_of, write
from tests.browser.test_keep import until
from tests.world import City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PDF = b"%PDF-1.7\n" + b"0" * 2000 + b"\n%%EOF\n"


class Cutting:
    """Ends the connection in the middle of the third piece: half of it has come."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.asked: list[str] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        method = environ["REQUEST_METHOD"]
        if "/foto/kirim" in environ["PATH_INFO"]:
            self.asked.append(method)
        if method == "PATCH" and self.asked.count("PATCH") == 3:
            whole = environ["wsgi.input"]
            half = int(environ["CONTENT_LENGTH"]) // 2  # more than there is would be waited for
            environ["wsgi.input"] = io.BytesIO(whole.read(half))
            environ["CONTENT_LENGTH"] = str(half)
            list(self.app(environ, start))
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            raise ConnectionError("cut")
        return self.app(environ, start)


def noise(name: str, width: int, height: int) -> dict[str, Any]:
    """A photo of some hundred kB: a few pieces."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 50).convert("RGB").save(out, "JPEG", quality=60)
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def card(page: Page, number: int) -> Locator:
    return page.get_by_role("group", name=f"Foto {number}", exact=True)


def captions(page: Page) -> list[str]:
    """Of the main photo and of those within the text, as the list shows them."""
    rest = page.locator("[data-others] [data-word=caption]")
    first = page.get_by_label("Keterangan foto", exact=True).input_value()
    return [first, *(rest.nth(n).input_value() for n in range(rest.count()))]


def describe(page: Page, number: int, words: str) -> None:
    card(page, number).get_by_label("Keterangan").fill(words)
    card(page, number).get_by_label("Teks pengganti").fill(f"Terlihat {words}")


@pytest.mark.long
def test_several_photos_and_a_pdf(on_sqlite: City, server: Server, phone: BrowserContext) -> None:
    cutting = server.app = Cutting(server.app)
    page = phone.new_page()
    sign_in(page, server, path=NEW)
    write(page, "Panen raya di RW 04", "Warga memanen padi bersama.")
    page.get_by_label("Pilih foto").first.set_input_files(
        [noise("a.jpg", 800, 600), noise("b.jpg", 600, 800), noise("c.jpg", 700, 700)]
    )
    expect(page.locator("[data-others] > div")).to_have_count(2)
    no_findings(page)
    page.get_by_label("Keterangan foto", exact=True).fill("Satu")
    page.get_by_label("Teks pengganti foto", exact=True).fill("Terlihat satu")
    describe(page, 2, "Dua")
    card(page, 2).get_by_label("Pemotret").fill("Bu Rini")
    describe(page, 3, "Tiga")
    expect(text_of(page).locator("figcaption")).to_have_text(["Dua Foto: Bu Rini", "Tiga"])

    card(page, 3).get_by_role("button", name="Naik").focus()
    page.keyboard.press("Enter")
    expect(card(page, 2).get_by_role("button", name="Naik")).to_be_focused()
    assert captions(page) == ["Satu", "Tiga", "Dua"]
    page.keyboard.press("Enter")
    assert captions(page) == ["Tiga", "Satu", "Dua"]
    expect(text_of(page).locator("figcaption")).to_have_text(["Satu", "Dua Foto: Bu Rini"])

    card(page, 3).get_by_label("Ya").check()
    expect(card(page, 3)).to_contain_text("izin orang tuanya")
    [article] = until(on_sqlite, lambda all: len(shown(all)) == 3, page)
    assert cutting.asked.count("GET") + cutting.asked.count("POST") >= 4  # asked, and gone on
    photos = list(db.session.scalars(sa.select(Media)))
    assert len(photos) == 3
    assert article.newest
    assert article.newest.photo_caption == "Tiga"
    assert [photo.caption for photo in photos if photo.faces] == ["Dua Foto: Bu Rini"]
    no_findings(page)

    attach(page)
    page.get_by_role("button", name="Simpan draf").click()
    until(on_sqlite, lambda all: bool(all[0].newest and all[0].newest.attachments), page)
    page.goto(server.url(f"/k/nukus/berita/{article.id}/ubah"))
    text_of(page)
    expect(page.locator("[data-others] > div")).to_have_count(2)
    assert captions(page) == ["Tiga", "Satu", "Dua"]
    expect(card(page, 3).get_by_label("Pemotret")).to_have_value("Bu Rini")
    expect(card(page, 3).get_by_label("Ya")).to_be_checked()
    expect(page.get_by_label("Judul PDF")).to_have_value("Jadwal panen")

    use_again(page)
    with phone.expect_page() as opened:
        card(page, 3).get_by_role("link", name="Samarkan wajah").click()
    blur(opened.value, on_sqlite)


def shown(articles: list[Article]) -> set[int]:
    """The photos of the one article there is, the main one included."""
    newest = articles[0].newest if articles else None
    if not newest or not newest.photo_id:
        return set()
    return {newest.photo_id, *(int(n) for n in re.findall(r'src="/media/(\d+)/', newest.body))}


def attach(page: Page) -> None:
    page.get_by_label("Tambah PDF").set_input_files(
        {"name": "x.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}
    )
    expect(page.get_by_text("bukan foto yang dikenal")).to_be_visible()
    page.get_by_label("Tambah PDF").set_input_files(
        {"name": "jadwal.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.get_by_label("Judul PDF").fill("Jadwal panen")
    no_findings(page)


def use_again(page: Page) -> None:
    page.get_by_role("button", name="Pilih dari pustaka").click()
    dialog = page.get_by_role("dialog", name="Pustaka foto")
    expect(dialog.locator("[data-found] li")).to_have_count(3)
    no_findings(page)
    dialog.get_by_label("Cari keterangan").fill("tiga")
    expect(dialog.locator("[data-found] li")).to_have_count(1)
    dialog.get_by_role("button", name="Tiga").click()
    expect(dialog).to_be_hidden()
    assert captions(page) == ["Tiga", "Satu", "Dua", "Tiga"]
    card(page, 4).get_by_role("button", name="Lepas").click()
    assert captions(page) == ["Tiga", "Satu", "Dua"]


def blur(page: Page, city: City) -> None:
    expect(page.get_by_text("Seret di atas foto")).to_be_visible()
    no_findings(page)
    box = page.locator("[data-blur]").bounding_box()
    assert box
    page.locator("[data-blur]").scroll_into_view_if_needed()
    box = page.locator("[data-blur]").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 120, steps=4)
    page.mouse.up()
    expect(page.get_by_text("1 bagian ditandai.")).to_be_visible()
    for name, value in (("Dari kiri", "60"), ("Dari atas", "60"), ("Lebar", "20")):
        page.get_by_label(name).fill(value)
    page.get_by_role("button", name="Tambah dari angka").click()
    expect(page.get_by_label("Tinggi")).to_be_focused()
    page.get_by_label("Tinggi").fill("20")
    page.get_by_role("button", name="Tambah dari angka").click()
    expect(page.get_by_text("2 bagian ditandai.")).to_be_visible()
    page.get_by_text("Samarkan…").click()
    no_findings(page)
    page.get_by_role("button", name="Samarkan selamanya").click()
    expect(page.get_by_text("Foto aslinya sudah dibuang")).to_be_visible()
    no_findings(page)
    db.session.rollback()
    [blurred] = db.session.scalars(sa.select(Media).where(Media.version == 1))
    assert blurred.caption.startswith("Dua")
    [paper] = db.session.scalars(sa.select(Media).where(Media.kind == Kind.PDF))
    article = db.session.scalars(sa.select(Article)).one()
    assert article.newest
    assert attachments.read(article.newest.attachments)[0].media_id == paper.id
    page.get_by_role("link", name="Pustaka foto").first.click()
    expect(page.locator(".library > li")).to_have_count(3)
    no_findings(page)
    page.get_by_role("link", name="PDF").click()
    expect(page.get_by_role("link", name="jadwal")).to_be_visible()
    no_findings(page)
