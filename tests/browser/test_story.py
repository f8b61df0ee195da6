"""The whole story in Chromium, on a phone and at a desk: written, sent, published, read, accepted,
on the portal; and the clusters of the sample city."""

from __future__ import annotations

import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Running, no_findings, sign_in
from tests.lengths import later
from tests.world import picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WORDS = (
    "Warga RW 05 menanam bibit cabai dan tomat di tepi gang pada Minggu pagi. Bibit dibagikan "
    "kader PKK dari hasil semai di rumah masing-masing, lengkap dengan pupuk kompos dari bank "
    "sampah. Setiap rumah merawat lima polybag dan mencatat panennya di papan depan balai RW. "
    "Hasil panen pertama dipakai untuk dapur umum posyandu bulan depan. Pengurus RT berharap "
    "gang ini menjadi tempat belajar bagi anak-anak yang pulang sekolah lewat jalan itu."
)


@pytest.mark.parametrize("width", [360, *later(1280)])
def test_from_the_first_word_to_the_city_feed(
    browser: Browser, served: Running, width: int
) -> None:
    title = f"Gang hijau RW 05 mulai ditanami cabai dan tomat ({width})"
    complaints: list[str] = []

    def somebody() -> Page:
        context = browser.new_context(viewport={"width": width, "height": 780}, locale="id-ID")
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: complaints.append(said.text) if said.type == "error" else None,
        )
        return page

    address = write_and_send(somebody(), served, title)
    publish(somebody(), served, address)
    read_on_the_subsite(somebody(), served, title)
    accept(somebody(), served, title)
    read_on_the_portal(somebody(), served, title)
    assert complaints == []


def write_and_send(page: Page, served: Running, title: str) -> str:
    sign_in(page, served, "nukus", "pewarta")
    no_findings(page)
    page.get_by_role("link", name="Tulis berita").first.click()
    page.get_by_label("Judul", exact=True).fill(title)
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.get_by_role("textbox", name="Isi berita").click()
    page.keyboard.type("Panen pertama ", delay=1)
    page.get_by_role("button", name="Tebal").click()
    page.keyboard.type("untuk posyandu", delay=1)
    page.get_by_role("button", name="Tebal").click()
    page.keyboard.press("Enter")
    page.keyboard.insert_text(WORDS)
    page.get_by_label("Topik").select_option(label="Lingkungan")
    page.get_by_label("Ringkasan").fill("Lima polybag untuk setiap rumah di gang itu.")
    page.get_by_label("Pilih foto").first.set_input_files(
        {"name": "gang.jpg", "mimeType": "image/jpeg", "buffer": picture(1600, 1200)}
    )
    page.get_by_label("Keterangan foto", exact=True).fill("Warga menata polybag di tepi gang.")
    page.get_by_label("Teks pengganti foto", exact=True).fill(
        "Deretan polybag berisi bibit di tepi gang."
    )
    no_findings(page)
    page.get_by_role("button", name="Kirim ke editor").click()
    expect(page.get_by_text("Terkirim ke editor.")).to_be_visible()
    expect(page.get_by_text("Menunggu editor").first).to_be_visible()
    no_findings(page)
    return page.url


def publish(page: Page, served: Running, address: str) -> None:
    sign_in(page, served, "nukus", "editor")
    no_findings(page)
    page.goto(address)
    no_findings(page)
    page.goto(f"{address}/ubah")
    expect(page.get_by_role("textbox", name="Isi berita")).to_contain_text("Panen pertama")
    no_findings(page)
    page.goto(address)
    page.get_by_role("link", name="Periksa, lalu terbitkan").click()
    expect(page.get_by_role("heading", name="Sebelum terbit")).to_be_visible()
    no_findings(page)
    page.get_by_role("button", name="Terbitkan sekarang").click()
    expect(page.get_by_text("Terbit.", exact=True)).to_be_visible()


def read_on_the_subsite(page: Page, served: Running, title: str) -> None:
    page.goto(served.url("nukus.localhost"))
    no_findings(page)
    page.get_by_role("link", name=title).first.click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_text("KIM Nukus, Sukun")).to_be_visible()
    expect(page.get_by_text("Pewarta: KIM Nukus")).to_be_visible()
    expect(page.locator("strong", has_text="untuk posyandu")).to_be_visible()
    photo = page.get_by_role("img", name="Deretan polybag berisi bibit di tepi gang.")
    expect(photo).to_be_visible()
    assert photo.evaluate("image => image.naturalWidth") > 300
    no_findings(page)
    assert page.context.cookies() == []


def accept(page: Page, served: Running, title: str) -> None:
    sign_in(page, served, "", "moderator")
    no_findings(page)
    page.get_by_role("link", name="Tinjauan").first.click()
    no_findings(page)
    page.get_by_role("link", name=title).click()
    no_findings(page)
    page.get_by_role("button", name="Terima").click()
    expect(page.get_by_text("Diterima.")).to_be_visible()
    page.goto(served.url("redaksi.localhost", "/klaster/"))
    no_findings(page)


def read_on_the_portal(page: Page, served: Running, title: str) -> None:
    page.goto(served.url("localhost"))
    expect(page.get_by_role("link", name=title).first).to_be_visible()
    no_findings(page)
    with urllib.request.urlopen(
        urllib.request.Request(
            f"http://127.0.0.1:{served.port}/rss.xml",
            headers={"Host": f"localhost:{served.port}"},
        )
    ) as feed:
        assert title in feed.read().decode()


@pytest.mark.parametrize("width", [360, *later(1280)])
def test_the_clusters_of_the_sample_city(browser: Browser, served: Running, width: int) -> None:
    assert "cluster 1 to 4: 9 / 10 / 5 / 6" in served.flask("tracker", "run")
    page = browser.new_context(viewport={"width": width, "height": 780}).new_page()
    page.goto(served.url("localhost", "/klaster/"))
    for number in ("9", "10", "5", "6"):
        expect(page.get_by_text(number, exact=True).first).to_be_visible()
    for name in ("KIM Nukus", "KIM Gerabah", "KIM Bakalankrajan"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    expect(page.get_by_text("KIM Samaan")).to_have_count(0)
    no_findings(page)


def test_it_works_without_javascript(browser: Browser, served: Running) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 780})
    page = context.new_page()
    sign_in(page, served, "gerabah", "pewarta")
    page.get_by_role("link", name="Tulis berita").first.click()
    page.get_by_label("Judul", exact=True).fill("Kelas membatik dibuka untuk remaja")
    page.get_by_label("Isi berita").fill(f"## Latihan\n\n**Gratis** untuk warga.\n\n{WORDS}")
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_label("Isi berita")).to_contain_text("**Gratis** untuk warga.")
    expect(page.get_by_label("Judul", exact=True)).to_have_value(
        "Kelas membatik dibuka untuk remaja"
    )
