"""Corrections: who may write them, and that readers find them in every place at once."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import feedparser
import jsonschema
import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.corrections import WORDS_LONGEST, Kind
from kimcms.domain.refusal import Refused
from kimcms.domain.workflow import FeedState, Withdrawal
from kimcms.models.article import Article
from kimcms.models.correction import Correction
from kimcms.models.event import Event
from kimcms.services import articles, corrections, publishing
from kimcms.services.articles import Edit
from kimcms.services.corrections import Words
from tests.world import City

SAID = Words(Kind.RALAT, "Lima puluh warga hadir", "Empat puluh warga hadir")
COMMENTS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "required": ["@type", "text", "datePublished"],
        "properties": {
            "@type": {"const": "CorrectionComment"},
            "text": {"type": "string", "minLength": 10},
            "datePublished": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT.*\+07:00$"},
        },
    },
}


def accepted(city: City, author: str = "nukus_pewarta", **draft: Any) -> Article:
    article = city.publish(author, **draft)
    city.accept(article)
    city.clock.forward(minutes=5)
    return article


def corrected(city: City, article: Article, words: Words = SAID) -> Correction:
    return corrections.add(city.actor("nukus_editor"), article, words, city.now)


def news(page: str) -> Any:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])[0]


def refused(code: str, city: City, article: Article, words: Words = SAID) -> None:
    with pytest.raises(Refused, match=code):
        corrected(city, article, words)


def test_it_stands_in_every_place_in_the_next_request(city: City) -> None:
    article = accepted(city)
    page, mark = f"/berita/{article.slug}", "Empat puluh warga hadir"
    places = [(city.site(), path) for path in (page, "/ralat/", "/rss.xml", "/atom.xml")]
    places += [(city.reader(), path) for path in ("/ralat/", "/rss.xml", "/feed.json")]
    before = [visit.get(path) for visit, path in places]
    assert not any(mark in answer.text for answer in before)
    corrected(city, article)
    for (visit, path), old in zip(places, before, strict=True):
        now = visit.get(path, headers={"If-None-Match": old.headers["ETag"]})
        assert now.status_code == 200, path
        assert mark in now.text, path
    data = news(city.site().get(page).text)
    jsonschema.validate(data["correction"], COMMENTS)
    at = city.now.astimezone(dt.timezone(dt.timedelta(hours=7))).isoformat(timespec="seconds")
    assert data["correction"][0]["datePublished"] == data["dateModified"] == at
    assert f"{city.now:%Y-%m-%dT%H:%M}" in city.site().get("/sitemap-0.xml").text
    feed = feedparser.parse(city.site().get("/atom.xml").data)
    assert not feed.bozo
    assert feed.entries[0].updated == at
    assert feed.entries[0].summary.startswith("Ralat. Sebelumnya: Lima puluh warga hadir.")
    assert article.feed_state is FeedState.ACCEPTED


def test_it_goes_with_its_article(city: City) -> None:
    article = accepted(city)
    corrected(city, article)
    publishing.unpublish(city.actor("nukus_editor"), article, city.now)
    for visit in (city.reader(), city.site()):
        assert "Empat puluh" not in visit.get("/ralat/").text


def test_what_stands_on_the_site_alone_is_not_on_the_portal(city: City) -> None:
    article = city.publish(title="Belum diterima")
    city.clock.forward(minutes=5)
    corrected(city, article)
    assert "Belum diterima" in city.site().get("/ralat/").text
    assert "Belum diterima" not in city.reader().get("/ralat/").text
    assert "Belum diterima" not in city.site("gerabah").get("/ralat/").text


@pytest.mark.parametrize(("why", "named"), [(Withdrawal.FALSE, True), (Withdrawal.CHILD, False)])
def test_withdrawals_are_listed_and_name_nobody_who_is_protected(
    city: City, why: Withdrawal, named: bool
) -> None:
    article = accepted(city, title="Judul yang dicabut")
    corrected(city, article)
    publishing.withdraw(city.actor("nukus_editor"), article, why, "Kami menyesal.", city.now)
    for visit in (city.reader(), city.site()):
        text = visit.get("/ralat/").text
        assert "Kami menyesal." in text
        assert ("Judul yang dicabut" in text) is named
        assert (article.slug in text) is named
        assert "Empat puluh" not in text


def test_pages_neither_repeat_nor_skip(city: City) -> None:
    """A correction and a withdrawal of one instant stand on either side of the page's end."""
    editor = city.actor("nukus_editor")
    for number in range(14):
        article, gone = (accepted(city, title=f"Kabar {number} {n}") for n in range(2))
        corrected(city, article, Words(Kind.KOREKSI, f"salah-{number}x", "benar"))
        if number < 13:  # the newest stands alone
            publishing.withdraw(editor, gone, Withdrawal.FALSE, f"sebab-{number}x", city.now)
    for visit in (city.reader(), city.site()):
        path, seen = "/ralat/", []
        for _ in range(2):
            text = visit.get(path).text
            seen += re.findall(r"(?:salah|sebab)-\d+x", text)
            later = re.search(r'href="\?(sesudah=[^"]+)"', text)
            path = f"/ralat/?{later[1]}" if later else ""
        assert not path
        assert len(seen) == len(set(seen)) == 27
    assert city.reader().get("/ralat/?sesudah=x").status_code == 404


