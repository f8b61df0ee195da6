"""Behind a proxy: what it was asked is believed, what a stranger adds before it is not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kimcms.app import create_app
from kimcms.config import Settings
from kimcms.db import db
from kimcms.domain.accounts import Limit
from kimcms.domain.roles import SYSTEM
from kimcms.services import accounts, kims
from tests.world import City, Visit

DOMAIN = "kim.example.id"
READER = "203.0.113.9"
OURS = "http://127.0.0.1:8000"  # where the proxy finds the program
STORY = "/berita/warga-rw-04-bersihkan-saluran-air"
TRANSPORT = "Strict-Transport-Security"


def passed_on(host: str, **changes: str) -> dict[str, str]:
    """The headers of a request that a proxy hands on, as the operator's guide asks for them."""
    headers = {
        "Host": "127.0.0.1:8000",
        "X-Forwarded-For": READER,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": host,
        "X-Forwarded-Port": "443",
    }
    return headers | {f"X-Forwarded-{name}": value for name, value in changes.items()}


class Behind:
    """The program as it is set up behind a proxy, over the cast's database."""

    def __init__(self, city: City, hops: int, scheme: str = "https") -> None:
        environ = {
            "KIMCMS_INSTANCE": city.app.instance_path,
            "KIMCMS_DATABASE_URL": city.app.config["SQLALCHEMY_DATABASE_URI"],
            "KIMCMS_ARGON2_COST": "test",
            "KIMCMS_SECRET_KEY": "k" * 40,
            "KIMCMS_DOMAIN": DOMAIN,
            "KIMCMS_SCHEME": scheme,
            "KIMCMS_TRUSTED_PROXIES": str(hops),
        }
        self.app = create_app(Settings.read(environ), city.clock)

    def get(self, path: str, headers: dict[str, str]) -> Any:
        visit = Visit(self.app.test_client(use_cookies=False), "127.0.0.1")
        return visit.call("GET", path, base_url=OURS, headers=headers)

    def desk(self) -> Visit:
        """With the cookie that a browser has for the newsroom's public host."""
        return Visit(self.app.test_client(), f"redaksi.{DOMAIN}", self.app)

    def close(self) -> None:
        self.app.extensions["pagecache"].close()
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def behind(on_sqlite: City) -> Iterator[Callable[..., Behind]]:
    made: list[Behind] = []

    def make(hops: int, scheme: str = "https") -> Behind:
        made.append(Behind(on_sqlite, hops, scheme))
        return made[-1]

    yield make
    for one in made:
        one.close()


Make = Callable[..., Behind]


def test_links_are_those_of_the_address_that_the_proxy_was_asked(
    on_sqlite: City, behind: Make
) -> None:
    on_sqlite.accept(on_sqlite.publish())
    one = behind(1)
    portal = one.get("/", passed_on(DOMAIN)).text
    assert f'rel="canonical" href="https://{DOMAIN}/"' in portal
    assert f'href="https://nukus.{DOMAIN}{STORY}"' in portal
    assert f'href="https://redaksi.{DOMAIN}/"' in portal
    story = one.get(STORY, passed_on(f"nukus.{DOMAIN}"))
    assert story.status_code == 200
    assert f'rel="canonical" href="https://nukus.{DOMAIN}{STORY}"' in story.text
    assert f'property="og:url" content="https://nukus.{DOMAIN}{STORY}"' in story.text
    for page in (portal, story.text):
        assert ":8000" not in page
        assert "http://" not in page.replace("http://www.w3.org", "")


@pytest.mark.parametrize(
    ("path", "root"),
    [("/rss.xml", DOMAIN), ("/sitemap.xml", f"nukus.{DOMAIN}"), ("/robots.txt", DOMAIN)],
)
def test_feeds_too(on_sqlite: City, behind: Make, path: str, root: str) -> None:
    on_sqlite.accept(on_sqlite.publish())
    text = behind(1).get(path, passed_on(root)).text
    assert f"https://{root}/" in text or f"https://nukus.{DOMAIN}/" in text
    assert ":8000" not in text
    assert "http://redaksi" not in text
    assert f"http://{DOMAIN}" not in text


def test_a_port_that_is_not_the_schemes_own_is_shown(on_sqlite: City, behind: Make) -> None:
    on_sqlite.publish()
    one = behind(1)
    asked = {**passed_on(f"nukus.{DOMAIN}"), "X-Forwarded-Port": "8443"}
    canonical = f'rel="canonical" href="https://nukus.{DOMAIN}:8443/"'
    assert canonical in one.get("/", asked).text
    asked = passed_on(f"nukus.{DOMAIN}:8443")
    del asked["X-Forwarded-Port"]
    assert canonical in one.get("/", asked).text


