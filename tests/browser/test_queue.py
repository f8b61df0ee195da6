"""The Forum's queue in the browser: by keyboard at a desk, with a thumb, and two moderators."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kimcms.db import db
from tests.browser.conftest import no_findings
from tests.browser.rooms import Server, sign_in
from tests.services.test_articles import stored
from tests.world import City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
QUEUE = "/tinjauan/"


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def state(article_id: int) -> str:
    db.session.rollback()
    return stored(article_id).feed_state.value


def test_two_moderators_at_a_desk_and_on_a_phone(
    browser: Browser, on_sqlite: City, server: Server, phone: BrowserContext
) -> None:
    city = on_sqlite
    one, two, three = (city.publish(title=f"Kabar {n}").id for n in ("satu", "dua", "tiga"))
    desk = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    desk.set_default_timeout(15_000)
    complaints: list[str] = []
    desk.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(desk, server, "moderator", QUEUE)
    keys = desk.keyboard

    # By keyboard alone: down, open, to the button, and Enter.
    no_findings(desk)
    keys.press("?")
    expect(desk.get_by_text("baris berikut dan sebelumnya")).to_be_visible()
    keys.press("?")
    keys.press("j")
    assert focused(desk) == "Kabar satu"
    keys.press("j")
    keys.press("ArrowUp")
    assert focused(desk) == "Kabar satu"
    keys.press("Enter")
    expect(desk.get_by_text("Anda memegang ini")).to_be_visible()
    no_findings(desk)
    keys.press("a")
    assert focused(desk) == "Terima"
    assert state(one) == "pending"  # one key decides nothing
    keys.press("Enter")
    expect(desk.get_by_text("Diterima. Berita sekarang tampil")).to_be_visible()
    expect(desk.get_by_role("heading", name="Kabar dua")).to_be_visible()  # on to the next
    assert state(one) == "accepted"

    # The other one, on a phone, sees who has it and may look, not decide.
    thumb = phone.new_page()
    sign_in(thumb, server, "moderator2", QUEUE)
    expect(thumb.get_by_text("dipegang moderator sejak")).to_be_visible()
    no_findings(thumb)
    thumb.get_by_role("link", name="Kabar dua").click()
    expect(thumb.get_by_text("moderator sedang memegang ini")).to_be_visible()
    expect(thumb.get_by_role("button", name="Terima")).to_have_count(0)
    no_findings(thumb)

    # After a quarter of an hour it is free, and the first one learns it on deciding.
    keys.press("d")
    expect(desk.get_by_text("Ctrl+Enter menolak.")).to_be_visible()
    keys.type("F")
    keys.press("Tab")
    keys.type("a d m: sumbernya belum jelas.")  # typing moves nothing
    city.clock.forward(minutes=16)
    thumb.reload()
    accept = thumb.get_by_role("button", name="Terima")
    expect(accept).to_be_visible()
    size = accept.bounding_box()
    assert size
    assert size["height"] >= 44
    assert size["y"] + size["height"] <= 740  # at the bottom, in reach
    no_findings(thumb)
    keys.press("Control+Enter")
    expect(desk.get_by_text("moderator2 sedang memegang ini sejak")).to_be_visible()
    expect(desk.get_by_label("Alasan")).to_have_value("a d m: sumbernya belum jelas.")
    no_findings(desk)
    assert state(two) == "pending"
    thumb.get_by_role("button", name="Lepaskan").click()
    expect(thumb.get_by_text("Dilepas.")).to_be_visible()
    desk.get_by_role("button", name="Tolak", exact=True).click()
    expect(desk.get_by_text("Ditolak. Penulis menerima alasan Anda.")).to_be_visible()
    assert state(two) == "declined"

    # What was read is accepted together with others.
    desk.goto(server.url(QUEUE))
    expect(desk.get_by_text("sudah Anda baca", exact=True)).to_have_count(1)
    keys.press("j")
    keys.press("x")
    no_findings(desk)
    desk.get_by_role("button", name="Terima yang dicentang").click()
    expect(desk.get_by_text("1 berita diterima dan tampil")).to_be_visible()
    expect(desk.get_by_text("Tidak ada yang menunggu.")).to_be_visible()
    assert state(three) == "accepted"
    no_findings(desk)
    assert complaints == []
    desk.close()
