"""What holds for every reader page: few queries, no cookie, the headers, the entity tag."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.complaints import Kind as ComplaintKind
from kimcms.domain.complaints import Outcome
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.queries import articles, ownpages
from kimcms.services import bylines, complaints, media, publishing
from kimcms.services import ownpages as leaves
from kimcms.services.complaint_answers import Answer, answer
from kimcms.services.complaints import Said, Sent
from kimcms.services.ownpages import Words
from kimcms.services.unit import atomic
from kimcms.web import sharing
from tests.lengths import on_postgres_later
from tests.world import City, picture

MOST_QUERIES = 6
READER_HOSTS = {"portal": "localhost", "situs": "nukus.localhost"}
FEEDS = ["rss.xml", "atom.xml", "feed.json"]

FILES = ("/media/", "/bagikan", "/sw.js")
FORM = "/aduan"  # kept by nobody, since it carries its hour; and what takes an answer


def pages(city: City, article: Article) -> Iterator[tuple[str, str]]:
    """Every reader route of the app with an address that exists; a new route must be added."""
    story = articles.public_story(article.kim_id, article.id, city.now)
    known = {
        "slug": {
            "situs.article": article.slug,
            "situs.complain_of": article.slug,
            "situs.reply": article.slug,
            "situs.topic": "kegiatan",
            "portal.topic": "kegiatan",
            "portal.kecamatan": "sukun",
            "portal.kelurahan": "sukun",
            "portal.own_page": "layanan-aduan",
            "situs.own_page": "posyandu",
            "portal.kim": "nukus",
            "situs.author": "nukus-pewarta",
        },
        "media_id": article.live.photo_id if article.live else None,
        "name": "480.webp",
        "form": "",
        "article_id": article.id,
        "stamp": sharing.card_stamp(story) if story else 0,
        "build": "x",
        "year": 2026,
        "number": 11,
        "reply_number": 1,
        "part": 0,
    }
    for route in city.app.url_map.iter_rules():
        if route.host not in READER_HOSTS or "GET" not in (route.methods or ()):
            continue
        if route.endpoint.startswith("static") or "token" in route.arguments:
            continue  # a preview is no page for readers: test_previews.py
        slugs = known["slug"]
        values: dict[str, Any] = {
            name: slugs[re.sub("_(feed|en)$", "", route.endpoint)]
            if name == "slug"
            else known[name]
            for name in route.arguments
        }
        for form in FEEDS if "form" in route.arguments else [""]:
            values["form"] = form
            path = city.app.url_map.bind(route.host).build(route.endpoint, values)
            yield READER_HOSTS[route.host], path.removesuffix("?form=")


def is_kept(path: str) -> bool:
    """Whether it is a page with an entity tag."""
    return not path.startswith(FILES) and not path.endswith(FORM)


def filled(city: City, items: int = 3) -> Article:
    """Some accepted items with photos of both KIMs."""
    if db.session.get(Article, 1) is None:
        city.once(f"filled_{items}", lambda: _fill(city, items))
    else:
        _fill(city, items)
    return db.session.get_one(Article, 1)


def _fill(city: City, items: int) -> None:
    for author in ("nukus_pewarta", "gerabah_pewarta"):
        for number in range(items):
            kim = city.kim(author.split("_")[0])
            photo = media.add(city.actor(author), kim, picture(), city.media, city.now)
            article = city.publish(
                author,
                title=f"Kabar nomor {number} dari {kim.name}",
                photo_id=photo.id,
                photo_caption="Warga berkumpul.",
                photo_alt="Warga duduk di balai.",
            )
            city.accept(article)
            city.clock.forward(minutes=5)
    if not ownpages.pages(None):
        words = Words("Layanan aduan", "Hubungi **112**.", True)
        leaves.create(city.actor("diskominfo"), None, words, city.now)
        words = Words("Posyandu", "Setiap **Rabu**.", True)
        leaves.create(city.actor("nukus_head"), city.kim(), words, city.now)
    first = db.session.get_one(Article, 1)
    if not first.replies:
        reply_to(city, first)
    bylines.show(city.person("nukus_pewarta"), city.now, shown=True)


def reply_to(city: City, article: Article) -> None:
    """Somebody complained, and the KIM published the reply."""
    said = Said(ComplaintKind.REPLY, "Bukan saya.", "Saya di Surabaya.", "Bu Ratna")
    made = complaints.send(city.kim(), article.id, said, Sent("f" * 64, "t" * 64, "x"), city.now)
    given = Answer(Outcome.PUBLISHED, "Dimuat.", name="Bu Ratna", text=said.correct)
    answer(city.actor("nukus_editor"), made, given, city.now)


def test_few_queries_and_no_more_with_more_articles(city: City) -> None:
    article = filled(city, 2)
    few = {page: cost(city, *page) for page in pages(city, article)}
    filled(city, 14)
    many = {page: cost(city, *page) for page in pages(city, article)}
    assert few == many
    assert {page: n for page, n in many.items() if n > MOST_QUERIES} == {}


def cost(city: City, host: str, path: str) -> int:
    """On a miss: nothing is kept yet."""
    city.app.extensions["pagecache"].close()
    with city.counting() as seen:
        response = city.reader(host).get(path)
    assert response.status_code == 200, (host, path, response.status_code)
    return len(seen)


def test_no_cookie_is_set_or_read(city: City) -> None:
    article = filled(city, 1)
    for host, path in pages(city, article):
        bare = city.reader(host).get(path)
        assert "Set-Cookie" not in bare.headers, path
        assert "Cookie" not in bare.headers.get("Vary", ""), path
        with_cookie = city.reader(host).get(path, headers={"Cookie": "__Host-kimcms=x; a=b"})
        assert with_cookie.data == bare.data, path


def test_unknown_parameters_and_headers_change_nothing(city: City) -> None:
    article = filled(city, 1)
    odd = {"X-Forwarded-Host": "evil.example", "Accept-Language": "en", "Origin": "http://e.vil"}
    for host, path in pages(city, article):
        plain = city.reader(host).get(path)
        assert city.reader(host).get(path + "?utm_source=x").data == plain.data, path
        assert city.reader(host).get(path, headers=odd).data == plain.data, path


def test_the_tag_answers_304_until_something_changes(city: City) -> None:
    article = filled(city, 1)
    tagged = [
        p for p in pages(city, article) if not p[1].startswith(FILES) and not p[1].endswith(FORM)
    ]
    tags = {page: city.reader(page[0]).get(page[1]).headers["ETag"] for page in tagged}
    for (host, path), tag in tags.items():
        again = city.reader(host).get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b""), path
    changed = city.publish("nukus_pewarta", title="Kabar baru sekali")
    city.accept(changed)
    for (host, path), tag in tags.items():
        again = city.reader(host).get(path, headers={"If-None-Match": tag})
        assert again.status_code == 200, path
        assert again.headers["ETag"] != tag


def test_a_subsite_does_not_depend_on_the_city_feed(city: City) -> None:
    filled(city, 1)
    tag = city.site("gerabah").get("/").headers["ETag"]
    city.accept(city.publish("nukus_pewarta", title="Kabar dari tetangga"))
    again = city.site("gerabah").get("/", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_a_draft_changes_no_reader_page(city: City) -> None:
    filled(city, 1)
    tag = city.site().get("/").headers["ETag"]
    city.write(title="Baru ditulis")
    assert city.site().get("/", headers={"If-None-Match": tag}).status_code == 304


def test_time_alone_changes_the_tag_of_a_scheduled_item(city: City) -> None:
    later = city.now.replace(hour=9)
    title = "Kabar yang dijadwalkan"
    city.publish(title=title, at=later)
    before = city.site().get("/")
    assert title not in before.text
    city.clock.now = later
    after = city.site().get("/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert title in after.text


def test_every_answer_has_the_headers(city: City) -> None:
    article = filled(city, 1)
    gone = city.publish(title="Akan dicabut")
    publishing.withdraw(
        city.actor("nukus_editor"), gone, Withdrawal.PRIVACY, "Memuat nomor telepon.", city.now
    )
    asked = [
        *pages(city, article),
        ("nukus.localhost", f"/berita/{gone.slug}"),
        ("localhost", "/tidak-ada"),
        ("nukus.localhost", "/tidak-ada"),
        ("lain.localhost", "/"),
        ("localhost", "/healthz"),
        ("redaksi.localhost", "/masuk"),
        ("redaksi.localhost", "/tidak-ada"),
        ("redaksi.localhost", "/"),
        ("localhost", "/static/x/site.css"),
    ]
    for host, path in asked:
        response = city.reader(host).get(path)
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none';"), (host, path)
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_reader_pages_take_get_and_head_only(city: City) -> None:
    article = filled(city, 1)
    for host, path in pages(city, article):
        for method in ("PUT", "DELETE", "PATCH", *(() if path.endswith(FORM) else ("POST",))):
            assert city.reader(host).call(method, path).status_code == 405, (method, path)
        head = city.reader(host).call("HEAD", path)
        assert (head.status_code, head.data) == (200, b"")


@on_postgres_later
@pytest.mark.parametrize("host", ["localhost", "nukus.localhost"])
def test_pages_are_light_and_call_nobody(city: City, host: str) -> None:
    article = filled(city, 12)
    css = city.reader(host).get("/static/x/site.css").data
    for page_host, path in pages(city, article):
        if page_host != host or path.startswith(FILES):
            continue
        html = city.reader(host).get(path).text
        assert len(gzip.compress(html.encode())) + len(gzip.compress(css)) < 30_000, path
        for mark in ("//cdn", "fonts.g", "<iframe", " style=", "<style", "javascript:"):
            assert mark not in html, (path, mark)


def test_an_empty_city_has_pages(on_sqlite: City) -> None:
    both = ("/", "/tentang", "/arsip/", "/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml")
    both += ("/sitemap-berita.xml", "/sitemap-halaman.xml", "/robots.txt", "/topik/umkm/")
    for path in (*both, "/kim/", "/klaster/", "/kim/nukus/", "/kim/nukus/feed.json"):
        assert on_sqlite.reader().get(path).status_code == 200, path
    for path in both:
        assert on_sqlite.site().get(path).status_code == 200, path


def test_only_a_service_may_touch_what_pages_show(on_sqlite: City) -> None:
    statement = sa.update(Article).values(slug="x")
    with pytest.raises(RuntimeError, match="unit of work"):
        db.session.execute(statement)
    with atomic("city", on_sqlite.now, eventless=True), pytest.raises(RuntimeError, match="bulk"):
        db.session.execute(statement)
