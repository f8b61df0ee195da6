"""Every page of the sample city, in every look that a person may have set: axe finds nothing, and
nothing scrolls sideways.

The addresses are made of the app's own routes, so a new page is looked at without a new test.
"""

from __future__ import annotations

import datetime as dt
import http.client
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from kimcms.app import create_app
from kimcms.config import Settings
from kimcms.db import db
from kimcms.domain.clock import utcnow
from kimcms.domain.draft import Draft
from kimcms.domain.review import Reason, Why
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.queries import accounts, kims
from kimcms.queries.articles import categories
from kimcms.services import articles, media, publishing, review
from kimcms.services.articles import Edit
from kimcms.web.desk.evidence_words import PATHS
from tests.browser.conftest import FLAGS, Running, no_findings, sign_in
from tests.world import COOKIE, LONG, picture

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.xdist_group("browser")]

DESK = "redaksi.localhost"
ROLES = [
    ("nukus", "pewarta"),
    ("nukus", "editor"),
    ("nukus", "head"),
    ("", "moderator"),
    ("", "diskominfo"),
]
NARROW, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 800}
# Name of the look, the size, and what the system says that the person prefers.
LOOKS: list[tuple[str, Any, dict[str, Any]]] = [
    ("light 320", NARROW, {"color_scheme": "light"}),
    ("dark 320", NARROW, {"color_scheme": "dark"}),
    ("light 1280", WIDE, {"color_scheme": "light"}),
    ("dark 1280", WIDE, {"color_scheme": "dark"}),
    ("forced colours", NARROW, {"color_scheme": "dark", "forced_colors": "active"}),
    ("reduced motion", WIDE, {"color_scheme": "light", "reduced_motion": "reduce"}),
]
# What a browser does with text at 200 %: the size on which every rem is based is doubled.
LARGE = [
    ("text 200 %, 1280", WIDE, {"color_scheme": "light"}),
    ("text 200 %, 320", NARROW, {"color_scheme": "light"}),
]
SLUGS = {
    "portal.kecamatan": ["klojen"],
    "portal.kelurahan": ["sukun", "balearjosari"],
    "portal.topic": ["umkm"],
    "situs.topic": ["lingkungan"],
}
# What stands out on the right, innermost, so that a report says what to mend.
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth + 0.5;
  const scrolls = (element) =>
    element !== document.body &&
    (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const out = (element) => element.getBoundingClientRect().right > edge && !scrolls(element);
  return [...document.querySelectorAll("body *")]
    .filter((element) => out(element) && ![...element.children].some(out))
    .map((element) => element.outerHTML.slice(0, 100))
    .slice(0, 8)
    .join("\\n");
}"""
PLAIN: dict[str, Any] = {"forced_colors": "none", "reduced_motion": "no-preference"}
MEDIA = {"desk.media_file", "portal.media", "situs.media", "situs.preview_media"}


class Town:
    """The sample city, with an item of KIM Nukus in each state that a page tells apart."""

    def __init__(self, served: Running) -> None:
        self.served = served
        self.app = create_app(Settings.read(served.environ))
        self.items: dict[str, Article] = {}
        with self.app.app_context():
            self._furnish()
            self.ids = {name: item.id for name, item in self.items.items()}
            self.slugs = {name: item.slug for name, item in self.items.items()}
            self.rows = self._rows()
            db.session.remove()
            db.engine.dispose()

    def _furnish(self) -> None:
        now = utcnow()
        self._kim = kims.by_slug("nukus")
        assert self._kim
        holders = accounts.members(self._kim.id) + accounts.members(None)
        found = {str(member.role): accounts.actor(member.user_id) for member in holders}
        self._writer, editor = found["pewarta"], found["editor"]
        moderator, later = found["moderator"], now + dt.timedelta(days=2)
        self._write("draft", body="<p>Belum selesai.</p>")
        for name in ("submitted", "returned", "scheduled", "pending", "accepted", "declined"):
            articles.submit(self._writer, self._write(name), now)
        for name in ("unpublished", "withdrawn", "changed"):
            publishing.publish(editor, self._write(name), now)
        note = "Tambahkan nama ketua RT, dan jam mulai kegiatan."
        articles.return_to_author(editor, self.items["returned"], note, now)
        publishing.publish(editor, self.items["scheduled"], now, at=later)
        for name in ("pending", "accepted", "declined"):
            publishing.publish(editor, self.items[name], now)
        shown = {name: item.live_revision_id or 0 for name, item in self.items.items()}
        review.accept(moderator, self.items["accepted"], shown["accepted"], now)
        said = "Sudah ada berita yang sama dari kelurahan tetangga."
        reason = Why(Reason.DUPLICATE, said)
        review.decline(moderator, self.items["declined"], shown["declined"], reason, now)
        publishing.unpublish(editor, self.items["unpublished"], now)
        why = "Nomor telepon warga termuat."
        publishing.withdraw(editor, self.items["withdrawn"], Withdrawal.PRIVACY, why, now)
        changed = self.items["changed"]
        edit = Edit(
            self._draft("changed", title="Judul yang diperbaiki"), changed.newest_revision_id
        )
        articles.save(editor, changed, edit, now)

    def _rows(self) -> dict[str, int]:
        """One row from each table that addresses name (`decree_id` and the like), of the KIM
        where it is of one."""
        assert self._kim
        found = {}
        for name, table in db.metadata.tables.items():
            if "id" in table.c:
                first = sa.select(sa.func.min(table.c.id))
                own = first.where(table.c.kim_id == self._kim.id) if "kim_id" in table.c else first
                found[f"{name}_id"] = db.session.scalar(own) or 0
        return found

    def _write(self, name: str, **changes: Any) -> Article:
        assert self._kim
        edit = Edit(self._draft(name, **changes))
        self.items[name] = articles.create(self._writer, self._kim, edit, utcnow())
        return self.items[name]

    def _draft(self, name: str, **changes: Any) -> Draft:
        assert self._kim
        store = self.app.extensions["kimcms"].media
        photo = media.add(self._writer, self._kim, picture(1200, 800), store, utcnow())
        inside = f'<figure><img src="/media/{photo.id}/480.webp" alt="Papan nama gang.">'
        values: dict[str, Any] = {
            "title": f"Contoh keadaan {name}: warga RW 04 membersihkan saluran air bersama-sama",
            "body": f"<p>{LONG}</p><h2>Sesudahnya</h2><ul><li>Teh hangat</li><li>Pisang</li></ul>"
            f"<blockquote><p>Kami ulangi bulan depan.</p></blockquote>{inside}"
            '<figcaption>Papan nama.</figcaption></figure><p><a href="https://malangkota.go.id/'
            f'{"sangat-panjang-" * 8}">https://malangkota.go.id/{"sangat-panjang-" * 8}</a></p>',
            "lead": "Kerja bakti diikuti empat puluh warga dari empat RT.",
            "category_id": next(t.id for t in categories() if t.slug == "lingkungan"),
            "event_on": dt.date(2026, 11, 22),
            "photo_id": photo.id,
            "photo_caption": "Warga mengangkat lumpur dari saluran.",
            "photo_alt": "Empat orang dengan cangkul di tepi saluran.",
            "photo_credit": "Rahma",
        }
        return Draft(**values | changes)

    def routes(self) -> Iterator[tuple[str, str, str]]:
        """Host label, rule and endpoint of every GET route."""
        for route in self.app.url_map.iter_rules():
            if not route.endpoint.startswith("static") and "GET" in (route.methods or set()):
                yield route.host or "", route.rule, route.endpoint


@pytest.fixture(scope="module")
def town(served: Running) -> Town:
    return Town(served)


def values(town: Town, endpoint: str) -> dict[str, list[Any]]:
    """What may stand for each name in an address."""
    stories = [town.slugs["accepted"], town.slugs["withdrawn"]]
    return {
        **{name: [row_id] for name, row_id in town.rows.items()},
        "article_id": list(town.ids.values()),
        "slug": SLUGS.get(endpoint, stories),
        "kim": ["nukus"],
        "kelurahan": ["balearjosari"],
        "token": ["tidak-ada"],
        "version": [1],
        "file_id": [1],
        "proof_id": [town.rows["evidence_id"]],
        "jenis": list(PATHS),
    }


def addresses(town: Town, label: str) -> list[str]:
    """The paths of one door: each route once, and an item's page once for each of its states."""
    found: list[str] = []
    for host, rule, endpoint in town.routes():
        if host != label or endpoint in MEDIA:
            continue
        known, paths = values(town, endpoint), [rule]
        for name in names(rule):
            paths = [fill(path, name, value) for path in paths for value in known.get(name, [])]
        found += paths
    return sorted(found)


