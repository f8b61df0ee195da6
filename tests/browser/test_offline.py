"""Articles that were opened stay readable without a connection, until they are taken away."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from kimcms.domain.workflow import Withdrawal
from kimcms.services import publishing
from tests.browser.conftest import no_findings
from tests.world import City

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


class Network:
    """The app behind a network that takes its time for articles."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.seconds = 0.0

    def __call__(self, environ: dict[str, Any], start: Any) -> Any:
        if environ["PATH_INFO"].startswith("/berita/"):
            time.sleep(self.seconds)
        return self.app(environ, start)


@pytest.fixture
def network(on_sqlite: City) -> Network:
    return Network(on_sqlite.app)


@pytest.fixture
def port(network: Network) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, network, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def kept(page: Page) -> None:
    """Waits until the worker is there and has kept the page that was open."""
    until(page, "navigator.serviceWorker.controller !== null")
    until(page, "caches.match(location.href).then(found => found !== undefined)")


def until(page: Page, true: str) -> None:
    """Asks again and again; the pages' own policy keeps Chromium from doing it by itself."""
    for _ in range(200):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {true}")


def test_read_offline_until_withdrawn(on_sqlite: City, port: int, browser: Browser) -> None:
    first = on_sqlite.publish(title="Saluran air bersih lagi")
    second = on_sqlite.publish(title="Pasar pagi pindah")
    third = on_sqlite.publish(title="Belum pernah dibuka")
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    site = f"http://nukus.localhost:{port}"
    page.goto(f"{site}/berita/{first.slug}")
    kept(page)
    page.goto(f"{site}/berita/{second.slug}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pasar pagi pindah")

    context.set_offline(True)
    page.goto(f"{site}/berita/{first.slug}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saluran air bersih lagi")
    page.goto(f"{site}/berita/{third.slug}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sedang luring")
    expect(page.get_by_role("link", name="Pasar pagi pindah")).to_be_visible()
    no_findings(page)

    editor = on_sqlite.actor("nukus_editor")
    publishing.withdraw(editor, first, Withdrawal.PRIVACY, "Memuat nomor.", on_sqlite.now)
    context.set_offline(False)
    answer = page.goto(f"{site}/berita/{first.slug}")
    assert answer
    assert answer.status == 410
    context.set_offline(True)
    page.goto(f"{site}/berita/{first.slug}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sedang luring")
    expect(page.get_by_role("link", name="Saluran air bersih lagi")).to_have_count(0)
    context.close()


def test_an_answer_that_comes_late_still_takes_it_away(
    on_sqlite: City, network: Network, port: int, browser: Browser
) -> None:
    article = on_sqlite.publish(title="Saluran air bersih lagi")
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://nukus.localhost:{port}/berita/{article.slug}")
    kept(page)
    editor = on_sqlite.actor("nukus_editor")
    publishing.withdraw(editor, article, Withdrawal.PRIVACY, "Memuat nomor.", on_sqlite.now)
    network.seconds = 6.5
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saluran air bersih lagi")
    until(page, "caches.match(location.href).then(found => found === undefined)")
    context.close()


def test_many_articles_do_not_push_out_the_front_page(
    on_sqlite: City, port: int, browser: Browser
) -> None:
    article = on_sqlite.publish(title="Panen perdana")
    context = browser.new_context()
    page = context.new_page()
    site = f"http://nukus.localhost:{port}"
    page.goto(f"{site}/")
    kept(page)
    page.evaluate(
        """async () => {
          const pages = await caches.open("halaman");
          for (let n = 0; n < 40; n++) await pages.put(`/berita/dulu-${n}`, new Response("dulu"));
        }"""
    )
    page.goto(f"{site}/berita/{article.slug}")
    kept(page)
    paths = (
        "caches.open('halaman').then(c => c.keys()).then(k => k.map(r => new URL(r.url).pathname))"
    )
    until(page, f"{paths}.then(all => all.filter(p => p.startsWith('/berita/')).length === 30)")
    left = page.evaluate(paths)
    assert {"/", "/luring", f"/berita/{article.slug}", "/berita/dulu-39"} <= set(left)
    assert "/berita/dulu-0" not in left
    context.set_offline(True)
    page.goto(f"{site}/")
    expect(page.get_by_role("link", name="Panen perdana").first).to_be_visible()
    context.close()


def test_switched_off_nothing_stays(on_sqlite: City, port: int, browser: Browser) -> None:
    article = on_sqlite.publish()
    context = browser.new_context()
    page = context.new_page()
    address = f"http://nukus.localhost:{port}/berita/{article.slug}"
    page.goto(address)
    kept(page)
    settings = on_sqlite.app.extensions["kimcms"].settings
    try:
        object.__setattr__(settings, "offline", False)
        page.goto(address)
        page.evaluate(
            "navigator.serviceWorker.getRegistration().then(r => r && r.update().then(() => 1))"
        )
        until(page, "caches.keys().then(names => names.length === 0)")
        until(page, "navigator.serviceWorker.getRegistrations().then(all => all.length === 0)")
    finally:
        object.__setattr__(settings, "offline", True)
    context.close()
