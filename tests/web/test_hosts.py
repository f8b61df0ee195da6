"""Hosts: three doors, one tenant each, and nothing else."""

from __future__ import annotations

import pytest

from kimcms.domain.hosts import BadHost, Door, UnknownHost, resolve
from kimcms.domain.refusal import Refused
from kimcms.domain.roles import SYSTEM
from kimcms.services import kims
from tests.world import City

BAD = ["", "a b", "localhost,evil", "user@localhost", "localhost:", "localhost:99999999", "[::1]"]


@pytest.mark.parametrize(
    ("host", "door", "slug"),
    [
        ("localhost", Door.PORTAL, None),
        ("LOCALHOST:8000", Door.PORTAL, None),
        ("redaksi.localhost:8000", Door.REDAKSI, None),
        ("nukus.localhost", Door.SITUS, "nukus"),
        ("Nukus.LocalHost:1", Door.SITUS, "nukus"),
        ("www.localhost", Door.PORTAL, None),
        ("kimnukus.example", Door.SITUS, None),
    ],
)
def test_doors(host: str, door: Door, slug: str | None) -> None:
    address = resolve(host, "localhost")
    assert (address.door, address.slug) == (door, slug)


@pytest.mark.parametrize("host", [*BAD, None, "localhost\n", "-a.localhost", "é.localhost"])
def test_what_is_no_host(host: str | None) -> None:
    with pytest.raises(BadHost):
        resolve(host, "localhost")


@pytest.mark.parametrize("host", ["a.b.localhost", "redaksi.nukus.localhost"])
def test_deeper_names_are_unknown(host: str) -> None:
    with pytest.raises(UnknownHost):
        resolve(host, "localhost")


@pytest.mark.parametrize("host", BAD)
def test_a_malformed_host_gets_400_without_content(on_sqlite: City, host: str) -> None:
    response = on_sqlite.reader().call("GET", "/", headers={"Host": host})
    assert (response.status_code, response.data) == (400, b"")


@pytest.mark.parametrize("host", ["lain.localhost", "evil.example", "a.b.localhost", "127.0.0.1"])
def test_an_unknown_host_gets_404_without_content(on_sqlite: City, host: str) -> None:
    response = on_sqlite.reader().call("GET", "/", headers={"Host": host})
    assert (response.status_code, response.data) == (404, b"")


@pytest.mark.parametrize("host", ["localhost", "nukus.localhost", "evil.example", "a b"])
def test_healthz_on_any_host(on_sqlite: City, host: str) -> None:
    response = on_sqlite.reader().call("GET", "/healthz", headers={"Host": host})
    assert (response.status_code, response.data) == (200, b"ok")


def test_the_tenant_comes_from_the_host_alone(city: City) -> None:
    city.publish()
    path = "/berita/warga-rw-04-bersihkan-saluran-air"
    assert city.site("nukus").get(path).status_code == 200
    assert city.site("gerabah").get(path).status_code == 404
    tricks = {"X-Forwarded-Host": "nukus.localhost", "Forwarded": "host=nukus.localhost"}
    assert city.site("gerabah").get(path, headers=tricks).status_code == 404
    assert city.site("gerabah").get(path + "?kim=nukus").status_code == 404


def test_forwarded_headers_are_not_believed_without_a_trusted_proxy(city: City) -> None:
    city.publish()
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    page = city.site().get("/", headers=headers).text
    assert "evil.example" not in page
    assert 'rel="canonical" href="http://nukus.localhost:8000/"' in page


def test_www_leads_to_the_portal(on_sqlite: City) -> None:
    response = on_sqlite.reader("www.localhost").get("/kim/?a=b%20c")
    assert response.status_code == 308
    assert response.location == "http://localhost:8000/kim/?a=b%20c"


def test_an_own_domain_becomes_canonical_once_it_is_verified(city: City) -> None:
    city.publish()
    alias = city.reader("kimnukus.example")
    path = "/berita/warga-rw-04-bersihkan-saluran-air"
    kims.set_alias(SYSTEM, city.kim(), "kimnukus.example", city.now, city_domain="localhost")
    assert alias.get(path).status_code == 404
    assert city.site().get(path).status_code == 200

    kims.verify_alias(SYSTEM, city.kim(), city.now)
    page = alias.get(path)
    assert page.status_code == 200
    assert f'rel="canonical" href="http://kimnukus.example:8000{path}"' in page.text
    moved = city.site().get(path + "?x=1")
    assert moved.status_code == 308
    assert moved.location == f"http://kimnukus.example:8000{path}?x=1"


def test_a_suspended_or_closed_subsite_is_gone(city: City) -> None:
    article = city.publish()
    city.accept(article)
    assert city.site().get("/").status_code == 200
    from kimcms.services.unit import atomic

    with atomic("city", city.now) as unit:
        kim = city.kim()
        kim.suspended_at = city.now
        unit.record(SYSTEM, "kim.suspend", kim, kim_id=kim.id)
    assert city.site().get("/").status_code == 404
    assert article.newest
    assert article.newest.title not in city.reader().get("/").text


@pytest.mark.parametrize("domain", ["localhost", "redaksi.localhost", "gerabah.localhost"])
def test_no_own_domain_below_the_city(on_sqlite: City, domain: str) -> None:
    city = on_sqlite
    visit = city.desk("diskominfo")
    answer = visit.post("/k/nukus/domain", {"domain": domain})
    assert answer.status_code == 422
    assert "ada di bawah localhost" in answer.text
    assert city.kim().alias_domain is None


def test_only_the_register_keeper_verifies_an_own_domain(on_sqlite: City) -> None:
    city = on_sqlite
    kims.set_alias(SYSTEM, city.kim(), "kimnukus.example", city.now, city_domain="localhost")
    with pytest.raises(Refused):
        kims.verify_alias(city.actor("nukus_head"), city.kim(), city.now)
    assert city.kim().alias_verified_at is None