def test_a_changed_text_carries_it(city: City) -> None:
    article = accepted(city)
    edit = Edit(city.draft(title="Judul yang benar"), article.newest_revision_id)
    articles.save(city.actor("nukus_editor"), article, edit, city.now)
    desk = city.desk("nukus_editor")
    path = f"/k/nukus/berita/{article.id}/terbit"
    typed = {"revisi": article.newest_revision_id, "jenis": "klarifikasi", "keliru": "Tak jelas"}
    answer = desk.post(path, typed)
    assert answer.status_code == 422
    assert "Tak jelas" in answer.text
    assert desk.post(path, typed | {"benar": "Sudah jelas"}).status_code == 303
    text = city.site().get(f"/berita/{article.slug}").text
    assert "Judul yang benar" in text
    assert "Klarifikasi" in text
    assert "Sudah jelas" in text
    assert db.session.scalar(sa.select(Correction.revision_id)) == typed["revisi"]


def test_the_form_keeps_the_text_and_asks_to_confirm(city: City) -> None:
    article = accepted(city)
    desk, path = city.desk("nukus_head"), f"/k/nukus/berita/{article.id}/ralat"
    typed = {"jenis": "ralat", "keliru": "Yang <b>keliru</b>", "benar": "Yang betul"}
    answer = desk.post(path, typed)
    assert answer.status_code == 422
    assert "Yang &lt;b&gt;keliru&lt;/b&gt;" in answer.text
    assert city.site().get("/ralat/").text.count("Yang betul") == 0
    for _ in range(2):  # a double click
        assert desk.post(path, typed | {"yakin": "y"}).status_code == 303
    assert city.site().get("/ralat/").text.count("Yang betul") == 1
    assert "<b>keliru" not in city.site().get("/ralat/").text
    events = db.session.scalars(sa.select(Event).where(Event.verb == "article.correct")).all()
    assert [event.after["kind"] for event in events] == ["ralat"]
    assert "Yang betul" not in json.dumps([event.after for event in events])
    assert "membetulkan" in desk.get(f"/k/nukus/berita/{article.id}").text


def test_only_what_readers_have_seen(city: City) -> None:
    refused("correction_unseen", city, city.write())
    refused("correction_unseen", city, city.publish(at=city.now + dt.timedelta(hours=1)))
    article = accepted(city)
    refused("correction_empty", city, article, Words(Kind.RALAT, " \u200b", "x"))
    made = corrected(city, article, Words(Kind.RALAT, "a" * 900, "b\0c"))
    assert (len(made.mistake), made.correct) == (WORDS_LONGEST, "bc")
    with pytest.raises(Refused, match="not_allowed"):
        corrections.add(city.actor("nukus_pewarta"), article, SAID, city.now)
    publishing.withdraw(city.actor("nukus_editor"), article, Withdrawal.FALSE, "x", city.now)
    refused("correction_unseen", city, article)
    desk, path = city.desk("nukus_editor"), f"/k/nukus/berita/{article.id}/ralat"
    typed = {"jenis": "ralat", "keliru": "a", "benar": "b", "yakin": "y"}
    answer = desk.post(path, typed)
    assert (answer.status_code, "sedang tampil" in answer.text) == (409, True)
