"""How soon readers see a change: from its commit in one process to the answers of two others."""

from __future__ import annotations

import datetime as dt
import http.client
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flask import Flask

from bench.cities import DATABASES, city
from bench.options import Options
from bench.servers import granian
from kimcms.app import create_app
from kimcms.config import Settings
from kimcms.db import db
from kimcms.domain.clock import utcnow
from kimcms.domain.draft import Draft
from kimcms.domain.roles import Role
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.queries import accounts, kims
from kimcms.queries.articles import categories
from kimcms.services import articles, people, publishing, review
from kimcms.services.articles import Edit

HEADING = "From a change to its readers"
ARTICLES = 1_500
GOAL = 50.0  # milliseconds on PostgreSQL; on SQLite the next request
PAGES = ("/", "/rss.xml", "/sitemap-berita.xml", "/cari?q=kabarsegar")
_DEAF = 10.0  # seconds

Seen = Callable[[str], bool]


def report(options: Options) -> Iterator[str]:
    """Two servers keep the pages in memory; a third process changes what they show."""
    yield f"{ARTICLES:,} articles. Pages of a subsite (home, RSS, news sitemap, search) and the"
    yield "portal are asked of two servers that have them in memory, from the commit in another"
    yield "process on, until they show the change; a scheduled item from its second on. Where the"
    yield "first answer was not right yet: the longest time from the commit until it was.\n"
    yield f"| what | answers | right at once | longest wait ms (PostgreSQL's goal {GOAL:.0f}) |"
    yield "| --- | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory(prefix="kimcms-bench-") as folder:
        for database in DATABASES:
            env = city(Path(folder), database, ARTICLES).environ | {"KIMCMS_CACHE_MB": "32"}
            with granian("wsgi:app", env) as one, granian("wsgi:app", env) as two:
                desk = _Desk(create_app(Settings.read(env)), (one.port, two.port))
                for _ in range(options.rounds):
                    desk.round()
                for what, waits in desk.waits.items():
                    right = sum(first for first, _wait in waits)
                    longest = max(wait for _first, wait in waits) * 1000
                    yield f"| {database}, {what} | {len(waits)} | {right} | {longest:.1f} |"


class _Desk:
    """A newsroom that publishes, and readers who watch it."""

    def __init__(self, app: Flask, ports: tuple[int, ...]) -> None:
        self._app, self._ports = app, ports
        self._number = 0
        self.waits: dict[str, list[tuple[bool, float]]] = {}
        passwords = app.extensions["kimcms"].passwords
        with app.app_context():
            self._slug = kims.open_kims()[0].slug
            kim = kims.by_slug(self._slug)
            assert kim
            hired: list[tuple[Role, Any]] = [(Role.EDITOR, kim), (Role.MODERATOR, None)]
            self._people = [
                people.create(
                    role, f"{role}@x.test", role, where, "kata-sandi", passwords, utcnow()
                ).id
                for role, where in hired
            ]
            self._topic = categories()[0].id
            db.session.remove()

    def round(self) -> None:
        """One article from its publication to its withdrawal."""
        with self._app.app_context():
            self._number += 1
            title = f"Kabarsegar nomor {self._number}a"
            article = self._published(title)
            self._watch("published", lambda text: title in text)
            self._accepted(article)
            self._watch("accepted, portal", lambda text: title in text, "localhost", ("/",))
            better = f"Kabarsegar nomor {self._number}b"
            self._corrected(article, better)
            self._watch("corrected", lambda text: better in text and title not in text)
            editor = accounts.actor(self._people[0])
            publishing.withdraw(editor, article, Withdrawal.FALSE, "Keliru.", utcnow())
            self._watch("withdrawn", lambda text: better not in text)
            at = utcnow() + dt.timedelta(seconds=2)
            later = f"Kabarsegar nomor {self._number}c"
            self._published(later, at)
            for port in self._ports:  # kept as they are before its second
                for path in PAGES:
                    assert later not in _get(port, f"{self._slug}.localhost", path)
            time.sleep(max(0.0, (at - utcnow()).total_seconds()))
            self._watch("scheduled", lambda text: later in text)
            db.session.remove()

    def _published(self, title: str, at: dt.datetime | None = None) -> Article:
        editor, kim = accounts.actor(self._people[0]), kims.by_slug(self._slug)
        assert kim
        article = articles.create(editor, kim, Edit(self._draft(title)), utcnow())
        return publishing.publish(editor, article, utcnow(), at=at)

    def _corrected(self, article: Article, title: str) -> None:
        editor = accounts.actor(self._people[0])
        edit = Edit(self._draft(title), base_revision_id=article.newest_revision_id)
        articles.save(editor, article, edit, utcnow())
        publishing.publish(editor, article, utcnow())

    def _accepted(self, article: Article) -> None:
        assert article.live_revision_id
        moderator = accounts.actor(self._people[1])
        review.accept(moderator, article, article.live_revision_id, utcnow())

    def _draft(self, title: str) -> Draft:
        body = "<p>" + "Warga berkumpul di balai sejak pagi. " * 9 + "</p>"
        return Draft(title=title, body=body, lead="Di balai.", category_id=self._topic)

    def _watch(self, what: str, seen: Seen, host: str = "", paths: tuple[str, ...] = PAGES) -> None:
        committed = time.perf_counter()
        waits = self.waits.setdefault(what, [])
        for port in self._ports:
            for path in paths:
                first = True
                while not seen(_get(port, host or f"{self._slug}.localhost", path)):
                    first = False
                    if time.perf_counter() - committed > _DEAF:
                        raise RuntimeError(f"{what} is not seen on {path}")
                waits.append((first, 0.0 if first else time.perf_counter() - committed))


def _get(port: int, host: str, path: str) -> str:
    asked = http.client.HTTPConnection("127.0.0.1", port)
    asked.request("GET", path, headers={"Host": host})
    text = asked.getresponse().read().decode()
    asked.close()
    return text.replace("<mark>", "").replace("</mark>", "")