def test_every_route_has_an_address(town: Town) -> None:
    unknown = [
        f"{rule}: say in `values` what {name} is"
        for _host, rule, endpoint in town.routes()
        for name in names(rule)
        if endpoint not in MEDIA and name not in values(town, endpoint)
    ]
    assert unknown == []


def names(rule: str) -> list[str]:
    parts = [part.split(">")[0] for part in rule.split("<")[1:]]
    return [part.rsplit(":", 1)[-1] for part in parts]


def fill(path: str, name: str, value: object) -> str:
    before, rest = path.split("<", 1)
    assert rest.split(">", 1)[0].rsplit(":", 1)[-1] == name
    return before + str(value) + rest.split(">", 1)[1]


def is_page(town: Town, host: str, path: str, cookie: str) -> int:
    """The status, 0 where it is no page: a feed, a file, or the way to another page."""
    connection = http.client.HTTPConnection("127.0.0.1", town.served.port, timeout=30)
    headers = {"Host": f"{host}:{town.served.port}", "Cookie": f"{COOKIE}={cookie}"}
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        html = (answer.getheader("Content-Type") or "").startswith("text/html")
        return answer.status if html and answer.status // 100 != 3 else 0
    finally:
        connection.close()


def no_findings_in_forced_colours(page: Page) -> None:
    """All but contrast, which is the system's then: Chromium tells axe the colour that the page
    gave to a text (its `-webkit-text-fill-color`) beside the background that is painted."""
    found = Axe().run(page, options={"rules": {"color-contrast": {"enabled": False}}})
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(wide), f"{page.url} scrolls sideways"


