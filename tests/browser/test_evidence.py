"""On a phone: a head hands in what shows that the KIM runs; at a desk the Forum answers it."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Browser, Page, expect

from kimcms.domain.clock import DAY, WIB
from tests.browser.conftest import Running, no_findings, sign_in
from tests.world import picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KIM = "pisangcandi"  # cluster 2: it publishes, but its organisation shows nothing
PDF = {"name": "program.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 contoh"}


def photo(name: str) -> dict[str, object]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture(1600, 1200)}


def test_a_meeting_from_the_phone_to_the_verdict(browser: Browser, served: Running) -> None:
    complaints: list[str] = []

    def somebody(width: int, role: str, kim: str = "") -> Page:
        page = browser.new_page(viewport={"width": width, "height": 780}, locale="id-ID")
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        sign_in(page, served, kim, role)
        return page

    head = somebody(360, "head", KIM)
    head.goto(served.url("redaksi.localhost", f"/k/{KIM}/klaster"))
    head.get_by_role("link", name="Semua bukti").click()
    shelf = head.url
    confirm_board(head)
    hand_in_programme(head, shelf)
    hand_in_meetings(head, shelf)
    head.goto(shelf)
    expect(head.get_by_text("Menunggu Forum")).to_have_count(4)
    no_findings(head)

    moderator = somebody(1280, "moderator")
    verify(moderator, served, "Rapat pertama")
    give_back(moderator, served, "Rapat kedua")

    head.goto(shelf)
    expect(head.get_by_text("Terverifikasi")).to_have_count(1)
    expect(head.get_by_text("Foto notulennya buram.").first).to_be_visible()
    head.get_by_role("link", name="Rapat kedua").first.click()
    head.get_by_role("link", name="Perbaiki dan kirim lagi").click()
    no_findings(head)
    head.get_by_label("Notulen").set_input_files(photo("terang.jpg"))
    head.get_by_role("button", name="Kirim lagi ke Forum").click()
    expect(head.get_by_text("Menunggu Forum")).to_be_visible()
    expect(head.get_by_role("link", name="terang.jpg", exact=True)).to_be_visible()
    assert complaints == []


def confirm_board(page: Page) -> None:
    page.get_by_role("link", name="Pengurus periksa").click()
    expect(page.get_by_text("Sekretaris")).to_be_visible()
    no_findings(page)
    page.get_by_role("button", name="Ya, masih ini pengurusnya").click()
    expect(page.get_by_text("Terkirim.")).to_be_visible()
    no_findings(page)


def hand_in_programme(page: Page, shelf: str) -> None:
    page.goto(shelf)
    page.get_by_role("link", name="Program kerja satu tahun").click()
    page.get_by_label("Naskah program kerja").set_input_files(PDF)  # type: ignore[arg-type]
    no_findings(page)
    page.get_by_role("button", name="Kirim ke Forum").click()
    expect(page.get_by_text("Terkirim.")).to_be_visible()


def hand_in_meetings(page: Page, shelf: str) -> None:
    for number, title in enumerate(("Rapat pertama", "Rapat kedua"), 1):
        page.goto(shelf)
        page.get_by_role("link", name="Rapat dengan notulen").click()
        page.get_by_role("button", name="Kirim ke Forum").click()
        expect(page.get_by_text("Belum bisa diteruskan.")).to_be_visible()
        no_findings(page)
        day = dt.datetime.now(WIB).date() - number * DAY
        page.get_by_label("Rapat tentang apa?").fill(title)
        page.get_by_label("Tanggal rapat").fill(day.isoformat())
        page.get_by_label("Berapa orang hadir?").fill("14")
        page.get_by_label("Notulen").set_input_files([photo("a.jpg"), photo("b.jpg")])  # type: ignore[list-item]
        expect(page.get_by_text("a.jpg, b.jpg")).to_be_visible()
        page.get_by_role("button", name="Kirim ke Forum").click()
        expect(page.get_by_text("Terkirim.")).to_be_visible()
        expect(page.get_by_text("14 orang")).to_be_visible()


def verify(page: Page, served: Running, title: str) -> None:
    page.goto(served.url("redaksi.localhost"))
    page.get_by_role("link", name="Bukti menunggu").click()
    no_findings(page)
    page.get_by_role("link", name=title).click()
    image = page.get_by_role("img", name="Foto 1")
    assert image.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 300
    no_findings(page)
    page.get_by_role("button", name="Verifikasi", exact=True).click()
    expect(page.get_by_text("Terverifikasi. KIM diberi tahu")).to_be_visible()


def give_back(page: Page, served: Running, title: str) -> None:
    page.goto(served.url("redaksi.localhost", "/bukti/"))
    page.get_by_role("link", name=title).click()
    page.get_by_label("Apa yang perlu diperbaiki?").fill("Foto notulennya buram.")
    page.get_by_role("button", name="Kembalikan ke KIM").click()
    expect(page.get_by_text("Dikembalikan. KIM menerima alasan Anda.")).to_be_visible()
