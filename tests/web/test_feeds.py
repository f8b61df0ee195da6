"""Feeds of every list: valid in three forms, ids that last, and word of what was withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

import feedparser
import jsonschema
import pytest

from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.services import articles, bylines, publishing
from kimcms.services.articles import Edit
from tests.world import City

AT = "{http://purl.org/atompub/tombstones/1.0}"
LISTS = {
    "localhost": [
        *("/", "/topik/kegiatan/", "/kecamatan/sukun/", "/kelurahan/sukun/", "/kim/nukus/"),
        "/arsip/2026/11/",
    ],
    "nukus.localhost": ["/", "/topik/kegiatan/", "/pewarta/nukus-pewarta/", "/arsip/2026/11/"],
}
FORMS = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
URL = {"type": "string", "pattern": "^https?://"}
TIME = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^\d{4}-\d\d-\d\dT[\d:]+[+-]\d\d:\d\d$",
}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {"type": "object", "required": ["name"], "properties": {"url": URL}},
}
# JSON Feed 1.1, as its specification has it; names outside of it begin with an underscore.
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "home_page_url": URL,
        "feed_url": URL,
        "language": {"type": "string"},
        "authors": AUTHORS,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": URL,
                    "title": {"type": "string"},
                    "content_text": {"type": "string", "minLength": 1},
                    "content_html": {"type": "string"},
                    "summary": {"type": "string"},
                    "image": URL,
                    "date_published": TIME,
                    "date_modified": TIME,
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"},
                },
                "patternProperties": {"^_": {}},
                "additionalProperties": False,
            },
        },
    },
    "patternProperties": {"^_": {"type": "object", "required": ["about"]}},
    "additionalProperties": False,
}


@pytest.fixture
def told(city: City) -> Article:
    """An accepted item with a nasty title, by a pewarta who shows the name."""
    article = city.accept(city.publish(title='Warga <b> & "tetangga" rembug'))
    bylines.show(city.person("nukus_pewarta"), city.now, shown=True)
    return article


def atom(city: City, path: str = "/", host: str = "localhost") -> Any:
    return feedparser.parse(city.reader(host).get(f"{path}atom.xml").data)


def json_feed(city: City, path: str = "/", host: str = "localhost") -> Any:
    return city.reader(host).get(f"{path}feed.json").json


def test_all_lists_have_valid_feeds(city: City, told: Article) -> None:
    for host, paths in LISTS.items():
        for path in paths:
            for form, kind in FORMS.items():
                where = f"{host}{path}{form}"
                answer = city.reader(host).get(path + form)
                assert answer.status_code == 200, where
                assert answer.headers["Content-Type"] == kind, where
                if form == "feed.json":
                    jsonschema.validate(answer.json, JSON_FEED)
                    assert answer.json["feed_url"] == f"http://{host}:8000{path}{form}"
                    assert answer.json["home_page_url"] == f"http://{host}:8000{path}"
                    assert len(answer.json["items"]) == 1, where
                    continue
                read = feedparser.parse(answer.data, response_headers={"content-type": kind})
                assert not read.bozo, (where, read.get("bozo_exception"))
                assert [entry.id for entry in read.entries] == [
                    f"tag:localhost,2026:artikel/{told.id}"
                ], where
                own = next(link for link in read.feed.links if link.rel == "self")
                assert own.href == f"http://{host}:8000{path}{form}"


def test_each_list_names_its_own_feeds(city: City, told: Article) -> None:
    for host, paths in LISTS.items():
        for path in paths:
            page = city.reader(host).get(path).text
            for form in FORMS:
                assert f'href="{path}{form}"' in page or f"{host}:8000{path}{form}" in page, path


def test_lists_hold_only_their_own(city: City, told: Article) -> None:
    """The other KIM's news is in no list of this one, and the other month's in neither."""
    city.clock.forward(days=10)
    other = city.accept(city.publish("gerabah_pewarta", category_id=city.topic("umkm")))
    both, own = [other.id, told.id], [told.id]
    wanted = {"/": both} | dict.fromkeys(LISTS["localhost"][1:], own)
    wanted |= {"/arsip/2026/12/": [other.id], "/kecamatan/klojen/": [other.id]}
    for path, ids in wanted.items():
        found = [int(item["id"].rpartition("/")[2]) for item in json_feed(city, path)["items"]]
        assert found == ids, path
    assert [e.id for e in atom(city, host="gerabah.localhost").entries] == [
        f"tag:localhost,2026:artikel/{other.id}"
    ]


def test_ids_survive_another_title_and_slug_and_the_change_is_told(
    city: City, told: Article
) -> None:
    before = atom(city).entries[0]
    city.clock.forward(hours=1)
    base = told.newest_revision_id
    edit = Edit(city.draft(title="Judul yang sudah diralat"), base)
    articles.save(city.actor("nukus_editor"), told, edit, city.now)
    published = city.clock.forward(hours=3)
    publishing.publish(city.actor("nukus_editor"), told, published)
    city.accept(told)
    publishing.change_slug(city.actor("nukus_editor"), told, "alamat-lain", published)
    after = atom(city).entries[0]
    assert (after.id, after.published) == (before.id, before.published)
    assert after.title == "Judul yang sudah diralat"
    assert after.link.endswith("/berita/alamat-lain")
    assert dt.datetime.fromisoformat(after.updated) == published
    assert dt.datetime.fromisoformat(atom(city).feed.updated) == published
    item = json_feed(city)["items"][0]
    assert dt.datetime.fromisoformat(item["date_modified"]) == published


@pytest.mark.parametrize("host", list(LISTS))
def test_a_withdrawn_item_is_told_as_deleted(city: City, told: Article, host: str) -> None:
    gone = city.clock.forward(hours=2)
    publishing.withdraw(
        city.actor("nukus_editor"), told, Withdrawal.PRIVACY, "Memuat nomor telepon.", gone
    )
    for path in LISTS[host]:
        if "pewarta" in path:  # with the last article of this person the page is gone
            assert city.reader(host).get(f"{path}atom.xml").status_code == 404
            continue
        text = city.reader(host).get(f"{path}atom.xml").text
        assert not feedparser.parse(text.encode()).bozo
        assert f'<at:deleted-entry ref="tag:localhost,2026:artikel/{told.id}"' in text, path
        assert dt.datetime.fromisoformat(feedparser.parse(text).feed.updated) == gone
        feed = json_feed(city, path, host)
        jsonschema.validate(feed, JSON_FEED)
        assert feed["items"] == []
        assert [one["id"] for one in feed["_kimcms"]["deleted"]] == [
            f"tag:localhost,2026:artikel/{told.id}"
        ], path
        for form in FORMS:
            said = city.reader(host).get(path + form).text
            assert "rembug" not in said, (path, form)
            assert "telepon" not in said, (path, form)
    publishing.restore(city.actor("moderator"), told, city.clock.forward(hours=1))
    assert "deleted-entry" not in city.reader(host).get("/atom.xml").text
    assert len(atom(city, host=host).entries) == 1


def test_what_was_never_in_the_feed_is_not_told_there(city: City) -> None:
    waiting = city.publish(title="Belum diterima")
    publishing.withdraw(
        city.actor("nukus_editor"),
        waiting,
        Withdrawal.FALSE,
        "Keliru.",
        city.clock.forward(hours=1),
    )
    assert "deleted-entry" not in city.reader().get("/atom.xml").text
    assert "deleted-entry" in city.site().get("/atom.xml").text
    assert "deleted-entry" not in city.site("gerabah").get("/atom.xml").text


def test_the_name_of_a_pewarta_is_shown_by_choice_only(city: City) -> None:
    article = city.accept(city.publish())
    path, page = f"/berita/{article.slug}", "/pewarta/nukus-pewarta/"
    assert "nukus_pewarta" not in city.site().get(path).text
    assert city.site().get(page).status_code == 404
    desk = city.desk("nukus_pewarta")
    tag = city.site().get(path).headers["ETag"]
    assert desk.post("/akun/nama", {"tampil": "y"}).status_code == 303
    assert city.site().get(path).headers["ETag"] != tag
    assert f'<a href="{page}">nukus_pewarta</a>' in city.site().get(path).text
    assert article.slug in city.site().get(page).text
    assert json_feed(city)["items"][0]["authors"][0]["name"] == "nukus_pewarta"
    assert city.site("gerabah").get(page).status_code == 404
    assert desk.post("/akun/nama", {}).status_code == 303
    assert city.site().get(page).status_code == 404
    assert "nukus_pewarta" not in city.site().get(path).text + city.site().get("/atom.xml").text


def test_an_empty_feed_does_not_change(on_sqlite: City) -> None:
    before = on_sqlite.reader().get("/atom.xml")
    assert not feedparser.parse(before.data).bozo
    on_sqlite.clock.forward(days=3)
    assert on_sqlite.reader().get("/atom.xml").data == before.data
