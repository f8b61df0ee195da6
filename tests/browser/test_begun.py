"""The newsroom as an app on a phone: begun offline, shared with, on dear and slow connections."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kimcms.domain.workflow import TextState
from kimcms.models.article import Article, Revision
from tests.browser.conftest import no_findings
from tests.browser.rooms import (
    NEW,
    WORDS,
    Server,
    articles,
    put_photos,
    sign_in,
    state,
    submissions,
    text_of,
    until,
    write,
)
from tests.world import City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EMPTY = Revision(body="")


def ready(page: Page) -> None:
    """Waits until the newsroom's worker has what it needs."""
    for _ in range(200):
        if page.evaluate("navigator.serviceWorker.controller !== null"):
            return
        page.wait_for_timeout(50)
    pytest.fail("no worker")


SHARED = """async () => {
  const form = new FormData();
  form.set("judul", "Dari WhatsApp");
  form.set("teks", "[10:32, 24/11/2026] Bu Rini: *Gotong royong* hari ini");
  for (const name of ["satu", "dua"]) {
    const box = new OffscreenCanvas(800, 600);
    box.getContext("2d").fillRect(0, 0, 400, name.length * 90);
    const made = await box.convertToBlob();
    form.append("foto", new File([made], `${name}.png`, { type: made.type }));
  }
  return (await fetch("/bagi", { method: "POST", body: form })).url;
}"""


def shared_is_there(all: list[Article]) -> bool:
    return len(all) == 2 and "<figure>" in (all[1].newest or EMPTY).body


def test_begun_without_a_connection(on_sqlite: City, server: Server, phone: BrowserContext) -> None:
    page = phone.new_page()
    sign_in(page, server)
    ready(page)
    server.stop()
    phone.set_offline(True)
    page.goto(server.url("/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Sedang luring")
    no_findings(page)
    page.get_by_role("link", name="Tulis berita, KIM Nukus").click()
    write(page, "Ditulis tanpa sambungan", WORDS)
    page.get_by_label("Topik").select_option(label="Lingkungan")
    put_photos(page)
    state(page, "Menunggu sambungan.")
    no_findings(page)
    address = page.url
    page.close()

    page = phone.new_page()
    page.goto(server.url("/k/nukus/berita/"))
    page.get_by_role("link", name="Ditulis tanpa sambungan").click()
    expect(text_of(page)).to_contain_text(WORDS)
    assert page.url == address
    shown = text_of(page).get_by_role("img", name="Pot cabai berjajar.")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    page.get_by_role("button", name="Kirim ke editor").click()
    state(page, "Dikirim ke editor begitu ada sambungan.")
    server.start()
    phone.set_offline(False)
    page.wait_for_url("**/berita/1", timeout=30_000)
    [article] = articles(on_sqlite)
    assert article.text_state is TextState.SUBMITTED
    assert article.newest
    assert article.newest.photo_id
    assert "Gang yang ditanami." in article.newest.body

    # Shared from another app: words and photos are in a new item.
    there = page.evaluate(SHARED)
    assert "/k/nukus/berita/baru?lembar=" in there
    page.goto(there)
    expect(text_of(page).locator("strong")).to_have_text(["Gotong royong"])
    expect(text_of(page)).not_to_contain_text("Bu Rini")
    expect(page.get_by_label("Judul", exact=True)).to_have_value("Dari WhatsApp")
    until(
        on_sqlite, lambda all: len(all) == 2 and "<figure>" in (all[1].newest or EMPTY).body, page
    )
    assert (articles(on_sqlite)[1].newest or EMPTY).photo_id
    state(page, "Tersimpan di server")
    # What was opened once can be gone on with: the phone has a copy of its account's own.
    phone.set_offline(True)
    page.goto(server.url("/"))
    mine = page.get_by_role("region", name="Naskah di HP ini")
    expect(mine.get_by_role("link")).to_have_text(["Dari WhatsApp"])
    phone.set_offline(False)  # the page notices by itself
    head = page.get_by_role("heading", level=1)
    expect(head).not_to_have_text("Sedang luring", timeout=15_000)
    # Signed out, nobody is known here; the files of the program are all that stays.
    page.get_by_role("button", name="Keluar", exact=True).click()
    page.wait_for_url("**/masuk")
    phone.set_offline(True)
    page.goto(server.url(NEW))
    expect(page.get_by_text("belum ada yang masuk di HP ini")).to_be_visible()
    no_findings(page)
    kept = page.evaluate(
        "caches.keys().then(all => Promise.all(all.map(name => caches.open(name)"
        ".then(one => one.keys()).then(keys => keys.map(key => new URL(key.url).pathname)))))"
    )
    assert {p for one in kept for p in one if not p.startswith("/static/")} == {"/luring"}


CELLULAR = """Object.defineProperty(navigator, "connection", {
  value: Object.assign(new EventTarget(), { type: "cellular" }),
});"""
TO_WIFI = """() => {
  navigator.connection.type = "wifi";
  navigator.connection.dispatchEvent(new Event("change"));
}"""
PLACE = "element => { const box = element.getBoundingClientRect(); return [box.top, box.bottom]; }"


@pytest.mark.long
def test_slow_dear_and_with_a_keyboard(on_sqlite: City, server: Server, browser: Browser) -> None:
    screen = {"width": 360, "height": 740}
    phone = browser.new_context(viewport=screen, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    phone.add_init_script(CELLULAR)
    page = phone.new_page()
    sign_in(page, server, path=NEW)
    server.seconds = 1.0
    write(page, "Jaringan lambat", WORDS)
    # The keyboard takes the lower half: the tools lie right above it, the state above the tools.
    page.set_viewport_size({"width": 360, "height": 380})
    expect(page.locator("body")).to_contain_class("typing")
    tools, bar = page.get_by_role("toolbar"), page.locator(".bar")
    top, bottom = tools.evaluate(PLACE)
    assert (round(bottom), bottom - top > 44) == (380, True)
    assert abs(bar.evaluate(PLACE)[1] - top) < 2
    no_findings(page)
    page.keyboard.type(" Ditulis terus selagi dikirim.")
    page.set_viewport_size(screen)  # type: ignore[arg-type]
    page.get_by_label("Topik").select_option(label="Lingkungan")
    page.get_by_label("Kirim foto hanya lewat WiFi").check()
    put_photos(page)
    state(page, "Foto menunggu WiFi.")
    [article] = articles(on_sqlite)
    assert article.newest
    assert article.newest.body == f"<p>{WORDS} Ditulis terus selagi dikirim.</p>"
    assert article.newest.photo_id is None
    page.get_by_role("button", name="Kirim ke editor").dblclick()
    state(page, "Belum dikirim ke editor. Foto menunggu WiFi")
    assert submissions(on_sqlite) == 0
    page.evaluate(TO_WIFI)
    page.wait_for_url(f"**/berita/{article.id}", timeout=30_000)
    assert submissions(on_sqlite) == 1
    [article] = articles(on_sqlite)
    assert article.newest
    assert article.newest.photo_id
    assert "<figure>" in article.newest.body
    phone.close()
