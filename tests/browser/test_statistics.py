"""From a page that was in sight to the figures of its KIM and of the city."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Running, no_findings, sign_in
from tests.lengths import later

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Chromium says in a test that it is a machine, and machines are not counted.
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", *later("dark")])
def test_a_page_in_sight_is_counted(served: Running, browser: Browser, scheme: str) -> None:
    reader = browser.new_context(user_agent=f"{PHONE} {scheme}")
    page = reader.new_page()
    page.goto(served.url("nukus.localhost", "/"))
    page.locator("main h2 a, main h3 a").first.click()
    title = page.locator("main h1").inner_text()
    with page.expect_request("**/dibaca/*", timeout=15_000) as told:
        expect(page.locator("[data-read]")).to_have_count(1)
    assert told.value.method == "POST"
    assert told.value.response().status == 204  # type: ignore[union-attr]
    assert reader.cookies() == []
    reader.close()

    for kim, role, path in (
        ("nukus", "head", "/k/nukus/statistik"),
        ("", "diskominfo", "/statistik/"),
    ):
        phone = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})  # type: ignore[arg-type]
        page = phone.new_page()
        sign_in(page, served, kim, role)
        page.goto(served.url("redaksi.localhost", path))
        expect(page.get_by_role("heading", level=1)).to_have_text("Statistik pembaca")
        expect(page.locator("main ol").first).to_contain_text(title)
        no_findings(page)
        phone.close()
