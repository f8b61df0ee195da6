"""A text is shown to the board before readers see it, and its editors are told: on a phone."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from kimcms.services import articles, media
from tests.browser.conftest import no_findings
from tests.lengths import later
from tests.world import PASSWORD, City, picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLE = "Warga RW 04 bersihkan saluran air"
SAID = "Warga menyapu di depan balai."


@pytest.fixture
def port(on_sqlite: City) -> Iterator[int]:
    """The small city on a port."""
    server = make_server("127.0.0.1", 0, on_sqlite.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


def hand_in(city: City) -> None:
    writer = city.actor("nukus_pewarta")
    photo = media.add(writer, city.kim(), picture(1600, 1200), city.media, city.now)
    words = {"photo_id": photo.id, "photo_caption": "Kerja bakti.", "photo_alt": SAID}
    articles.submit(writer, city.write(title=TITLE, **words), city.now)


@pytest.mark.parametrize("width", [360, *later(1280)])
def test_the_board_looks_before_readers_do(
    browser: Browser, on_sqlite: City, port: int, width: int
) -> None:
    hand_in(on_sqlite)
    complaints: list[str] = []

    def somebody() -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 780},
            locale="id-ID",
            color_scheme="dark" if width == 360 else "light",
        )
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    editor = somebody()
    sign_in(editor, f"http://redaksi.localhost:{port}")
    read_the_notice(editor)
    choose_letters(editor, f"http://redaksi.localhost:{port}/akun/surat")
    address = share(editor).replace(":8000", f":{port}")

    board = somebody()
    board.goto(address)
    expect(board.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(board.get_by_text("Pratinjau, belum terbit")).to_be_visible()
    expect(board.get_by_text("Pewarta: KIM Nukus")).to_be_visible()
    photo = board.get_by_role("img", name=SAID)
    assert photo.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    no_findings(board)
    assert board.context.cookies() == []

    publish(editor)
    board.reload()
    assert "/berita/" in board.url
    expect(board.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(board.get_by_text("Pratinjau, belum terbit")).to_have_count(0)
    assert complaints == []


def sign_in(page: Page, host: str) -> None:
    page.goto(f"{host}/masuk")
    page.get_by_label("Surel atau nomor HP").fill("nukus.editor@contoh.test")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"{host}/")


def read_the_notice(page: Page) -> None:
    page.get_by_role("link", name="Pemberitahuan").first.click()
    expect(page.get_by_role("heading", level=1, name="Pemberitahuan")).to_be_visible()
    no_findings(page)
    page.get_by_role("link", name=f"Naskah menunggu Anda: {TITLE}").first.click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()


def choose_letters(page: Page, choices: str) -> None:
    item = page.url
    page.goto(choices)
    no_findings(page)
    page.get_by_label("Naskah menunggu Anda").uncheck()
    page.get_by_label("Sekali sehari").check()
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Pilihan surat tersimpan.")).to_be_visible()
    expect(page.get_by_label("Naskah menunggu Anda")).not_to_be_checked()
    page.get_by_label("Naskah menunggu Anda").check()
    page.get_by_label("Segera").check()
    page.get_by_role("button", name="Simpan").click()
    page.goto(item)


def share(page: Page) -> str:
    item = page.url
    page.get_by_text("Atur nama pewarta").click()
    no_findings(page)
    page.get_by_label("Nama kedua").select_option(index=1)
    page.get_by_role("button", name="Simpan nama").click()
    expect(page.get_by_text("Nama pewarta tersimpan.")).to_be_visible()
    page.get_by_role("button", name="Bagikan pratinjau").click()
    field = page.get_by_label("Tautan pratinjau")
    expect(field).to_be_visible()
    no_findings(page)
    assert page.url == item
    sharing = page.get_by_role("link", name="Kirim lewat WhatsApp").get_attribute("href") or ""
    address = field.input_value()
    assert re.search(r"^https://wa\.me/\?text=.*pratinjau", sharing)
    return address


def publish(page: Page) -> None:
    page.get_by_role("link", name="Periksa, lalu terbitkan").click()
    expect(page.get_by_role("heading", name="Sebelum terbit")).to_be_visible()
    no_findings(page)
    page.get_by_role("button", name="Terbitkan sekarang").click()
    expect(page.get_by_text("Terbit.", exact=True)).to_be_visible()
