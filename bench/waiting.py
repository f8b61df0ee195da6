"""The Forum's queue at 50,000 waiting things against 500: its pages and the page of a decision."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from bench.million import _beside
from bench.options import Options
from bench.pages import _largest, _statements
from bench.servers import KIMS, environ, load_city
from kimcms.app import create_app
from kimcms.config import Settings
from kimcms.db import db
from kimcms.domain.clock import utcnow
from kimcms.domain.ledger import Proof
from kimcms.domain.roles import Role
from kimcms.domain.workflow import FeedState
from kimcms.models.account import SignIn
from kimcms.models.article import Article
from kimcms.models.evidence import Evidence
from kimcms.models.kim import Kim
from kimcms.services import people
from kimcms.services.bulk import bulk, insert
from kimcms.services.unit import atomic
from kimcms.storage.secrets import token_hash
from kimcms.web.tenancy import NewsroomSession

HEADING = "The Forum's queue: 50,000 waiting things against 500"
SIZES = (500, 50_000)
GOAL = 1.25
HOST = "redaksi.localhost"
QUEUE = "/tinjauan/"
DAY = dt.timedelta(days=1)


def report(options: Options) -> Iterator[str]:
    """Items, items to be read again and proofs, in equal parts."""
    yield f"Of {KIMS} KIMs; a third each pending, to be read again, and proofs. Each page is asked"
    yield "in turn in both cities, in one process; medians. Claims are taken as they are by"
    yield f"moderators. The goal for the ratio is {GOAL}.\n"
    with tempfile.TemporaryDirectory(prefix="kimcms-bench-") as folder:
        few, many = (_city(Path(folder, str(size)), size) for size in SIZES)
        yield "| page | queries, few | queries, many | ms few | ms many | ratio |"
        yield "| --- | ---: | ---: | ---: | ---: | ---: |"
        above = []
        for name, here, there in zip(_names(), _paths(few), _paths(many), strict=True):
            if options.pages not in name:
                continue
            one, other = _beside(_asking(few, here), _asking(many, there), options.rounds)
            if other / one > GOAL:
                above.append(name)
            counts = f"{_queries(few, here)} | {_queries(many, there)}"
            yield f"| {name} | {counts} | {one:.2f} | {other:.2f} | {other / one:.2f} |"
        yield f"\n{len(above)} above the goal{': ' if above else ''}{', '.join(above)}."


def _city(folder: Path, waiting: int) -> Desk:
    """The sample city in which as many things wait, and a moderator who is signed in."""
    load_city(folder, waiting)
    app = create_app(Settings.read(environ(folder)))
    with app.app_context():
        _make_wait(waiting // 3)
        return Desk(app, _sign_in(app), _largest())


class Desk:
    """A newsroom, and a moderator in it."""

    def __init__(self, app: Flask, client: FlaskClient, kim: str) -> None:
        self.app, self.client = app, client
        self.kim = kim  # where most waits, so that a page of it is full in both cities

    def get(self, path: str) -> str:
        answer = self.client.get(path, base_url=f"http://{HOST}:8000")
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
        return answer.text


def _make_wait(each: int) -> None:
    now = utcnow()
    ids = list(db.session.scalars(sa.select(Article.id).order_by(Article.id).limit(2 * each)))
    kims = list(db.session.scalars(sa.select(Kim.id)))
    times = {"offered_at": Article.public_at, "reviewed_at": None}
    with bulk(now):
        pending = {"feed_state": FeedState.PENDING, "reviewed_revision_id": None, **times}
        db.session.execute(sa.update(Article).where(Article.id <= ids[each - 1]).values(pending))
        unread = {"feed_state": FeedState.ACCEPTED, "unread_since": Article.public_at}
        rest = Article.id.between(ids[each], ids[-1])
        db.session.execute(sa.update(Article).where(rest).values(unread))
        insert(
            Evidence,
            [
                {
                    "kim_id": kims[number % len(kims)],
                    "kind": Proof.MEETING.value,
                    "day": (now - DAY).date(),
                    "title": f"Rapat {number}",
                    "submitted_at": now - number * dt.timedelta(minutes=1),
                }
                for number in range(each)
            ],
        )


def _sign_in(app: Flask) -> FlaskClient:
    name, passwords = "moderator@contoh.test", app.extensions["kimcms"].passwords
    words = "tiga-kata-acak"
    made = people.create("Moderator", name, Role.MODERATOR, None, words, passwords, utcnow())
    user_id = made.id
    token = secrets.token_hex(16)
    with atomic("", utcnow(), eventless=True):
        row = SignIn(token_hash=token_hash(token), user_id=user_id, started_at=utcnow())
        db.session.add(row)
    client = app.test_client()
    signer = NewsroomSession().get_signing_serializer(app)
    assert signer
    cookie = signer.dumps({"_user_id": token, "_fresh": True})
    client.set_cookie("__Host-kimcms", str(cookie), domain=HOST, secure=True)
    return client


def _names() -> list[str]:
    return ["home", "queue", "middle", "by kind", "by KIM", "overdue", "my claims", "decide"]


def _paths(desk: Desk) -> list[str]:
    """The same pages as `_names`."""
    first = desk.get(QUEUE)
    item = re.search(r'href="(/tinjauan/\d+\?[^"]+)"', first)
    assert item
    after = first
    for _page in range(4):
        found = re.search(r'href="(/tinjauan/\?sesudah=[^"]+)"', after)
        assert found
        middle = found[1]
        after = desk.get(middle)
    filters = ("jenis=bukti", f"asal={desk.kim}", "lihat=lewat", "lihat=saya")
    return ["/", QUEUE, middle, *(f"{QUEUE}?{one}" for one in filters), item[1]]


def _asking(desk: Desk, path: str) -> Callable[[], None]:
    def ask() -> None:
        desk.get(path)

    return ask


def _queries(desk: Desk, path: str) -> int:
    with desk.app.app_context():
        engine = db.engine
    with _statements(engine) as seen:
        desk.get(path)
    return len(seen)
