"""Every reader page in Chromium: phones, large text, light and dark, no other host, no script."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Response

from tests.browser.conftest import Running, no_findings
from tests.lengths import later

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PORTAL, SITE = "localhost", "nukus.localhost"
PATHS = {
    PORTAL: [
        *("/", "/kim/", "/klaster/", "/saya", "/tentang", "/pedoman", "/privasi"),
        *("/aksesibilitas", "/luring", "/topik/umkm/", "/kecamatan/sukun/"),
        *("/kelurahan/sukun/", "/kelurahan/balearjosari/", "/?hemat=1", "/tidak-ada"),
        *("/en/", "/en/klaster/", "/en/kelurahan/balearjosari/", "/en/pedoman"),
    ],
    SITE: [
        *("/", "/topik/lingkungan/", "/tentang", "/pedoman", "/privasi", "/aksesibilitas"),
        *("/luring", "/berita/tidak-ada"),
    ],
}
LARGEST = 30_000


@pytest.fixture(scope="module")
def addresses(served: Running) -> list[str]:
    """One address of each kind; the newest item of the sample's KIM among them."""
    home = urllib.request.Request(f"http://127.0.0.1:{served.port}/", headers={"Host": SITE})
    with urllib.request.urlopen(home, timeout=10) as answer:
        text = answer.read().decode()
    found = re.search(r'href="[^"]*(/berita/[^"]+)"', text)
    assert found
    plain = [(host, path) for host, paths in PATHS.items() for path in paths]
    items = [(SITE, found[1]), (SITE, found[1] + "?hemat=1")]
    return [served.url(host, path) for host, path in (*plain, *items)]


@pytest.fixture
def asked(page: Page) -> Iterator[list[str]]:
    """Hosts that pages asked for anything."""
    hosts: list[str] = []
    page.on("request", lambda request: hosts.append(urlsplit(request.url).hostname or ""))
    yield hosts
    assert set(hosts) <= {PORTAL, SITE}


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), *later((360, "dark"), (1280, "light"))]
)
def test_no_findings_and_no_other_host(
    page: Page, addresses: list[str], asked: list[str], width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    for address in addresses:
        page.goto(address)
        no_findings(page)
    assert asked


def test_no_findings_in_the_dark(page: Page, addresses: list[str]) -> None:
    """The pages that differ most; the others are part of the long run."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(color_scheme="dark")
    for address in addresses:
        if (
            urlsplit(address).path in {"/", "/klaster/", "/kelurahan/sukun/"}
            or "/berita/" in address
        ):
            page.goto(address)
            no_findings(page)


def test_text_at_200_percent_does_not_scroll_sideways(page: Page, addresses: list[str]) -> None:
    """As a browser's own setting does it: the root's font size doubles."""
    page.set_viewport_size({"width": 640, "height": 900})
    for address in addresses:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0, address


@pytest.mark.long
def test_forced_colours_keep_pages_whole(page: Page, addresses: list[str]) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.emulate_media(forced_colors="active")
    for address in addresses:
        page.goto(address)
        no_findings(page)


def test_the_first_view_is_light(page: Page, addresses: list[str]) -> None:
    """All that is needed to read, as it came over the wire, pictures aside."""
    sizes: dict[str, int] = {}

    def weighed(response: Response) -> None:
        if response.request.resource_type != "image":
            sizes[response.url] = int(response.headers["content-length"])

    page.on("response", weighed)
    for address in addresses:
        sizes.clear()
        page.goto(address)
        assert address in sizes
        assert sum(sizes.values()) < LARGEST, (address, sizes)


def test_saved_pictures_load_when_they_are_tapped(page: Page, addresses: list[str]) -> None:
    pictures: list[str] = []

    def counted(request: Request) -> None:
        if "/media/" in request.url:
            pictures.append(request.url)

    page.on("request", counted)
    page.goto(next(a for a in addresses if "/berita/" in a and a.endswith("?hemat=1")))
    page.wait_for_load_state("networkidle")
    assert pictures == []
    page.locator("details.later summary").first.click()
    page.wait_for_load_state("networkidle")
    page.locator("details.later img").first.evaluate("image => image.decode()")
    assert len(pictures) == 1


def test_pages_are_read_without_script(browser: Browser, addresses: list[str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        for address in addresses:
            page.goto(address)
            assert page.locator("main h1, header h1").first.inner_text().strip(), address
    finally:
        context.close()
