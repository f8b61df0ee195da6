"""A head furnishes the KIM's house on a cheap phone; the subsite shows each thing in the next
request."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Running, no_findings, sign_in
from tests.world import picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DESK, SITE = "redaksi.localhost", "gerabah.localhost"


def looked_at(page: Page) -> None:
    """The first step shows it, the second saves it; both without a finding."""
    page.get_by_role("button", name="Lihat dulu").click()
    expect(page.get_by_role("heading", name="Sudah benar?")).to_be_visible()
    no_findings(page)
    page.get_by_role("button", name="Ya, simpan").click()


@pytest.mark.long
def test_a_head_furnishes_the_house(
    browser: Browser, served: Running, quiet: list[str], page: Page
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    reader = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    sign_in(page, served, "gerabah", "head")
    no_findings(page)
    house = served.url(DESK, "/k/gerabah/rumah/")

    page.goto(house)
    no_findings(page)
    page.get_by_role("link", name="Logo dan warna").click()
    no_findings(page)
    logo = {"name": "logo.png", "mimeType": "image/png", "buffer": picture(400, 300, "PNG")}
    page.get_by_label("Pilih logo").set_input_files([logo])
    page.get_by_label("Nila").check()
    looked_at(page)
    expect(page.get_by_text("Tersimpan. Pembaca langsung melihatnya.")).to_be_visible()
    reader.goto(served.url(SITE))
    assert "accent-nila" in (reader.locator("html").get_attribute("class") or "")
    badge = reader.locator(".mast img")
    assert badge.evaluate("image => image.naturalWidth") == 192
    no_findings(reader)

    page.get_by_role("link", name="Media sosial dan tautan").click()
    page.get_by_label("Alamat tautan 1").fill("instagram.com/kimgerabah")
    no_findings(page)
    looked_at(page)
    page.get_by_role("link", name="Ubah kotak redaksi").click()
    page.get_by_label("Editor").fill("Rini, Wawan")
    looked_at(page)

    page.get_by_role("link", name="Tulis halaman").click()
    no_findings(page)
    page.get_by_label("Judul").fill("Jadwal posyandu")
    page.get_by_label("Isi halaman").fill("Setiap **Rabu** di balai RW.\n\n- Bawa buku KIA")
    page.get_by_label("Tampilkan kepada pembaca").check()
    looked_at(page)
    row = page.locator(".row", has_text="Jadwal posyandu")
    expect(row.get_by_text("Tampil", exact=True)).to_be_visible()
    for closed in page.locator("main details > summary").all():
        closed.click()
    no_findings(page)
    reader.goto(served.url(SITE))
    reader.get_by_role("navigation", name="Utama").get_by_role(
        "link", name="Jadwal posyandu"
    ).click()
    expect(reader.get_by_text("Bawa buku KIA")).to_be_visible()
    no_findings(reader)
    reader.goto(served.url(SITE, "/tentang"))
    expect(reader.get_by_role("link", name="Instagram")).to_be_visible()
    expect(reader.get_by_text("Rini, Wawan")).to_be_visible()
    no_findings(reader)

    page.goto(served.url(DESK, "/k/gerabah/anggota"))
    for closed in page.locator("main details > summary").all():
        closed.click()
    no_findings(page)
    page.get_by_label("Nama").fill("Bu Siti")
    page.get_by_label("Surel atau nomor HP").fill("0812 3456 7890")
    page.get_by_label("Pewarta: menulis").check()
    page.get_by_role("button", name="Buat undangan").click()
    sent = page.get_by_role("link", name="Kirim lewat WhatsApp")
    expect(sent).to_have_attribute("href", re.compile(r"^https://wa\.me/6281234567890\?text=Halo"))
    no_findings(page)
    page.get_by_role("link", name="Keluar dari KIM").click()
    no_findings(page)

    page.emulate_media(color_scheme="dark")
    for path in ("/", "/k/gerabah/rumah/", "/k/gerabah/anggota", "/k/gerabah/rumah/tampilan"):
        page.goto(served.url(DESK, path))
        no_findings(page)
    reader.context.close()
