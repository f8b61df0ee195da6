"""Reads are counted by article and day, and nothing is known of the reader."""

from __future__ import annotations

import csv
import io
import multiprocessing
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from kimcms.db import db
from kimcms.domain.clock import DAY, day_of, utcnow
from kimcms.models.article import Article
from kimcms.models.reads import ArticleReads
from kimcms.queries import reads as shelf
from kimcms.services import publishing, reads
from kimcms.web.reads import MOST_EACH, WRITTEN_EVERY, install
from tests.world import City

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"


def read(city: City, article: Article, *, slug: str = "nukus", by: str = "1", **more: str) -> int:
    headers = {"User-Agent": more.get("agent", f"{PHONE} {by}")}
    answer = city.site(slug).call("POST", f"/dibaca/{article.id}", headers=headers)
    assert "Set-Cookie" not in answer.headers
    return int(answer.status_code)


def written(city: City) -> list[tuple[int, int]]:
    city.app.extensions["kimcms.reads"].flush()
    db.session.rollback()  # what this session began to read is from before
    rows = sa.select(ArticleReads.article_id, ArticleReads.count).order_by(ArticleReads.article_id)
    return [tuple(row) for row in db.session.execute(rows)]


@pytest.fixture(autouse=True)
def nothing_gathered(city: City) -> None:
    """The app outlives a test; what it knows of readers does not."""
    tally = city.app.extensions["kimcms.reads"]
    tally._counts.clear()
    tally._forget(city.now)
    tally._written_at = city.now


def test_reads_are_summed_up_by_article(city: City) -> None:
    one, two = city.publish(), city.publish(title="Pasar pagi pindah")
    for by in ("1", "2", "3"):
        assert read(city, one, by=by) == 204
    assert read(city, two) == 204
    assert read(city, one, by="1") == 204  # a reload
    assert written(city) == [(one.id, 3), (two.id, 1)]
    city.clock.forward(hours=1)
    read(city, one, by="1")
    assert written(city) == [(one.id, 4), (two.id, 1)]


def test_only_what_readers_see_of_this_host_counts(city: City) -> None:
    public, draft = city.publish(), city.write(title="Belum terbit")
    for article, slug in ((draft, "nukus"), (public, "gerabah")):
        assert read(city, article, slug=slug) == 204
    assert written(city) == []
    publishing.unpublish(city.actor("nukus_editor"), public, city.now)
    read(city, public)
    assert written(city) == []


@pytest.mark.parametrize("agent", ["", "Googlebot/2.1", "WhatsApp link preview", "curl/8"])
def test_machines_are_left_out(city: City, agent: str) -> None:
    assert read(city, city.publish(), agent=agent) == 204
    assert written(city) == []


def test_one_address_cannot_drive_the_figure_up(city: City) -> None:
    article = city.publish()
    for n in range(MOST_EACH + 20):
        read(city, article, by=str(n))
    assert written(city) == [(article.id, MOST_EACH)]


