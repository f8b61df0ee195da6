"""The server is killed at any moment, again and again: what was acknowledged is there, whole."""

from __future__ import annotations

import http.client
import os
import random
import secrets
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from kimcms.app import create_app
from kimcms.cli import serve
from kimcms.config import Settings
from kimcms.db import CITY, db, reading
from kimcms.domain.clock import utcnow
from kimcms.domain.workflow import Exposure
from kimcms.models.article import Article, ArticleSlug, Fingerprint, Revision
from kimcms.models.cluster import LedgerEntry
from kimcms.models.event import Event
from kimcms.models.idempotency import IdempotencyKey
from kimcms.services.steps import states
from tests import databases, world
from tests.world import COOKIE, City, Clock

pytestmark = pytest.mark.xdist_group("faults")

ROOT = Path(__file__).parent.parent.parent
WORDS = world.LONG.split()
SEE_OTHER = 303


class Server:
    """One web process as `flask serve` starts it, in a process group of its own."""

    def __init__(self, settings: Settings, environ: dict[str, str]) -> None:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KIMCMS_", "PYTHONWARN"))}
        self.port = settings.port
        self._environ = kept | environ
        self._command = serve._web(settings)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environ,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert self._process.poll() is None, "the server ended by itself"
            try:
                answer = call(self.port, "localhost", "GET", "/healthz")
            except OSError:
                time.sleep(0.03)
            else:
                assert answer.status == 200
                return
        pytest.fail("the server did not answer within a minute")

    def kill(self) -> None:
        """SIGKILL for every process of the group; returns when nobody listens any more."""
        if self._process is None:
            return
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)):
                    return
            time.sleep(0.01)


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str


