"""Every page of the newsroom that a person can reach by links: axe finds nothing, nothing scrolls
sideways, no script complains. Pages of one kind are looked at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Running, no_findings, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("browser")]

NO_PAGE = re.compile(r"/(keluar|media|bukti-berkas)\b|\.(csv|pdf|webp|xlsx)(\?|$)")
LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"
MOST = 150  # pages of a role: more would be a circle of ever new addresses


def kind(address: str) -> str:
    """Addresses that differ only in numbers and names show the same kind of page."""
    path = re.sub(r"/\d{4}-\d\d-\d\d|/\d+", "/0", urlsplit(address).path)
    path = re.sub(r"^/k/[a-z0-9-]+", "/k/x", path)
    return re.sub(r"^/kim/(buka/)?[a-z0-9-]+", "/kim/x", path)


def reached(page: Page, home: str) -> Iterator[str]:
    """Goes to a page of each kind, nearest first, and stays on it while the caller looks."""
    waiting, known = [home], {kind(home)}
    while waiting and len(known) < MOST:
        address = waiting.pop(0)
        answer = page.goto(address)
        assert answer is not None
        assert answer.status < 400, (address, answer.status)
        yield address
        for link in page.evaluate(LINKS):
            if link.startswith(home) and not NO_PAGE.search(link) and kind(link) not in known:
                known.add(kind(link))
                waiting.append(link)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("kim", "role"),
    [("nukus", "pewarta"), ("nukus", "head"), ("", "moderator"), ("", "diskominfo")],
)
def test_axe_finds_nothing(
    browser: Browser, served: Running, kim: str, role: str, scheme: str
) -> None:
    page = browser.new_context(
        viewport={"width": 360, "height": 780}, color_scheme=scheme
    ).new_page()
    page.set_default_timeout(60_000)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    sign_in(page, served, kim, role)
    seen = 0
    for address in reached(page, served.url("redaksi.localhost", "/")):
        seen += 1
        try:
            no_findings(page)
        except AssertionError as error:
            faults.append(f"{address}: {error}")
    assert not faults, "\n".join(faults)
    assert seen > 12
