"""The rich editor on a phone, in Chromium: what is written is kept once, whatever happens to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Running, no_findings, sign_in
from tests.browser.rooms import Server
from tests.world import PASSWORD, picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DESK = "redaksi.localhost"
PHONE = {"width": 360, "height": 780}
WORDS = "Bibit dibagikan kader PKK dari hasil semai di rumah masing-masing."


@pytest.fixture
def served(server: Server) -> Running:
    """The cast's newsroom in this process, which is there at once."""
    own = ("nukus.pewarta@contoh.test", PASSWORD)
    return Running(server.port, {}, {("nukus", "pewarta"): own})


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """One person's phone; whatever a script complains of fails the test. What the server refuses
    is logged by the browser as an error too, and is meant."""
    complaints: list[str] = []
    context = browser.new_context(viewport=PHONE, locale="id-ID")  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type == "error" and "the server responded with a status of" not in said.text
            else None
        ),
    )
    yield context
    context.close()
    assert complaints == []


def text_of(page: Page) -> Locator:
    """The field of the rich editor, once it is there."""
    expect(page.get_by_role("toolbar")).to_be_visible(timeout=30_000)
    return page.get_by_role("textbox", name="Isi berita")


def new_item(page: Page, served: Running, title: str, words: str = "") -> Locator:
    page.goto(served.url(DESK, "/k/nukus/berita/baru"))
    text = text_of(page)
    page.get_by_label("Judul", exact=True).fill(title)
    text.click()
    if words:
        page.keyboard.insert_text(words)
    return text