def test_a_proxy_that_names_no_port_was_asked_on_the_schemes_own(
    on_sqlite: City, behind: Make
) -> None:
    """Some hand on the Host as it was and leave X-Forwarded-Port out; ours is not theirs."""
    on_sqlite.publish()
    one = behind(1)
    asked = passed_on(f"nukus.{DOMAIN}")
    del asked["X-Forwarded-Port"]
    assert f'rel="canonical" href="https://nukus.{DOMAIN}/"' in one.get("/", asked).text
    asked["Host"] = asked.pop("X-Forwarded-Host")
    assert f'rel="canonical" href="https://nukus.{DOMAIN}/"' in one.get("/", asked).text


def test_the_scheme_is_the_one_that_the_proxy_was_asked_with(on_sqlite: City, behind: Make) -> None:
    asked = {**passed_on(DOMAIN), "X-Forwarded-Proto": "http", "X-Forwarded-Port": "80"}
    assert f'rel="canonical" href="http://{DOMAIN}/"' in behind(1).get("/", asked).text


def test_redirects_between_hosts(on_sqlite: City, behind: Make) -> None:
    on_sqlite.publish()
    one = behind(1)
    moved = one.get("/kim/?a=b%20c", passed_on(f"www.{DOMAIN}"))
    assert (moved.status_code, moved.location) == (308, f"https://{DOMAIN}/kim/?a=b%20c")
    slash = one.get("/kim?x=1", passed_on(DOMAIN))
    assert (slash.status_code, slash.location) == (308, f"https://{DOMAIN}/kim/?x=1")
    slash = one.get("/topik/kegiatan", passed_on(f"nukus.{DOMAIN}"))
    assert slash.location == f"https://nukus.{DOMAIN}/topik/kegiatan/"

    kims.set_alias(
        SYSTEM, on_sqlite.kim(), "kimnukus.example", on_sqlite.now, city_domain="localhost"
    )
    kims.verify_alias(SYSTEM, on_sqlite.kim(), on_sqlite.now)
    moved = one.get(f"{STORY}?x=1", passed_on(f"nukus.{DOMAIN}"))
    assert (moved.status_code, moved.location) == (308, f"https://kimnukus.example{STORY}?x=1")
    page = one.get(STORY, passed_on("kimnukus.example"))
    assert f'rel="canonical" href="https://kimnukus.example{STORY}"' in page.text


def test_a_stranger_is_sent_to_sign_in_on_the_same_host(behind: Make) -> None:
    asked = passed_on(f"redaksi.{DOMAIN}")
    moved = behind(1).get("/k/nukus/berita/", asked)
    assert moved.status_code == 302
    assert moved.location in {
        f"{root}/masuk?lanjut={path}"
        for root in ("", f"https://redaksi.{DOMAIN}")
        for path in ("/k/nukus/berita/", "%2Fk%2Fnukus%2Fberita%2F")
    }


def test_the_tenant_is_the_host_that_the_proxy_was_asked(on_sqlite: City, behind: Make) -> None:
    on_sqlite.publish()
    one = behind(1)
    assert one.get(STORY, passed_on(f"gerabah.{DOMAIN}")).status_code == 404
    for host in (f"a.b.{DOMAIN}", "evil.example", "localhost", "nukus.localhost"):
        answer = one.get("/", passed_on(host))
        assert (answer.status_code, answer.data) == (404, b""), host
    # Of two names the one that our own proxy added is the last.
    asked = passed_on(f"gerabah.{DOMAIN}, nukus.{DOMAIN}", Proto="http, https", Port="1, 443")
    answer = one.get(STORY, asked)
    assert answer.status_code == 200
    assert f'rel="canonical" href="https://nukus.{DOMAIN}{STORY}"' in answer.text


@pytest.mark.parametrize("host", ["a b", "user@x", "", "nukus.kim.example.id:99999999"])
def test_nonsense_in_the_forwarded_host_is_refused(behind: Make, host: str) -> None:
    asked = passed_on(host)
    del asked["X-Forwarded-Port"]
    assert behind(1).get("/", asked).status_code in {400, 404}


@pytest.mark.parametrize("port", ["abc", "-1", "443, 4x", "99999999"])
def test_nonsense_in_the_forwarded_port_is_refused(behind: Make, port: str) -> None:
    assert behind(1).get("/", passed_on(DOMAIN, Port=port)).status_code == 400