def test_reads_are_written_in_batches_and_kept_while_the_database_is_away(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = city.publish()
    tally = city.app.extensions["kimcms.reads"]
    usual, batches = tally._write, []
    monkeypatch.setattr(tally, "_write", batches.append)
    for by in "12345":
        read(city, article, by=by)
    assert batches == []
    city.clock.now += WRITTEN_EVERY
    read(city, article, by="6")
    assert [sum(batch.values()) for batch in batches] == [6]

    def away(_counts: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr(tally, "_write", away)
    city.clock.now += WRITTEN_EVERY
    assert read(city, article, by="7") == 204
    monkeypatch.setattr(tally, "_write", usual)
    assert written(city) == [(article.id, 1)]


def test_one_network_cannot_either(city: City) -> None:
    article = city.publish()
    tally = city.app.extensions["kimcms.reads"]
    for n in range(MOST_EACH + 20):
        tally.add(article.kim_id, article.id, f"2001:db8::{n:x}", PHONE)
    tally.add(article.kim_id, article.id, "2001:db8:0:1::1", PHONE)
    assert written(city) == [(article.id, MOST_EACH + 1)]


def a_worker(file: Path) -> None:
    """A process that counts two reads, the second of them after a batch, and ends."""
    app = Flask("worker")
    install(app, utcnow)
    tally = app.extensions["kimcms.reads"]

    def write(counts: dict[object, int]) -> None:
        with file.open("a") as out:
            out.write(f"{sum(counts.values())}\n")

    tally._write = write
    for n in range(2):
        tally.add(1, 1, f"203.0.113.{n}", PHONE)


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_process_that_ends_writes_what_it_has(tmp_path: Path, start: str) -> None:
    file = tmp_path / "batches"
    process = multiprocessing.get_context(start).Process(target=a_worker, args=(file,))  # type: ignore[attr-defined]
    process.start()
    process.join(60)
    assert process.exitcode == 0
    assert file.read_text().split() == ["1", "1"]


@pytest.mark.parametrize("path", ["/dibaca/x", "/dibaca/-1", f"/dibaca/{10**30}", "/dibaca/"])
def test_junk(city: City, path: str) -> None:
    headers = {"User-Agent": PHONE}
    assert city.site().call("POST", path, headers=headers).status_code == 404
    assert city.site().call("GET", "/dibaca/1", headers=headers).status_code == 405
    assert city.reader().call("POST", "/dibaca/1", headers=headers).status_code == 404


def test_counting_touches_no_page(city: City) -> None:
    article = city.publish()
    path = f"/berita/{article.slug}"
    tag = city.site().get(path).headers["ETag"]
    read(city, article)
    assert written(city) == [(article.id, 1)]
    assert city.site().get(path, headers={"If-None-Match": tag}).status_code == 304
    assert f'data-read="{article.id}"' in city.site().get(path).text


def test_who_sees_the_figures(city: City) -> None:
    article = city.publish(title="=2+2 kabar")
    reads.add({(article.kim_id, article.id, day_of(city.now)): 12}, city.now)
    reads.add({(article.kim_id, article.id, day_of(city.now) - DAY): 5}, city.now)
    for name in ("nukus_pewarta", "nukus_head", "moderator", "diskominfo"):
        page = city.desk(name).get("/k/nukus/statistik").text
        assert "<b>17</b>" in page, name
        assert "=2+2 kabar" in page
    assert "<b>17</b>" in city.desk("moderator").get("/statistik/").text
    assert city.desk("nukus_head").get("/statistik/").status_code == 403
    assert (
        "Belum ada artikel yang dibaca"
        in city.desk("gerabah_head").get("/k/gerabah/statistik").text
    )
    file = city.desk("nukus_head").get("/k/nukus/statistik.csv")
    rows = list(csv.reader(io.StringIO(file.text.lstrip("\ufeff"))))
    assert rows[1:] == [
        [day_of(city.now).isoformat(), "'=2+2 kabar", "12"],
        [(day_of(city.now) - DAY).isoformat(), "'=2+2 kabar", "5"],
    ]
    assert city.desk("nukus_head").get("/statistik.csv").status_code == 403
    file = city.desk("diskominfo").get("/statistik.csv")
    rows = list(csv.reader(io.StringIO(file.text.lstrip("\ufeff"))))
    assert [row[0::2] for row in rows[1:]] == [
        [day_of(city.now).isoformat(), "12"],
        [(day_of(city.now) - DAY).isoformat(), "5"],
    ]
    assert "Nukus" in rows[1][1]


def test_figures_need_a_fixed_number_of_queries(city: City) -> None:
    for n in range(3):
        article = city.publish(title=f"Kabar {n}")
        reads.add({(article.kim_id, article.id, day_of(city.now)): n + 1}, city.now)
    with city.counting() as seen:
        found = shelf.statistics(None, city.now)
    assert len([statement for statement in seen if "SELECT" in statement]) == 2
    assert [read.count for read in found.top] == [3, 2, 1]
    assert (found.total, found.week) == (6, 6)


def test_old_days_are_summed_up_by_month(city: City) -> None:
    article = city.publish()
    today = day_of(city.now)
    for days in (1, 2, 3, 470, 471, 472):
        reads.add({(article.kim_id, article.id, today - days * DAY): 10}, city.now)
    assert reads.fold(city.now) == 1
    rows = db.session.execute(sa.select(ArticleReads.day, ArticleReads.count)).tuples().all()
    month = (today - 470 * DAY).replace(day=1)
    assert sorted(rows) == [(month, 30), *[(today - n * DAY, 10) for n in (3, 2, 1)]]
    assert reads.fold(city.now) == 0