def press(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()


def save(page: Page) -> None:
    press(page, "Simpan draf")
    expect(page.locator("form[data-keep]")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("[data-state]")).to_contain_text("Tersimpan di server")


def items(page: Page, served: Running, title: str) -> Locator:
    """The items of the KIM's list that have this title."""
    page.goto(served.url(DESK, "/k/nukus/berita/"))
    return page.get_by_role("link", name=title, exact=True)


@pytest.mark.long
def test_everything_that_the_toolbar_makes_is_kept_once(
    phone: BrowserContext, served: Running
) -> None:
    page = phone.new_page()
    sign_in(page, served, "nukus", "pewarta")
    text = new_item(page, served, "Gang hijau dengan semua alat")
    page.keyboard.type("Warga menanam ")
    press(page, "Tebal")
    page.keyboard.type("cabai")
    expect(page.get_by_role("button", name="Tebal")).to_have_attribute("aria-pressed", "true")
    press(page, "Tebal")
    page.keyboard.type(" di gang.")
    page.keyboard.press("Enter")
    press(page, "Subjudul")
    page.keyboard.type("Latihan")
    page.keyboard.press("Enter")
    press(page, "Daftar")
    page.keyboard.type("Menyemai")
    page.keyboard.press("Enter")
    page.keyboard.type("Merawat")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("Baca di ")
    link(page)
    page.keyboard.type(" lengkapnya.")
    undo(page, text)
    photo(page)
    complete(text)

    save(page)
    complete(text_of(page))
    page.reload()
    complete(text_of(page))
    no_findings(page)
    text_of(page).get_by_text("lengkapnya.").click()
    page.keyboard.press("End")
    page.keyboard.type(" Ditulis lagi.")
    save(page)
    text = text_of(page)
    complete(text)
    expect(text.get_by_text("lengkapnya. Ditulis lagi.")).to_have_count(1)
    assert items(page, served, "Gang hijau dengan semua alat").count() == 1


def link(page: Page) -> None:
    press(page, "Tautan")
    dialog = page.get_by_role("dialog", name="Tautan")
    expect(dialog.get_by_label("Alamat")).to_be_focused()
    no_findings(page)
    dialog.get_by_label("Alamat").fill("bukan alamat")
    dialog.get_by_role("button", name="Pasang").click()
    expect(dialog.get_by_text("Tulis alamat lengkap")).to_be_visible()
    dialog.get_by_label("Alamat").fill("malangkota.go.id")
    dialog.get_by_label("Teks yang diberi tautan").fill("situs kota")
    dialog.get_by_role("button", name="Pasang").click()
    expect(dialog).to_be_hidden()


def undo(page: Page, text: Locator) -> None:
    page.wait_for_timeout(700)  # steps that follow each other at once are undone as one
    page.keyboard.type(" Keliru")
    press(page, "Urungkan")
    expect(text).not_to_contain_text("Keliru")
    press(page, "Ulangi")
    expect(text).to_contain_text("lengkapnya. Keliru")
    press(page, "Urungkan")
    expect(text).not_to_contain_text("Keliru")


def photo(page: Page) -> None:
    press(page, "Foto")
    dialog = page.get_by_role("dialog", name="Foto di dalam teks")
    dialog.get_by_label("Keterangan").fill("Papan nama gang.")
    dialog.get_by_label("Teks pengganti").fill("Papan kayu bertulisan Gang Hijau.")
    dialog.get_by_role("button", name="Pasang").click()
    expect(dialog.get_by_role("alert")).to_have_text("Pilih foto lebih dulu.")
    dialog.get_by_label("Pilih foto").set_input_files(
        {"name": "papan.jpg", "mimeType": "image/jpeg", "buffer": picture(1200, 900)}
    )
    no_findings(page)
    dialog.get_by_role("button", name="Pasang").click()
    expect(dialog).to_be_hidden()


def complete(text: Locator) -> None:
    """All that was made, each once, and shown."""
    expect(text.locator("strong")).to_have_text(["cabai"])
    expect(text.locator("h2")).to_have_text(["Latihan"])
    expect(text.locator("ul > li")).to_have_text(["Menyemai", "Merawat"])
    expect(text.locator("a")).to_have_text(["situs kota"])
    expect(text.locator("a")).to_have_attribute("href", "https://malangkota.go.id")
    expect(text.locator("figcaption")).to_have_text(["Papan nama gang."])
    shown = text.get_by_role("img", name="Papan kayu bertulisan Gang Hijau.")
    expect(shown).to_have_count(1)
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => image.naturalWidth") > 300


def test_a_double_press_is_one_submission(phone: BrowserContext, served: Running) -> None:
    title = "Ditekan dua kali karena sinyal lambat"
    page = phone.new_page()
    sign_in(page, served, "nukus", "pewarta")
    new_item(page, served, title, WORDS)
    page.get_by_label("Topik").select_option(label="Lingkungan")
    page.get_by_role("button", name="Kirim ke editor").dblclick()
    expect(page.get_by_text("Terkirim ke editor.")).to_be_visible()
    history = page.get_by_role("region", name="Riwayat").get_by_role("listitem")
    expect(history.filter(has_text="mengirim ke editor")).to_have_count(1)
    expect(items(page, served, title)).to_have_count(1)


FOCUSED = """() => {
  const at = document.activeElement;
  const box = at.getBoundingClientRect();
  const name = at.getAttribute("aria-label") || at.textContent.trim() || at.id;
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(x, y);
  return [name, at === document.body || at.contains(top) || Boolean(top && top.contains(at))];
}"""


def tab_to(page: Page, wanted: str, key: str = "Tab") -> None:
    """By the tab key alone; what has the focus is never covered by the bars of the page."""
    met = []
    for _ in range(60):
        page.keyboard.press(key)
        name, seen = page.evaluate(FOCUSED)
        for _wait in range(20):  # the page moves there smoothly
            if seen:
                break
            page.wait_for_timeout(100)
            name, seen = page.evaluate(FOCUSED)
        else:
            pytest.fail(f"{name} has the focus and is covered")
        if name == wanted:
            return
        met.append(name)
    pytest.fail(f"{wanted} is not reached, but {met}")


def has_focus(page: Page, name: str) -> None:
    expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()


def test_the_keyboard_alone_is_enough(phone: BrowserContext, served: Running) -> None:
    title = "Ditulis tanpa tetikus"
    page = phone.new_page()
    sign_in(page, served, "nukus", "pewarta")
    page.goto(served.url(DESK, "/k/nukus/berita/baru"))
    text = text_of(page)
    tab_to(page, "judul")
    page.keyboard.type(title)
    tab_to(page, "Tebal")
    page.keyboard.press("ArrowRight")
    has_focus(page, "Miring")
    page.keyboard.press("End")
    has_focus(page, "Ulangi")
    page.keyboard.press("ArrowRight")
    has_focus(page, "Tebal")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    has_focus(page, "Tebal")
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    page.keyboard.type("Tebal")
    page.keyboard.press("Control+b")
    page.keyboard.type(" dan biasa, lalu ")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Tautan")
    expect(dialog.get_by_label("Alamat")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(text).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("malangkota.go.id")
    page.keyboard.press("Tab")
    page.keyboard.type("situs kota")
    page.keyboard.press("Enter")
    expect(text.locator("a")).to_have_text(["situs kota"])
    page.keyboard.press("Shift+Tab")
    has_focus(page, "Tebal")  # a toolbar is one stop
    page.keyboard.press("Tab")
    expect(text).to_be_focused()
    tab_to(page, "Kirim ke editor")
    tab_to(page, "Simpan draf", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("form[data-keep]")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("[data-state]")).to_contain_text("Tersimpan di server")
    page.reload()
    expect(text_of(page)).to_have_text("Tebal dan biasa, lalu situs kota")
    expect(page.get_by_label("Judul", exact=True)).to_have_value(title)
