"""The Forum's board at a desk and on a phone: who needs a call is seen without scrolling."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, no_findings, sign_in
from tests.lengths import later

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
DESK = "redaksi.localhost"
WHATSAPP = re.compile(r"^https://wa\.me/\d*\?text=Halo")
LOOKS = [({"width": 360, "height": 740}, "light"), *later(({"width": 1280, "height": 800}, "dark"))]


def test_three_to_call_are_above_the_fold(page: Page, served: Running, quiet: list[str]) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    sign_in(page, served, "", "moderator")
    page.goto(served.url(DESK, "/klaster/"))
    calls = page.locator(".call")
    expect(calls).to_have_count(3)
    for call in calls.all():
        link = call.get_by_role("link", name="WhatsApp")
        expect(link).to_have_attribute("href", WHATSAPP)
        assert call.locator(".call-why").inner_text().strip()
        box = link.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 800, "below the fold"
        assert box["height"] >= 44


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_axe_finds_nothing(
    page: Page, served: Running, quiet: list[str], size: dict[str, int], scheme: str
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(page, served, "", "moderator")
    for path in ("/klaster/", "/klaster/riwayat", "/k/nukus/klaster", "/k/nukus/klaster/riwayat"):
        page.goto(served.url(DESK, path))
        closed = page.locator("main details:not([open]) > summary")
        while closed.count():  # what opens on demand is looked at too
            closed.first.click()
        no_findings(page)


@pytest.mark.long
def test_an_override_is_proposed_and_taken_back(
    page: Page, served: Running, quiet: list[str]
) -> None:
    """The second person is in the web tests; here the city is left as it was."""
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, served, "", "moderator")
    page.goto(served.url(DESK, "/k/nukus/klaster/keputusan"))
    page.get_by_text("Usulkan keputusan khusus…").click()
    page.get_by_label("Klaster 2").check()
    page.get_by_role("button", name="Kirim usul ke moderator lain").click()
    expect(page.get_by_role("alert")).to_be_visible()
    no_findings(page)
    expect(page.get_by_label("Klaster 2")).to_be_checked()
    page.get_by_label("Alasan keputusan khusus").fill("Beritanya disalin dari tempat lain.")
    page.get_by_role("button", name="Kirim usul ke moderator lain").click()
    expect(page.get_by_text("Beritanya disalin dari tempat lain.")).to_be_visible()
    expect(page.get_by_role("button", name="Setujui")).to_have_count(0)
    no_findings(page)
    page.get_by_text("Tarik usul…").click()
    page.get_by_role("button", name="Tarik usul").click()
    expect(page.get_by_text("Usul ditarik.")).to_be_visible()
    expect(page.get_by_text("Tidak ada usul atau keberatan yang terbuka.")).to_be_visible()
