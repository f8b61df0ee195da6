"""The search of readers, over HTTP: what it finds, never finds, and how it answers junk."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.models.search import SearchEntry
from kimcms.services import articles, bulk, publishing, search
from kimcms.services.articles import Edit
from kimcms.services.unit import atomic
from tests.lengths import on_postgres_later
from tests.world import City

HEADLINE = re.compile(r'<h2><a href="[^"]*">(.*?)</a></h2>')


def titles(city: City, path: str, host: str = "localhost") -> list[str]:
    answer = city.reader(host).get(path)
    assert answer.status_code == 200, answer.text
    return [re.sub("</?mark>", "", found) for found in HEADLINE.findall(answer.text)]


def spread(city: City, *names: str, author: str = "nukus_pewarta", **more: Any) -> list[Article]:
    """Accepted items with these titles, five minutes apart."""
    made = []
    for name in names:
        made.append(city.accept(city.publish(author, title=name, **more)))
        city.clock.forward(minutes=5)
    return made


def test_other_forms_of_a_word_are_found_newest_first(city: City) -> None:
    spread(city, "Lomba menulis cerita", "Tulisan warga dipamerkan", "Posyandu balita")
    assert titles(city, "/cari?q=penulis") == ["Tulisan warga dipamerkan", "Lomba menulis cerita"]


def test_the_last_word_may_be_a_beginning(city: City) -> None:
    spread(city, "Posyandu balita", "Lomba menulis cerita")
    assert titles(city, "/cari?q=posya") == ["Posyandu balita"]
    assert titles(city, "/cari?q=posya+balita") == []


def test_all_words_must_be_there_in_title_lead_or_text(city: City) -> None:
    spread(city, "Posyandu balita", lead="Di Balai RW 04.", body="<p>Imunisasi campak.</p>" * 30)
    assert titles(city, "/cari?q=balita+rw04+campak") == ["Posyandu balita"]
    assert titles(city, "/cari?q=balita+gempa") == []


def test_best_puts_the_title_first(city: City) -> None:
    spread(city, "Gempa kecil terasa")
    spread(city, "Kabar lain", lead="Warga membahas gempa.")
    assert titles(city, "/cari?q=gempa") == ["Kabar lain", "Gempa kecil terasa"]
    assert titles(city, "/cari?q=gempa&urut=cocok") == ["Gempa kecil terasa", "Kabar lain"]


@on_postgres_later
@pytest.mark.parametrize("order", ["", "&urut=cocok"])
def test_pages_neither_repeat_nor_skip(city: City, order: str) -> None:
    names = [f"Posyandu ke{'abcdefghijklmnopqrstuvwxyz'[n]}x" for n in range(25)]
    spread(city, *names)
    first = city.reader().get(f"/cari?q=posyandu{order}").text
    assert "Lebih dari 20 berita" in first
    following = re.search(r'rel="next" href="([^"]*)"', first)
    assert following
    rest = titles(city, "/cari" + following[1].replace("&amp;", "&"))
    seen = titles(city, f"/cari?q=posyandu{order}") + rest
    assert sorted(seen) == sorted(names)
    assert seen == names[::-1]


def test_filters(city: City) -> None:
    spread(city, "Gempa di Sukun", category_id=city.topic("kesehatan"))
    spread(city, "Gempa di Penanggungan", author="gerabah_pewarta")
    for chosen in ("kim=nukus", "kelurahan=sukun", "kecamatan=sukun", "topik=kesehatan"):
        assert titles(city, f"/cari?q=gempa&{chosen}") == ["Gempa di Sukun"], chosen
    assert len(titles(city, "/cari?q=gempa&bulan=2026-11")) == 2
    assert titles(city, "/cari?q=gempa&bulan=2026-10") == []
    assert titles(city, "/cari?q=gempa&kim=nukus&kecamatan=klojen") == []
    for unknown in ("kim=x", "kecamatan=x", "kelurahan=x", "topik=x", "bulan=2026-13"):
        answer = city.reader().get(f"/cari?q=gempa&{unknown}")
        assert answer.status_code == 400, unknown
        assert "tidak dikenal" in answer.text


def test_a_subsite_finds_its_own_only(city: City) -> None:
    city.publish(title="Gempa di Sukun")
    city.publish("gerabah_pewarta", title="Gempa di Penanggungan")
    assert titles(city, "/cari?q=gempa", "nukus.localhost") == ["Gempa di Sukun"]
    assert titles(city, "/cari?q=gempa") == []  # the Forum has not accepted it


def test_found_words_are_marked_and_escaped(city: City) -> None:
    spread(city, "Warga <b>menanam</b> & merawat", body="<p>Bibit ditanam bersama.</p>" * 20)
    text = city.reader().get("/cari?q=tanaman").text
    assert "Warga &lt;b&gt;<mark>menanam</mark>&lt;/b&gt; &amp; merawat" in text
    assert "<mark>ditanam</mark>" in text


def test_a_slip_is_mended_by_public_titles_only(city: City) -> None:
    city.publish(title="Banjir surut di Sukun")
    city.write(title="Rahasia bendungan")
    hidden = city.publish(title="Bendungan jebol", at=city.now + dt.timedelta(days=3))
    assert hidden.exposure == "public"
    assert "q=banjir" in city.site().get("/cari?q=bajnir").text
    assert "maksud" not in city.reader().get("/cari?q=bajnir").text  # not in the feed
    assert "maksud" not in city.site("gerabah").get("/cari?q=bajnir").text
    assert "endungan" not in city.site().get("/cari?q=bendumgan").text.replace("bendumgan", "")
    city.clock.forward(days=4)
    assert "q=bendungan" in city.site().get("/cari?q=bendumgan").text


def test_each_step_of_an_article_is_seen_at_once(city: City) -> None:
    editor, moderator = city.actor("nukus_editor"), city.actor("moderator")
    found = lambda: titles(city, "/cari?q=gempa", "nukus.localhost")  # noqa: E731
    article = city.write(title="Gempa kecil")
    assert found() == []
    publishing.publish(editor, article, city.now)
    assert found() == ["Gempa kecil"]
    city.clock.forward(minutes=1)
    edit = Edit(city.draft(title="Gempa besar"), article.newest_revision_id)
    articles.save(editor, article, edit, city.now)
    assert found() == ["Gempa kecil"]
    publishing.publish(editor, article, city.now)
    assert found() == ["Gempa besar"]
    assert titles(city, "/cari?q=kecil", "nukus.localhost") == []
    publishing.unpublish(editor, article, city.now)
    assert found() == []
    assert db.session.scalar(sa.select(sa.func.count(SearchEntry.place))) == 0
    publishing.publish(editor, article, city.now)
    publishing.withdraw(editor, article, Withdrawal.PRIVACY, "Memuat nama anak.", city.now)
    assert found() == []
    publishing.restore(moderator, article, city.now)
    assert found() == ["Gempa besar"]
    with atomic("city", city.now) as unit:
        article.hidden_until = city.now + dt.timedelta(hours=1)
        unit.record(moderator, "article.hide", article)
    assert found() == []
    city.clock.forward(hours=2)
    assert found() == ["Gempa besar"]


def test_a_moved_hour_moves_its_place(city: City) -> None:
    editor = city.actor("nukus_editor")
    article = city.publish(title="Gempa kedua", at=city.now + dt.timedelta(hours=1))
    publishing.publish(editor, article, city.now, at=city.now + dt.timedelta(hours=5))
    city.clock.forward(hours=2)
    city.publish(title="Gempa pertama")
    assert titles(city, "/cari?q=gempa", "nukus.localhost") == ["Gempa pertama"]
    city.clock.forward(hours=4)
    assert titles(city, "/cari?q=gempa", "nukus.localhost") == ["Gempa kedua", "Gempa pertama"]


def test_a_suspended_kim_is_not_found(city: City) -> None:
    spread(city, "Gempa kecil")
    with atomic("city", city.now) as unit:
        kim = db.session.get_one(Kim, city.cast.kims["nukus"])
        kim.suspended_at = city.now
        unit.record(city.actor("diskominfo"), "kim.suspend", kim)
    assert titles(city, "/cari?q=gempa") == []
    assert "maksud" not in city.reader().get("/cari?q=gmepa").text


JUNK = [
    "", " ", "\x00", '"', "'", "\\", "*", "- OR AND NOT NEAR", "NEAR(a b)", "title:x", "a\" OR \"b",
    "a' | 'b", ":*", "!!", "(((", "^a", "💥", "٣", "a" * 10_000, "kata " * 2_000, "%", "_k1",
    "é" * 300, "１２", "x\ud800y", "ﷺ", "-", "a-b-c", "1e9", "𞤀𞤁",
    "a𞤀b", "ก็", "ា", "0000", "؟", "\u202e gnol", "ß", "İ",
]  # fmt: skip


@pytest.mark.parametrize("order", ["", "&urut=cocok", "&urut=x"])
def test_junk_is_answered_calmly(city: City, order: str) -> None:
    spread(city, "Gempa kecil")
    for host in ("localhost", "nukus.localhost"):
        for junk in JUNK:
            asked = quote(junk, errors="surrogatepass")
            answer = city.reader(host).get(f"/cari?q={asked}{order}")
            assert answer.status_code in {200, 400}, (host, junk[:40], answer.status_code)
    raw = city.reader().get("/cari?q=%ff%fe%00")
    assert raw.status_code in {200, 400}
    for cursor in ("x", "-", "0-0", "fffffffffffff-7fffffffffffffff", "1-ffffffffffffffffff"):
        answer = city.reader().get(f"/cari?q=gempa{order}&sesudah={cursor}")
        assert answer.status_code in {200, 404}, cursor


def test_nothing_asked_shows_the_form_and_the_topics(city: City) -> None:
    for host in ("localhost", "nukus.localhost"):
        text = city.reader(host).get("/cari").text
        assert 'name="q"' in text
        assert "/topik/" in text
        assert 'content="noindex, follow"' in text
    assert 'action="/cari"' in city.site().get("/").text
    assert "/cari" in city.reader().get("/").text


def test_few_queries_whatever_is_asked(city: City) -> None:
    spread(city, *[f"Posyandu bulan {n}" for n in range(22)])
    for host in ("localhost", "nukus.localhost"):
        for asked in (
            "posyandu",
            "posyandu&urut=cocok",
            "posyanud",
            "tidakada",
            "bulan&topik=umkm",
        ):
            with city.counting() as seen:
                assert city.reader(host).get(f"/cari?q={asked}").status_code == 200
            count = sum(statement != "BEGIN" for statement in seen)
            assert count <= 6, (host, asked, count)


def test_a_rebuilt_index_finds_the_same(city: City) -> None:
    spread(city, "Gempa kecil", "Gempa besar")
    gone = city.publish(title="Gempa palsu")
    publishing.unpublish(city.actor("nukus_editor"), gone, city.now)
    before = db.session.execute(sa.select(SearchEntry.place, SearchEntry.body)).all()
    with bulk.bulk(city.now) as unit:
        assert search.rebuild() == 2
        unit.record(city.actor("diskominfo"), "search.rebuild", None)
    assert db.session.execute(sa.select(SearchEntry.place, SearchEntry.body)).all() == before
    assert titles(city, "/cari?q=gempa") == ["Gempa besar", "Gempa kecil"]
