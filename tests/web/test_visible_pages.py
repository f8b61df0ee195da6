"""Whatever happens to articles and KIMs, in whatever order: every page, feed, sitemap and search
result shows what the one predicate says, in two workers with the page cache on."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kimcms.db import db
from kimcms.domain import visibility
from kimcms.domain.refusal import Refused
from kimcms.domain.review import Reason, Why
from kimcms.domain.workflow import Exposure, Withdrawal
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.services import articles, publishing, register, review
from kimcms.services.articles import Edit
from kimcms.services.unit import atomic
from tests.conftest import Stage
from tests.instances import Answer, Process, Worker
from tests.lengths import on_postgres_later
from tests.world import City

ON_TIME = 10.0  # seconds after which a worker that did not hear of a change counts as deaf
MOST = 8  # articles: every list shows all of them
TITLE = re.compile(r"Kabar xq(\d+)v(\d+)x")
SLUG = re.compile(r"kabar-xq(\d+)v")
MONTH = "/arsip/2026/11/"
LISTS = ("/", "/rss.xml", "/atom.xml", "/feed.json", "/topik/kegiatan/", MONTH)
SEARCH = "/cari?q=kabar"
PLACES = ("/kelurahan/sukun/", "/kecamatan/sukun/")
MAPS = ("/sitemap-berita.xml",)
SITES = {"nukus": "nukus.localhost", "gerabah": "gerabah.localhost"}

Titles = set[tuple[int, int]]


@dataclass
class Play:
    """One city and what was written in it: the number in a title is the article's, the other one
    its version."""

    city: City
    written: list[int] = field(default_factory=list)

    def article(self, which: int) -> Article:
        if not self.written:
            self.publish(which)
        found = db.session.get(Article, self.written[which % len(self.written)])
        assert found
        return found

    def editor(self, article: Article) -> Any:
        return self.city.actor(f"{article.kim.slug}_editor")

    def publish(self, which: int, **at: Any) -> None:
        if len(self.written) >= MOST:
            return
        author = ("nukus_pewarta", "gerabah_pewarta")[which % 2]
        self.written.append(
            self.city.publish(author, title=f"Kabar xq{len(self.written)}v0x", **at).id
        )

    def schedule(self, which: int) -> None:
        self.publish(which, at=self.city.now + dt.timedelta(minutes=1 + which))

    def edit(self, which: int) -> None:
        article = self.article(which)
        number = self.written.index(article.id)
        version = db.session.scalar(
            sa.select(sa.func.count()).where(Revision.article_id == article.id)
        )
        draft = self.city.draft(title=f"Kabar xq{number}v{version}x")
        edit = Edit(draft, base_revision_id=article.newest_revision_id)
        articles.save(self.editor(article), article, edit, self.city.now)
        publishing.publish(self.editor(article), article, self.city.now)

    def withdraw(self, which: int) -> None:
        article = self.article(which)
        why = Withdrawal.FALSE
        publishing.withdraw(self.editor(article), article, why, "Keliru.", self.city.now)

    def unpublish(self, which: int) -> None:
        article = self.article(which)
        publishing.unpublish(self.editor(article), article, self.city.now)

    def publish_again(self, which: int) -> None:
        article = self.article(which)
        publishing.publish(self.editor(article), article, self.city.now)

    def restore(self, which: int) -> None:
        moderator = self.city.actor("moderator")
        publishing.restore(moderator, self.article(which), self.city.now)

    def accept(self, which: int) -> None:
        self.city.accept(self.article(which))

    def decline(self, which: int) -> None:
        article = self.article(which)
        assert article.live_revision_id
        moderator, read = self.city.actor("moderator"), article.live_revision_id
        review.decline(moderator, article, read, Why(Reason.OTHER, "Belum layak."), self.city.now)

    def hide(self, which: int) -> None:
        article = self.article(which)
        with atomic("city", self.city.now) as unit:
            article.hidden_until = self.city.now + dt.timedelta(minutes=1 + which)
            unit.record(self.city.actor("moderator"), "hide", article)

    def suspend(self, which: int) -> None:
        kim = self.city.kim(("nukus", "gerabah")[which % 2])
        register.suspend(self.city.actor("diskominfo"), kim, "Bubar.", self.city.now)

    def resume(self, which: int) -> None:
        kim = self.city.kim(("nukus", "gerabah")[which % 2])
        register.resume(self.city.actor("diskominfo"), kim, "Ada lagi.", self.city.now)

    def wait(self, which: int) -> None:
        self.city.clock.forward(minutes=which)


VERBS = (
    *("publish", "publish", "schedule", "edit", "withdraw", "unpublish", "publish_again"),
    *("restore", "accept", "accept", "decline", "hide", "suspend", "resume", "wait"),
)
steps = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, MOST - 1)), min_size=3, max_size=9
)
EVERYTHING = [
    *(("publish", 0), ("accept", 0), ("publish", 1), ("edit", 0), ("schedule", 2), ("accept", 1)),
    *(("hide", 1), ("wait", 2), ("wait", 1), ("withdraw", 0), ("restore", 0), ("decline", 2)),
    *(("suspend", 0), ("publish", 3), ("resume", 0), ("unpublish", 3), ("publish_again", 3)),
]


@dataclass(frozen=True)
class Truth:
    """What the predicate says now."""

    site: dict[str, Titles | None]  # None where the subsite is closed
    feed: Titles
    pages: dict[tuple[str, str], int]  # the status of each article's address

    @classmethod
    def of(cls, play: Play) -> Truth:
        now = play.city.now
        site: dict[str, Titles | None] = {}
        for slug in SITES:
            site[slug] = set() if play.city.kim(slug).is_open else None
        feed: Titles = set()
        statuses = {}
        live = (
            sa.select(Article, Revision.title, Kim)
            .select_from(Article)
            .join(Kim, Kim.id == Article.kim_id)
            .join(Revision, Revision.id == Article.live_revision_id)
        )
        for article, title, kim in db.session.execute(live):
            number, version = map(int, TITLE.findall(title)[0])
            if visibility.is_public(article, kim.is_open, now):
                shown = site[kim.slug]
                assert shown is not None
                shown.add((number, version))
                status = 200
            else:
                gone = article.exposure is Exposure.WITHDRAWN and kim.is_open
                status = 410 if gone else 404
            if visibility.in_feed(article, kim.is_open, now):
                feed.add((number, version))
            statuses[SITES[kim.slug], f"/berita/{article.slug}"] = status
        db.session.rollback()
        return cls(site, feed, statuses)

    def faults(self, get: Callable[[str, str], Answer]) -> Iterator[tuple[str, str, Any, Any]]:
        """Where pages say something else: host, path, what they show, what they should."""
        hosts: list[tuple[str, Titles | None]] = [("localhost", self.feed)]
        hosts += [(host, self.site[slug]) for slug, host in SITES.items()]
        for host, shown in hosts:
            for path in (*LISTS, SEARCH):
                answer = get(host, path)
                found = titles(answer.text) if answer.status == 200 else None
                wanted = shown or None if path == MONTH else shown  # an empty month is no page
                if found != wanted:
                    yield host, path, found, wanted
            for path in MAPS:
                answer = get(host, path)
                numbers = set(SLUG.findall(answer.text)) if answer.status == 200 else None
                listed = None if shown is None else {str(number) for number, _ in shown}
                if numbers != listed:
                    yield host, path, numbers, listed
        for path in PLACES:
            found, ours = titles(get("localhost", path).text), self.site["nukus"] or set()
            if found != self.feed & ours:
                yield "localhost", path, found, self.feed & ours
        for (host, path), status in self.pages.items():
            answer = get(host, path)
            everything = set().union(*(shown or set() for shown in self.site.values()))
            if answer.status != status or (status == 200 and not titles(answer.text) <= everything):
                yield host, path, answer.status, status


def titles(text: str) -> Titles:
    plain = re.sub(r"</?mark[^>]*>", "", text)
    return {(int(number), int(version)) for number, version in TITLE.findall(plain)}


def play(stage: Stage, other: Any, happened: list[tuple[str, int]]) -> None:
    db.session.remove()
    other.close()
    city = stage.reset()
    game = Play(city)
    here = Worker(city, city.app)
    for verb, which in happened:
        with suppress(Refused):  # not every move is allowed from everywhere
            getattr(game, verb)(which)
        db.session.rollback()
        truth = Truth.of(game)
        assert list(truth.faults(here.get)) == [], (verb, which)
        until = time.monotonic() + (ON_TIME if stage.kind == "postgresql" else 0)
        while (faults := list(truth.faults(other.get))) and time.monotonic() < until:
            time.sleep(0.005)
        assert faults == [], (verb, which)


@on_postgres_later
@settings(max_examples=1, suppress_health_check=list(HealthCheck))
@given(steps)
@example(EVERYTHING)
def test_pages_show_what_the_predicate_says(
    city: City, stages: dict[str, Stage], happened: list[tuple[str, int]]
) -> None:
    other = Worker(city)
    try:
        play(stages[city.database], other, happened)
    finally:
        other.close()


@pytest.mark.long
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
@given(steps)
@example(EVERYTHING)
def test_in_two_processes(
    city: City, stages: dict[str, Stage], happened: list[tuple[str, int]]
) -> None:
    other = Process(city)
    try:
        play(stages[city.database], other, happened)
    finally:
        other.close()
