"""A complaint on a phone: from the form below an item to the reply that readers see."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import no_findings
from tests.browser.rooms import Server, sign_in
from tests.world import City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RIGHT = "Saya sedang di Surabaya hari itu."


def test_from_the_form_to_the_published_reply(
    on_sqlite: City, server: Server, phone: BrowserContext, quiet: list[str]
) -> None:
    article = on_sqlite.publish()
    site = f"http://nukus.localhost:{server.port}"
    page = phone.new_page()
    page.goto(f"{site}/berita/{article.slug}")
    page.get_by_role("link", name="Laporkan kesalahan / Hak jawab").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Laporkan kesalahan atau hak jawab")
    no_findings(page)
    assert page.locator(".trap").bounding_box()["width"] == 1  # type: ignore[index]

    page.get_by_label("Hak jawab: berita ini tentang saya").check()
    page.get_by_label("Apa yang keliru").fill("Nama saya disebut.")
    page.get_by_label("Bagaimana yang benar").fill(RIGHT)
    on_sqlite.clock.forward(minutes=1)
    page.get_by_role("button", name="Kirim aduan").click()
    expect(page.get_by_role("alert")).to_contain_text("Nama Anda")
    no_findings(page)
    expect(page.get_by_label("Bagaimana yang benar")).to_have_value(RIGHT)
    page.get_by_label("Nama Anda").fill("Bu Ratna")
    page.get_by_label("Saya setuju").check()
    page.get_by_role("button", name="Kirim aduan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("ADU-2026-"))
    no_findings(page)
    number, status = page.get_by_role("heading", level=1).inner_text()[6:], page.url
    assert phone.cookies() == []

    desk = phone.new_page()
    sign_in(desk, server, "nukus_editor")
    desk.get_by_role("link", name="Aduan pembaca").first.click()
    no_findings(desk)
    expect(desk.get_by_text(number)).to_be_visible()
    desk.get_by_role("main").get_by_role("link", name="Warga RW 04").click()
    expect(desk.get_by_label("Hak jawab yang dimuat")).to_be_hidden()
    desk.get_by_label("Muat hak jawab").check()
    expect(desk.get_by_label("Hak jawab yang dimuat")).to_have_value(RIGHT)
    no_findings(desk)
    desk.get_by_label("Jawaban untuk pengirim").fill("Sudah kami muat.")
    desk.get_by_role("button", name="Kirim jawaban").click()
    expect(desk.get_by_text("Jawaban tersimpan.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Sudah kami muat.")).to_be_visible()
    page.get_by_role("link", name="Baca hak jawab yang dimuat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hak jawab dari Bu Ratna")
    no_findings(page)
    page.get_by_role("link", name="Baca beritanya").click()
    page.get_by_role("link", name="baca di bawah berita").click()
    expect(page.get_by_role("heading", name="Hak jawab dari Bu Ratna")).to_be_in_viewport()
    no_findings(page)
    page.goto(status)
    page.get_by_role("button", name="Ya, aduan saya selesai").click()
    expect(page.get_by_text("Aduan ini sudah selesai.")).to_be_visible()
