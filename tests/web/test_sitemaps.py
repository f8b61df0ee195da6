"""Sitemaps: well formed, within their limits, and naming exactly what readers may see."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from kimcms.models.article import Article
from kimcms.queries import sitemaps
from kimcms.services import publishing
from tests.world import City

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read(city: City, path: str, host: str = "nukus.localhost") -> ET.Element:
    answer = city.reader(host).get(path)
    assert answer.status_code == 200, path
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(answer.data)


def places(root: ET.Element) -> list[str]:
    """The addresses of a sitemap or an index; the shape is that of the schema."""
    kind = root.tag.removeprefix(MAP)
    assert kind in {"urlset", "sitemapindex"}
    inner = {"urlset": "url", "sitemapindex": "sitemap"}[kind]
    found = []
    for child in root:
        assert child.tag == MAP + inner
        names = [part.tag for part in child]
        assert names in (
            [f"{MAP}loc"],
            [f"{MAP}loc", f"{MAP}lastmod"],
            [f"{MAP}loc", f"{NEWS}news"],
        )
        found.append(child[0].text or "")
    assert len(found) == len(set(found)) <= 50_000
    return found


def paths(city: City, host: str = "nukus.localhost") -> list[str]:
    """The files that the index names, as paths; all of this very host."""
    start = f"http://{host}:8000"
    files = places(read(city, "/sitemap.xml", host))
    assert all(file.startswith(start + "/") for file in files)
    return [file.removeprefix(start) for file in files]


def listed(city: City) -> list[str]:
    """The articles that all files of the subsite name, news left out."""
    files = [path for path in paths(city) if path != "/sitemap-berita.xml"]
    found = [place for path in files for place in places(read(city, path))]
    return sorted(place.rpartition("/")[2] for place in found if "/berita/" in place)


@pytest.mark.parametrize("size", [1, 2, 3, 50_000])
def test_articles_are_split_and_none_is_lost(
    city: City, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(sitemaps, "PART", size)
    own: list[Article] = []
    for number in range(5):
        own.append(city.publish(title=f"Kabar nomor {number}"))
        city.publish("gerabah_pewarta", title=f"Kabar tetangga {number}")
    publishing.unpublish(city.actor("nukus_editor"), own[2], city.now)
    city.publish(title="Baru besok", at=city.now.replace(day=25))
    city.write(title="Belum terbit")
    assert listed(city) == [f"kabar-nomor-{number}" for number in (0, 1, 3, 4)]
    files = [path for path in paths(city) if path not in ("/sitemap-halaman.xml",)]
    for path in files:
        assert len(places(read(city, path))) <= max(size, 4)
    with city.counting() as few:
        city.site().get("/sitemap.xml")
    assert len(few) <= 6


def test_pages_of_the_sitemap_exist(city: City) -> None:
    city.accept(city.publish())
    for host in ("localhost", "nukus.localhost"):
        start = f"http://{host}:8000"
        for path in paths(city, host):
            for place in places(read(city, path, host)):
                if place.startswith(start):
                    assert city.reader(host).get(place.removeprefix(start)).status_code == 200, (
                        place
                    )


def test_news_of_48_hours_and_no_older(city: City) -> None:
    city.accept(city.publish(title='Rembug "RW" & warga'))
    for host in ("localhost", "nukus.localhost"):
        (item,) = read(city, "/sitemap-berita.xml", host)
        assert (item[0].text or "").startswith("http://nukus.localhost:8000/berita/rembug")
        names = {part.tag.removeprefix(NEWS): part.text for part in item[1]}
        assert names["title"] == 'Rembug "RW" & warga'
        assert names["publication_date"] == "2026-11-24T05:00:00+00:00"
        publication = item[1][0]
        assert [(p.tag.removeprefix(NEWS), p.text) for p in publication] == [
            ("name", "KIM Nukus"),
            ("language", "id"),
        ]
    tags = {
        host: city.reader(host).get("/sitemap-berita.xml").headers["ETag"]
        for host in ("localhost", "nukus.localhost")
    }
    city.clock.forward(hours=47, minutes=59)
    for host, tag in tags.items():
        asked = {"If-None-Match": tag}
        assert city.reader(host).get("/sitemap-berita.xml", headers=asked).status_code == 304
    city.clock.forward(minutes=1)
    for host, tag in tags.items():
        asked = {"If-None-Match": tag}
        assert city.reader(host).get("/sitemap-berita.xml", headers=asked).status_code == 200
        assert places(read(city, "/sitemap-berita.xml", host)) == []


def test_robots_name_the_files(city: City) -> None:
    lines = city.site().get("/robots.txt").text.splitlines()
    assert "Sitemap: http://nukus.localhost:8000/sitemap.xml" in lines
    assert "Sitemap: http://localhost:8000/sitemap-berita.xml" in lines  # it speaks for this host
    assert city.site().get("/sitemap-99.xml").status_code == 404