def test_without_a_trusted_proxy_nothing_of_it_is_believed(on_sqlite: City, behind: Make) -> None:
    on_sqlite.publish()
    one = behind(0, "http")
    asked = {**passed_on("evil.example"), "Host": f"nukus.{DOMAIN}:8000"}
    page = one.get("/", asked)
    assert page.status_code == 200
    assert f'rel="canonical" href="http://nukus.{DOMAIN}:8000/"' in page.text
    assert "evil.example" not in page.text
    assert one.get("/", passed_on(f"nukus.{DOMAIN}")).status_code == 404  # Host is 127.0.0.1
    # The settings say https, which something before the program does: its port is not ours.
    page = behind(0, "https").get("/", asked)
    assert f'rel="canonical" href="https://nukus.{DOMAIN}/"' in page.text


def tries(desk: Visit, name: str, headers: dict[str, str]) -> int:
    """A sign-in with a wrong password; the status."""
    form = {"akun": f"{name}@contoh.test", "sandi": "bukan-kata-sandi"}
    status: int = desk.post("/masuk", form, **as_browser(desk, headers)).status_code
    return status


def as_browser(desk: Visit, headers: dict[str, str]) -> dict[str, Any]:
    """With the Host as it was asked for: by it the test's client picks its cookies."""
    return {"base_url": f"https://{desk.host}", "headers": headers | {"Host": desk.host}}


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "BY_ADDRESS", Limit(3, dt.timedelta(minutes=15)))


@pytest.mark.usefixtures("strict")
def test_tries_are_counted_by_the_address_that_the_proxy_saw(behind: Make) -> None:
    desk = behind(1).desk()
    asked = passed_on(desk.host)
    assert [tries(desk, f"a{n}", asked) for n in range(4)] == [401, 401, 401, 429]
    assert tries(desk, "b", passed_on(desk.host, For="203.0.113.10")) == 401
    assert tries(desk, "b", passed_on(desk.host, For="2001:db8::1")) == 401


@pytest.mark.usefixtures("strict")
def test_an_address_that_the_client_made_up_is_not_believed(behind: Make) -> None:
    desk = behind(1).desk()
    made_up = [passed_on(desk.host, For=f"198.51.100.{n}, {READER}") for n in range(4)]
    found = [tries(desk, f"a{n}", asked) for n, asked in enumerate(made_up)]
    assert found == [401, 401, 401, 429]


@pytest.mark.usefixtures("strict")
def test_two_proxies_are_two_entries(behind: Make) -> None:
    desk = behind(2).desk()

    def asked(client: str) -> dict[str, str]:
        twice = {name: f"{value}, {value}" for name, value in passed_on(desk.host).items()}
        own = {"Host": "127.0.0.1:8000", "X-Forwarded-For": f"6.6.6.6, {client}, 10.0.0.2"}
        return twice | own

    found = [tries(desk, f"a{n}", asked(READER)) for n in range(4)]
    assert found == [401, 401, 401, 429]
    assert tries(desk, "b", asked("203.0.113.10")) == 401


@pytest.mark.usefixtures("strict")
def test_without_a_trusted_proxy_the_connections_own_address_counts(behind: Make) -> None:
    desk = behind(0).desk()
    headers = [{"X-Forwarded-For": f"198.51.100.{n}"} for n in range(4)]
    found = [tries(desk, f"a{n}", asked) for n, asked in enumerate(headers)]
    assert found == [401, 401, 401, 429]


def test_transport_security_is_promised_over_https_only(on_sqlite: City, behind: Make) -> None:
    on_sqlite.publish()
    safe = behind(1)
    for host in (DOMAIN, f"nukus.{DOMAIN}", f"redaksi.{DOMAIN}"):
        for path in ("/", "/tidak-ada", "/healthz"):
            answer = safe.get(path, passed_on(host))
            assert answer.headers.get_all(TRANSPORT) == ["max-age=31536000"], (host, path)
    assert TRANSPORT in safe.get("/", passed_on("evil.example")).headers
    plain = behind(1, "http")
    asked = passed_on(DOMAIN, Proto="http", Port="80")
    assert TRANSPORT not in plain.get("/", asked).headers
    assert TRANSPORT not in on_sqlite.reader().get("/").headers
    assert TRANSPORT not in on_sqlite.desk().get("/masuk").headers


def test_the_session_of_the_newsroom_works_behind_it(on_sqlite: City, behind: Make) -> None:
    desk = behind(1).desk()
    form = {"akun": "nukus.pewarta@contoh.test", "sandi": "tiga-kata-acak"}
    asked = as_browser(desk, passed_on(desk.host))
    answer = desk.post("/masuk", form, **asked)
    assert answer.status_code == 303
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-kimcms=")
    assert "Secure" in cookie
    assert "Domain" not in cookie
    assert desk.get("/", **asked).status_code == 200