def call(
    port: int,
    host: str,
    method: str,
    path: str,
    form: dict[str, str] | None = None,
    cookie: str = "",
) -> Answer:
    """One request on a connection of its own; raises OSError where no whole answer came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": f"{host}:{port}", "Accept": "text/html"}
    if cookie:
        headers["Cookie"] = f"{COOKIE}={cookie}"
    body = None
    if form is not None:
        body = urlencode(form)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        return Answer(answer.status, answer.getheader("Location") or "", text)
    except http.client.HTTPException as broken:
        raise ConnectionError(str(broken)) from broken
    finally:
        connection.close()


@dataclass
class Request:
    """A form that was sent: what it wants, and whether an answer came."""

    kind: str  # create, save or publish
    path: str
    form: dict[str, str]
    article: int = 0
    answered: bool = False


@dataclass
class Known:
    """What the writer was told about one article."""

    bodies: list[str]
    newest: int = 0  # the revision that the next save starts from; 0 is unknown
    published: str = ""  # the text with which it was last acknowledged as public


@dataclass
class Writer:
    """An editor who writes and publishes as fast as the server answers."""

    port: int
    kim: str
    cookie: str
    token: str
    rng: random.Random
    known: dict[int, Known] = field(default_factory=dict)
    sent: list[Request] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        assert self._thread
        self._thread.join(60)
        assert not self._thread.is_alive(), "the writer hangs"

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._act()
            except OSError:  # the server is gone
                return
            except Exception as error:  # noqa: BLE001 - told to the test by `wrong`
                self.wrong.append(repr(error))
                return

    def _act(self) -> None:
        choice = self.rng.random()
        if not self.known or choice < 0.4:
            self.create()
        elif choice < 0.75:
            self.save(self.rng.choice(list(self.known)))
        else:
            self.publish(self.rng.choice(list(self.known)))

    def body(self) -> str:
        """A text like no other, of 1 to 30 kB."""
        words = self.rng.choices(WORDS, k=self.rng.choice([120, 400, 4000]))
        return f"<p>{secrets.token_hex(8)} {' '.join(words)}</p>"

    def send(self, request: Request) -> Answer:
        form = request.form | {"csrf_token": self.token}
        answer = call(self.port, "redaksi.localhost", "POST", request.path, form, self.cookie)
        request.answered = True
        return answer

    def _first(self, request: Request) -> Answer:
        self.sent.append(request)
        answer = self.send(request)
        if answer.status != SEE_OTHER:
            raise AssertionError(f"{request.kind} {answer.status} {answer.text[:2000]}")
        return answer

    def _form(self, title: str, body: str, base: int = 0) -> dict[str, str]:
        form = {
            "judul": title,
            "isi": body,
            "format": "html",
            "topik": "1",
            "kunci": secrets.token_hex(16),
        }
        return form | ({"dasar": str(base)} if base else {})

    def create(self) -> None:
        body = self.body()
        form = self._form(f"Kabar {body[3:19]}", body)
        request = Request("create", f"/k/{self.kim}/berita/", form)
        answer = self._first(request)
        request.article = made_by(answer)
        self.known[request.article] = Known([body])

    def save(self, article: int) -> None:
        known = self.known[article]
        path = f"/k/{self.kim}/berita/{article}"
        if not known.newest:
            known.newest = self.base_of(article)
        body, base = self.body(), known.newest
        known.newest = 0
        form = self._form(f"Kabar {known.bodies[0][3:19]}", body, base)
        self._first(Request("save", f"{path}/simpan", form, article))
        known.bodies.append(body)

    def base_of(self, article: int) -> int:
        """The revision that an opened form starts from."""
        path = f"/k/{self.kim}/berita/{article}/ubah"
        page = call(self.port, "redaksi.localhost", "GET", path, None, self.cookie)
        if page.status != 200:
            raise AssertionError(f"{path} {page.status}")
        field = page.text.split('name="dasar"', 1)[1].split(">", 1)[0]
        return int(field.split('value="', 1)[1].split('"', 1)[0])

    def publish(self, article: int) -> None:
        known = self.known[article]
        if known.published == known.bodies[-1]:
            return
        path = f"/k/{self.kim}/berita/{article}/terbit"
        self._first(Request("publish", path, {}, article))
        known.published = known.bodies[-1]

    def unanswered(self) -> list[Request]:
        return [request for request in self.sent if not request.answered]


def made_by(answer: Answer) -> int:
    return int(answer.location.rsplit("/berita/", 1)[1].split("/")[0])


@dataclass
class World:
    """A city in a folder and a server on it, with two who write."""

    city: City
    server: Server
    writers: list[Writer]
    rng: random.Random
    close: Callable[[], None]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Callable[[str], World]]:
    made: list[World] = []

    def make(kind: str) -> World:
        # An int that a person can type: the same choices are made again with FAULT_SEED.
        seed = int(os.environ.get("FAULT_SEED") or random.SystemRandom().randrange(10**9))
        print(f"FAULT_SEED={seed}")  # noqa: T201
        made.append(build(kind, tmp_path, random.Random(seed)))
        return made[-1]

    yield make
    for one in made:
        one.server.kill()
        one.close()


def build(kind: str, folder: Path, rng: random.Random) -> World:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environ = {
        "KIMCMS_INSTANCE": str(folder),
        "KIMCMS_ARGON2_COST": "test",
        "KIMCMS_SECRET_KEY": "k" * 40,
        "KIMCMS_WORKERS": "1",
        "PORT": str(port),
    }
    urls = None
    if kind == "postgresql":
        urls = databases.postgres("faults")
        environ |= {"KIMCMS_DATABASE_URL": urls.app, "KIMCMS_MIGRATIONS_URL": urls.owner}
    settings = Settings.read(environ)
    clock = Clock(utcnow())  # the server's own clock is the real one
    app = create_app(settings, clock)
    with app.app_context():
        upgrade()
        with patch.object(world, "CAST_AT", clock.now):
            cast = world.engage(app)
        db.session.remove()
        city = City(app, clock, cast, kind)
        writers = []
        for kim in ("nukus", "gerabah"):
            visit = city.desk(f"{kim}_editor")
            token = visit.token()
            cookie = visit.client.get_cookie(COOKIE, visit.host)
            assert cookie
            own = random.Random(rng.random())
            writers.append(Writer(port, kim, cookie.value, token, own))
        db.session.remove()

    def close() -> None:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        if urls:
            databases.drop(urls)

    return World(city, Server(settings, environ), writers, rng, close)


@pytest.mark.parametrize(
    ("kind", "kills"),
    [
        ("sqlite", 5),
        ("postgresql", 3),
        pytest.param("sqlite", 60, marks=pytest.mark.long),
        pytest.param("postgresql", 60, marks=pytest.mark.long),
    ],
)
def test_what_was_acknowledged_survives_a_kill(
    begin: Callable[[str], World], kind: str, kills: int
) -> None:
    one = begin(kind)
    one.server.start()
    for _ in range(kills):
        for writer in one.writers:
            writer.start()
        time.sleep(one.rng.uniform(0.1, 0.9))
        one.server.kill()
        for writer in one.writers:
            writer.stop()
            assert writer.wrong == []
        one.server.start()
        everything_is_whole(one.city)
        for writer in one.writers:
            everything_acknowledged_is_there(one, writer)
            what_got_no_answer_is_sent_again(one, writer)
        everything_is_whole(one.city)
        for writer in one.writers:
            everything_acknowledged_is_there(one, writer)
    assert sum(len(writer.sent) for writer in one.writers) >= kills


def everything_is_whole(city: City) -> None:
    """What must hold in the tables whenever nobody writes."""
    with city.app.app_context():
        reading(CITY)
        if city.database == "sqlite":
            assert db.session.scalar(sa.text("PRAGMA integrity_check")) == "ok"
            assert db.session.execute(sa.text("PRAGMA foreign_key_check")).all() == []
        histories: dict[int, list[Event]] = {}
        for event in db.session.scalars(
            sa.select(Event)
            .where(Event.object_type == "article", Event.verb.not_like("refused.%"))
            .order_by(Event.id)
        ):
            assert event.object_id
            histories.setdefault(event.object_id, []).append(event)
        articles = db.session.scalars(sa.select(Article)).all()
        assert set(histories) == {article.id for article in articles}
        revisions: dict[int, list[Revision]] = {article.id: [] for article in articles}
        for revision in db.session.scalars(sa.select(Revision).order_by(Revision.number)):
            revisions[revision.article_id].append(revision)
        addresses = db.session.scalars(sa.select(ArticleSlug))
        slugs = {(s.kim_id, s.slug): s.article_id for s in addresses}
        told = sa.select(LedgerEntry.ref_id).where(LedgerEntry.kind == "published")
        published = list(db.session.scalars(told))
        prints = set(db.session.scalars(sa.select(Fingerprint.article_id)))
        for article in articles:
            own = revisions[article.id]
            is_whole(article, own)
            follows(article, own, histories[article.id])
            assert slugs[article.kim_id, article.slug] == article.id
            is_public = article.exposure is Exposure.PUBLIC
            assert published.count(article.id) == is_public
            assert (article.id in prints) == is_public
        assert db.session.scalars(sa.select(IdempotencyKey).filter_by(object_id=0)).all() == []
        db.session.remove()


def is_whole(article: Article, own: list[Revision]) -> None:
    assert [revision.number for revision in own] == list(range(1, len(own) + 1))
    assert own
    assert article.newest_revision_id == own[-1].id
    assert all(revision.title and revision.body.endswith("</p>") for revision in own)
    if article.exposure is Exposure.NEVER:
        assert (article.live_revision_id, article.public_at, article.credit) == (None, None, None)
    else:
        assert article.live_revision_id in {revision.id for revision in own}
        assert article.public_at
        assert article.credit
        assert article.category_id


def follows(article: Article, own: list[Revision], history: list[Event]) -> None:
    """The events lead, step by step, to the state in which the article is."""
    state: dict[str, Any] = {"live": None}  # an event names what changed, from nothing at first
    for event in history:
        for name, value in event.before.items():
            assert state[name] == value, (article.id, event.id, name)
        state |= event.after
    assert state == states(article)
    saves = [event.after["newest"] for event in history if event.verb == "article.save"]
    assert saves == [revision.id for revision in own]


def everything_acknowledged_is_there(one: World, writer: Writer) -> None:
    with one.city.app.app_context():
        reading(CITY)
        for article_id, known in writer.known.items():
            rows = db.session.scalars(
                sa.select(Revision.body)
                .where(Revision.article_id == article_id)
                .order_by(Revision.number)
            ).all()
            assert [body for body in rows if body in known.bodies] == known.bodies
        public = {
            article.id: (article.slug, article.live.body if article.live else "")
            for article in db.session.scalars(
                sa.select(Article).where(Article.id.in_(writer.known), Article.live_revision_id > 0)
            )
        }
        db.session.remove()
    acknowledged = [(id_, known) for id_, known in writer.known.items() if known.published]
    for article_id, known in acknowledged:
        live = public[article_id][1]
        # A later publication may have come about whose answer was lost.
        assert live in known.bodies[known.bodies.index(known.published) :]
    for article_id, _known in one.rng.sample(acknowledged, min(4, len(acknowledged))):
        slug, live = public[article_id]
        page = call(writer.port, f"{writer.kim}.localhost", "GET", f"/berita/{slug}")
        assert page.status == 200
        assert live.removeprefix("<p>") in page.text  # before it stands the dateline


def what_got_no_answer_is_sent_again(one: World, writer: Writer) -> None:
    """With the same key, twice: it is carried out once."""
    for request in writer.unanswered():
        answer = writer.send(request)
        again = writer.send(request)
        if request.kind == "create":
            assert (answer.status, again.status) == (SEE_OTHER, SEE_OTHER)
            assert made_by(answer) == made_by(again)
            request.article = made_by(answer)
            writer.known[request.article] = Known([request.form["isi"]])
            assert count(one.city, request.form["isi"]) == 1
        elif request.kind == "save":
            assert (answer.status, again.status) == (SEE_OTHER, SEE_OTHER)
            writer.known[request.article].bodies.append(request.form["isi"])
            assert count(one.city, request.form["isi"]) == 1
        else:
            # 409: it was public already when the answer was lost.
            assert answer.status in {SEE_OTHER, 409}
            assert again.status == 409
            known = writer.known[request.article]
            known.published = known.bodies[-1]


def count(city: City, body: str) -> int:
    """In how many revisions of how many articles a text stands: 1 is once."""
    with city.app.app_context():
        reading(CITY)
        same = sa.select(Revision.article_id).where(Revision.body == body)
        found = db.session.scalars(same).all()
        db.session.remove()
    return len(found)
