"""A change is seen in the next request: in the worker that made it and in others, with the page
cache on. Held against a worker without a cache, page by page."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.visibility import NEWS_LASTS
from kimcms.domain.workflow import FeedState, Withdrawal
from kimcms.models.article import Article
from kimcms.queries.listening import NAME, PostgresWatch
from kimcms.services import articles, publishing, register
from kimcms.services.articles import Edit
from kimcms.services.unit import atomic
from tests.instances import Answer, Process, Worker
from tests.lengths import on_postgres_later
from tests.web.test_reader_pages import filled, is_kept, pages
from tests.world import City

ON_TIME = 10.0  # seconds after which a worker that did not hear of a change counts as deaf
on_postgresql = pytest.mark.parametrize("city", ["postgresql"], indirect=True)
Make = Callable[..., Any]


@pytest.fixture
def beside(city: City) -> Iterator[Make]:
    """Other workers over the same database."""
    made: list[Any] = []

    def make(kind: type[Any] = Worker, **more: str) -> Any:
        made.append(kind(city, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def everything(city: City, article: Article) -> list[tuple[str, str]]:
    """Every reader page, files apart; the English twins have the same views."""
    return [page for page in pages(city, article) if is_kept(page[1]) and page[1][:4] != "/en/"]


def soon(city: City, get: Callable[[], Answer], wanted: Callable[[Answer], bool]) -> Answer:
    """On SQLite the very next answer; on PostgreSQL another worker is told within milliseconds,
    which a busy machine may stretch."""
    until = time.monotonic() + (ON_TIME if city.database == "postgresql" else 0)
    while not wanted(found := get()) and time.monotonic() < until:
        time.sleep(0.005)
    return found


class Story:
    """What happens to a city, one thing after the other. Each is seen on some page."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.first = filled(city, 2)
        self.second = city.accept(city.publish(title="Kabar kedua"))
        self.third = city.accept(city.publish(title="Kabar ketiga"))
        self.editor = city.actor("nukus_editor")
        self.diskominfo = city.actor("diskominfo")

    def publish(self) -> None:
        self.city.accept(self.city.publish(title="Baru saja"))

    def correct(self) -> None:
        draft = self.city.draft(title="Judul yang dibetulkan")
        edit = Edit(draft, base_revision_id=self.first.newest_revision_id)
        articles.save(self.editor, self.first, edit, self.city.now)
        publishing.publish(self.editor, self.first, self.city.now)

    def hide(self) -> None:
        hide(self.city, self.third)

    def withdraw(self) -> None:
        why = Withdrawal.PRIVACY
        publishing.withdraw(self.editor, self.first, why, "Memuat alamat.", self.city.now)

    def restore(self) -> None:
        publishing.restore(self.city.actor("moderator"), self.first, self.city.now)

    def unpublish(self) -> None:
        publishing.unpublish(self.editor, self.second, self.city.now)

    def describe(self) -> None:
        kim, now = self.city.kim(), self.city.now
        register.describe(self.diskominfo, kim, now, name="KIM Lain", founded_on=None)

    def suspend(self) -> None:
        register.suspend(self.diskominfo, self.city.kim(), "Pengurus bubar.", self.city.now)

    def resume(self) -> None:
        register.resume(self.diskominfo, self.city.kim(), "Ada lagi.", self.city.now)

    def rename(self) -> None:
        register.change_slug(self.diskominfo, self.city.kim(), "nukusbaru", "Nama.", self.city.now)

    def close(self) -> None:
        kim = self.city.kim("nukusbaru")
        register.close(self.diskominfo, kim, "nukusbaru", "Bubar.", self.city.now)


STORY = (
    *("publish", "correct", "hide", "withdraw", "restore", "unpublish"),
    *("describe", "suspend", "resume", "rename", "close"),
)


def hide(city: City, article: Article) -> None:
    with atomic("city", city.now) as unit:
        article.hidden_until = city.now + dt.timedelta(hours=24)
        unit.record(city.actor("moderator"), "hide", article)


@on_postgres_later
def test_a_change_is_seen_by_the_next_reader_of_every_worker(city: City, beside: Make) -> None:
    story = Story(city)
    other, bare = beside(), beside(KIMCMS_CACHE_MB="0")
    asked = everything(city, story.first)
    for page in asked:
        city.reader(page[0]).get(page[1])
        other.get(*page)
    before = {page: bare.get(*page).shape for page in asked}
    for name in STORY:
        getattr(story, name)()
        moved = 0
        for page in asked:
            here = city.reader(page[0]).get(page[1])  # at once: its own commit needs no telling
            truth = bare.get(*page).shape
            moved += truth != before[page]
            before[page] = truth
            assert (here.status_code, here.text) == (truth[0], truth[2]), (name, page)
            there = soon(city, lambda p=page: other.get(*p), lambda a, t=truth: a.shape == t)
            assert there.shape == truth, (name, page)
        assert moved > 4, name
    good = [page for page in asked if before[page][0] == 200]
    assert len(good) > 10
    assert all(other.get(*page).hit for page in good)


