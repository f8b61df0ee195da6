"""Two people write one item at once, in Chromium: one paragraph from each side goes out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Running, no_findings, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DESK = "redaksi.localhost"
SHARED = ["Warga memilah sampah di balai RW.", "Kader menimbang hasilnya.", "Acara selesai siang."]


def device(browser: Browser, width: int, height: int) -> BrowserContext:
    context = browser.new_context(viewport={"width": width, "height": height}, locale="id-ID")
    context.set_default_timeout(15_000)
    return context


def text_of(page: Page) -> Locator:
    expect(page.get_by_role("toolbar")).to_be_visible(timeout=20_000)  # a large script, once
    return page.get_by_role("textbox", name="Isi berita")


def write_behind(page: Page, paragraph: str, words: str) -> None:
    """Words at the end of one paragraph."""
    text_of(page).get_by_text(paragraph).click()
    page.keyboard.press("End")
    page.keyboard.insert_text(words)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def saved(page: Page) -> None:
    press(page, "Simpan draf")
    expect(page.locator("form[data-keep]")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("[data-state]")).to_contain_text("Tersimpan di server")


def test_a_paragraph_from_each_side_is_published(browser: Browser, served: Running) -> None:
    phone, laptop = device(browser, 360, 780), device(browser, 1280, 800)
    pewarta, editor = phone.new_page(), laptop.new_page()
    sign_in(pewarta, served, "nukus", "pewarta")
    sign_in(editor, served, "nukus", "editor")
    pewarta.goto(served.url(DESK, "/k/nukus/berita/baru"))
    text = text_of(pewarta)
    pewarta.get_by_label("Judul", exact=True).fill("Bank sampah dari dua perangkat")
    text.click()
    for paragraph in SHARED:
        pewarta.keyboard.insert_text(paragraph)
        pewarta.keyboard.press("Enter")
    saved(pewarta)

    with editor.expect_response(lambda answer: answer.url.endswith("/hadir"), timeout=60_000):
        editor.goto(pewarta.url)
    text_of(editor)
    pewarta.reload()
    expect(pewarta.get_by_text("sedang membuka naskah ini sejak")).to_be_visible()
    write_behind(pewarta, SHARED[0], " Pesertanya 40 orang.")
    saved(pewarta)
    write_behind(editor, SHARED[2], " Kegiatan diulang bulan depan.")
    editor.get_by_label("Topik").select_option(label="Lingkungan")
    press(editor, "Lanjut terbit")

    expect(editor.get_by_role("heading", level=1)).to_have_text(
        "Naskah ini berubah selagi Anda menulis"
    )
    parts = editor.get_by_role("group", name=re.compile("Bagian yang berbeda"))
    expect(parts).to_have_count(2)
    theirs, mine = parts.nth(0), parts.nth(1)
    expect(theirs.get_by_label("Ambil milik")).to_have_count(2)
    expect(theirs.get_by_role("radio", checked=True)).to_have_value("mereka")
    expect(mine.get_by_role("radio", checked=True)).to_have_value("saya")
    expect(editor.get_by_text(SHARED[1])).to_have_count(1)  # what both say stands once
    no_findings(editor)
    editor.set_viewport_size({"width": 360, "height": 780})
    no_findings(editor)
    editor.set_viewport_size({"width": 1280, "height": 800})
    press(editor, "Simpan gabungan")
    expect(editor.get_by_text("Gabungan tersimpan di server.")).to_be_visible()
    press(editor, "Lanjut terbit")
    press(editor, "Terbitkan sekarang")
    editor.get_by_role("link", name="Lihat di situs").click()
    article = editor.get_by_role("article").first
    for words in (
        f"{SHARED[0]} Pesertanya 40 orang.",
        SHARED[1],
        f"{SHARED[2]} Kegiatan diulang bulan depan.",
    ):
        expect(article).to_contain_text(words)
    phone.close()
    laptop.close()


@pytest.mark.long
def test_a_note_stands_beside_its_paragraph(browser: Browser, served: Running) -> None:
    phone, laptop = device(browser, 360, 780), device(browser, 1280, 800)
    pewarta, editor = phone.new_page(), laptop.new_page()
    sign_in(pewarta, served, "nukus", "pewarta")
    sign_in(editor, served, "nukus", "editor")
    pewarta.goto(served.url(DESK, "/k/nukus/berita/baru"))
    text = text_of(pewarta)
    pewarta.get_by_label("Judul", exact=True).fill("Bank sampah dengan catatan")
    text.click()
    for paragraph in SHARED:
        pewarta.keyboard.insert_text(paragraph)
        pewarta.keyboard.press("Enter")
    press(pewarta, "Kirim ke editor")
    pewarta.wait_for_url(re.compile(r"/berita/\d+$"))
    item = pewarta.url

    editor.goto(item)
    editor.get_by_text("Beri catatan").nth(1).click()
    editor.get_by_label("Apa yang perlu diperbaiki").nth(1).fill("Siapa nama kadernya?")
    press(editor, "Simpan catatan")
    expect(editor.get_by_text("Catatan tersimpan.")).to_be_visible()
    no_findings(editor)
    editor.get_by_text("Kembalikan ke penulis").click()
    editor.get_by_label("Catatan untuk penulis").fill("Lihat catatan.")
    press(editor, "Kembalikan dengan catatan ini")

    pewarta.goto(f"{item}/ubah")
    signs = pewarta.get_by_role("link", name="Catatan editor untuk bagian ini")
    text_of(pewarta)
    expect(signs).to_have_count(1)
    where = text_of(pewarta).get_by_text(SHARED[1]).bounding_box()
    sign = signs.bounding_box()
    assert where
    assert sign
    assert abs(where["y"] - sign["y"]) < 12, (where, sign)
    no_findings(pewarta)
    write_behind(pewarta, SHARED[1], " Namanya Bu Sri.")
    press(pewarta, "Sudah diperbaiki")
    expect(pewarta.get_by_text("Sudah diperbaiki.", exact=True)).to_be_visible()
    expect(signs).to_have_count(0)
    saved(pewarta)
    expect(text_of(pewarta)).to_contain_text("Namanya Bu Sri.")
    phone.close()
    laptop.close()