def look(page: Page, url: str, looks: list[tuple[str, Any, dict[str, Any]]]) -> list[str]:
    """What is found on a page in each of the looks."""
    wrong = []
    page.goto(url)
    for name, size, preferred in looks:
        page.set_viewport_size(size)
        page.emulate_media(**PLAIN | preferred)
        try:
            if "forced_colors" in preferred:
                no_findings_in_forced_colours(page)
            else:
                no_findings(page)
        except AssertionError as found:
            wrong.append(f"[{name}] {found}\n{page.evaluate(TOO_WIDE)}")
    return wrong


def signed_in_pages(page: Page, town: Town, kim: str, role: str) -> list[str]:
    sign_in(page, town.served, kim, role)
    cookie = next(c["value"] for c in page.context.cookies() if c["name"] == COOKIE)
    shown, seen = [], set()
    for path in addresses(town, "redaksi"):
        status = is_page(town, DESK, path, cookie)
        if status == 0 or (status != 200 and status in seen):
            continue  # one page that says no looks like the other
        assert status < 500, (path, status)
        seen.add(status)
        shown.append(town.served.url(DESK, path))
    assert len(shown) > 10
    return shown


def reader_pages(town: Town) -> list[str]:
    shown = []
    for label, host in (("portal", "localhost"), ("situs", "nukus.localhost")):
        for path in [*addresses(town, label), "/tidak-ada"]:
            if is_page(town, host, path, ""):
                shown.append(town.served.url(host, path))
    shown += [town.served.url(DESK, path) for path in ("/masuk", "/lupa", "/tautan/tidak-ada")]
    return shown


@pytest.fixture(scope="session")
def large(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """Chromium as a person has it who set the text size to 200 %."""
    browser = launch_browser(args=[*FLAGS, "--blink-settings=defaultFontSize=32"])
    yield browser
    browser.close()


@pytest.fixture(params=["looks", "large text"])
def walk(
    request: pytest.FixtureRequest, browser: Browser, large: Browser
) -> Iterator[tuple[Page, list[tuple[str, Any, dict[str, Any]]]]]:
    """A page of one of the two browsers, and the looks to be had in it."""
    is_large = request.param == "large text"
    context = (large if is_large else browser).new_context(viewport=WIDE)
    page = context.new_page()
    page.set_default_timeout(30_000)
    if is_large:
        page.set_content("<p>a</p>")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    yield page, LARGE if is_large else LOOKS
    context.close()


@pytest.mark.parametrize(("kim", "role"), ROLES)
def test_the_newsroom(walk: Any, town: Town, kim: str, role: str) -> None:
    page, looks = walk
    urls = signed_in_pages(page, town, kim, role)
    wrong = [f"{role}: {said}" for url in urls for said in look(page, url, looks)]
    assert wrong == [], "\n\n".join(wrong)


def test_what_readers_see(walk: Any, town: Town) -> None:
    page, looks = walk
    urls = reader_pages(town)
    assert len({urlsplit(url).hostname for url in urls}) == 3
    wrong = [said for url in urls for said in look(page, url, looks)]
    assert wrong == [], "\n\n".join(wrong)