def test_another_process_sees_it_too(city: City, beside: Make) -> None:
    article = filled(city, 1)
    other = beside(Process)
    title = article.newest.title if article.newest else ""
    home = ("nukus.localhost", "/")
    assert title in other.get(*home).text
    assert other.get(*home).hit
    city.publish(title="Dari proses lain")
    seen = soon(city, lambda: other.get(*home), lambda a: "Dari proses lain" in a.text)
    assert "Dari proses lain" in seen.text
    publishing.withdraw(city.actor("nukus_editor"), article, Withdrawal.FALSE, "Keliru.", city.now)
    gone = ("nukus.localhost", f"/berita/{article.slug}")
    assert soon(city, lambda: other.get(*gone), lambda a: a.status == 410).status == 410
    assert f'href="/berita/{article.slug}"' not in other.get(*home).text
    assert other.get("gerabah.localhost", "/").status == 200
    assert other.get("gerabah.localhost", "/").hit


def test_time_alone_brings_and_takes(city: City, beside: Make) -> None:
    """A scheduled item comes at its second, a hide ends, and news leave their map: by the clock,
    without anybody's request."""
    filled(city, 1)
    other = beside()
    second = dt.timedelta(seconds=1)
    hour = city.now + dt.timedelta(hours=1)
    scheduled = city.publish(title="Kabar terjadwal", at=hour)
    with atomic("city", city.now) as unit:  # as of a KIM under review-after
        scheduled.feed_state = FeedState.ACCEPTED
        unit.record(city.actor("moderator"), "accept", scheduled)
    hidden = city.accept(city.publish(title="Kabar tersembunyi"))
    hide(city, hidden)
    end = city.now + dt.timedelta(hours=24)
    for at, title, path, shown in (
        (hour - second, "Kabar terjadwal", "/", False),
        (hour, "Kabar terjadwal", "/", True),
        (end - second, "Kabar tersembunyi", "/", False),
        (end, "Kabar tersembunyi", "/", True),
        (hour + NEWS_LASTS - second, "Kabar terjadwal", "/sitemap-berita.xml", True),
        (hour + NEWS_LASTS, "Kabar terjadwal", "/sitemap-berita.xml", False),
    ):
        city.clock.now = at
        for host in ("nukus.localhost", "localhost"):
            for _ in range(2):  # it is kept until the next instant
                assert (title in city.reader(host).get(path).text) is shown, (at, host)
                assert (title in other.get(host, path).text) is shown, (at, host)


def test_nothing_else_is_rendered_again(city: City) -> None:
    """A change of one KIM leaves the other's pages in memory."""
    filled(city, 1)
    own = city.app.extensions["pagecache"]
    city.site("gerabah").get("/")
    city.accept(city.publish(title="Dari tetangga"))
    before = own.tally.renders
    city.site("gerabah").get("/")
    assert own.tally.renders == before


def listener(watch: PostgresWatch) -> int:
    """The backend of the listener that believes its memory, once it does."""
    until = time.monotonic() + ON_TIME
    while time.monotonic() < until and not watch.trusts:
        watch.values(("look",))
        time.sleep(0.01)
    assert watch.trusts
    found = db.session.scalar(
        sa.text(
            "SELECT max(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND application_name = :name"
        ),
        {"name": NAME},
    )
    db.session.rollback()
    return int(found)


@on_postgresql
def test_the_memory_answers_while_it_listens(city: City) -> None:
    filled(city, 1)
    city.reader().get("/")
    assert listener(city.app.extensions["pagecache"].watch)
    city.reader().get("/")
    with city.counting() as seen:
        assert city.reader().get("/").status_code == 200
    assert seen == []


@on_postgresql
def test_a_worker_does_not_wait_for_its_own_word(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its next request sees its change, however late the notification comes back."""
    filled(city, 1)
    city.reader().get("/")
    watch = city.app.extensions["pagecache"].watch
    assert listener(watch)
    told = watch.told

    def late(counters: dict[str, int]) -> None:
        if threading.current_thread() is not watch._listener:
            told(counters)

    monkeypatch.setattr(watch, "told", late)
    for number in range(3):
        assert city.reader().get("/").status_code == 200
        assert watch.trusts
        city.accept(city.publish(title=f"Kabar sendiri {number}"))
        assert f"Kabar sendiri {number}" in city.reader().get("/").text


@on_postgresql
def test_a_listener_that_is_gone_is_not_believed(
    city: City, beside: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table is asked until a new one listens, and what it missed is not missing."""
    filled(city, 1)
    other = beside()
    other.get("localhost", "/")
    watch = other.app.extensions["pagecache"].watch
    pid = listener(watch)

    def away() -> Any:
        raise psycopg.OperationalError("away")

    monkeypatch.setattr(watch._listener, "_connect", away)
    db.session.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
    db.session.rollback()
    until = time.monotonic() + ON_TIME
    while watch.trusts and time.monotonic() < until:
        time.sleep(0.001)
    assert not watch.trusts
    for number in range(5):
        title = f"Tanpa pendengar {number}"
        city.accept(city.publish(title=title))
        assert title in other.get("localhost", "/").text
        assert other.get("localhost", "/").hit  # kept all the same
    monkeypatch.undo()
    assert listener(watch) != pid
    assert other.get("localhost", "/").hit
