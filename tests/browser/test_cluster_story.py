"""A meeting that a head enters on a phone makes the KIM cluster 1, in the next request.

The evaluation of a coming Monday is part of it, so this city has the tests' own clock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from kimcms.domain.clock import DAY, WEEK, day_of
from kimcms.domain.ledger import Proof
from kimcms.services import clusters, evidence
from tests.browser.conftest import no_findings
from tests.services.test_clusters import weeks_of_news
from tests.world import PASSWORD, City, picture

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def port(on_sqlite: City) -> Iterator[int]:
    """The cast's city behind a real port, in this process, so that its clock can be set."""
    server = make_server("127.0.0.1", 0, on_sqlite.app, threaded=True)
    settings = on_sqlite.app.extensions["kimcms"].settings
    usual = settings.port
    object.__setattr__(settings, "port", server.port)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        object.__setattr__(settings, "port", usual)


@pytest.mark.long
def test_from_a_meeting_on_a_phone_to_cluster_one(
    on_sqlite: City, port: int, browser: Browser
) -> None:
    city = on_sqlite
    one_meeting_short_of_the_first_cluster(city)
    reader = browser.new_page(viewport={"width": 360, "height": 780})
    public = f"http://localhost:{port}/klaster/"
    reader.goto(public)
    expect(reader.get_by_role("link", name="KIM Nukus")).to_have_count(0)

    head = signed_in(browser, port, 360, "nukus.head@contoh.test")
    head.goto(f"http://redaksi.localhost:{port}/k/nukus/bukti")
    head.get_by_role("link", name="Rapat dengan notulen").click()
    head.get_by_label("Rapat tentang apa?").fill("Rapat kedua")
    head.get_by_label("Tanggal rapat").fill((day_of(city.now) - DAY).isoformat())
    head.get_by_label("Berapa orang hadir?").fill("14")
    minutes = {"name": "notulen.jpg", "mimeType": "image/jpeg", "buffer": picture(1600, 1200)}
    head.get_by_label("Notulen").set_input_files(minutes)  # type: ignore[arg-type]
    head.get_by_role("button", name="Kirim ke Forum").click()
    expect(head.get_by_text("Terkirim.")).to_be_visible()

    moderator = signed_in(browser, port, 1280, "moderator@contoh.test")
    moderator.goto(f"http://redaksi.localhost:{port}/bukti/")
    moderator.get_by_role("link", name="Rapat kedua").click()
    moderator.get_by_role("button", name="Verifikasi", exact=True).click()
    expect(moderator.get_by_text("Terverifikasi. KIM diberi tahu")).to_be_visible()

    city.clock.now += WEEK
    clusters.run(city.now)
    reader.goto(public)
    expect(reader.get_by_role("link", name="KIM Nukus")).to_have_count(0)
    moderator.goto(f"http://redaksi.localhost:{port}/klaster/")
    no_findings(moderator)
    moderator.get_by_role("button", name="Setujui").first.click()
    expect(moderator.get_by_text("KIM Nukus").first).to_be_visible()
    reader.goto(public)
    expect(reader.get_by_role("link", name="KIM Nukus").first).to_be_visible()
    no_findings(reader)
    for page in (reader, head, moderator):
        page.context.close()


def one_meeting_short_of_the_first_cluster(city: City) -> None:
    """Nukus in cluster 2: decree, board and news, and one meeting of two."""
    today = day_of(city.now)
    city.decree(today - 200 * DAY, today + 500 * DAY)
    head, moderator = city.actor("nukus_head"), city.actor("moderator")
    for kind in (Proof.BOARD, Proof.MEETING):
        proof = evidence.submit(head, city.kim(), kind, today, kind.value, city.now)
        evidence.verify(moderator, proof, city.now)
    weeks_of_news(city, "nukus", 8)
    clusters.run(city.now)


def signed_in(browser: Browser, port: int, width: int, name: str) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 780}, locale="id-ID")
    page.set_default_timeout(15_000)
    page.goto(f"http://redaksi.localhost:{port}/masuk")
    page.get_by_label("Surel atau nomor HP").fill(name)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"http://redaksi.localhost:{port}/")
    return page
