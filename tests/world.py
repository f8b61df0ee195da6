"""The fixed cast and the ways in which tests act: two KIMs, one person per role."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from PIL import Image
from sqlalchemy import event

from kimcms.db import CITY, db
from kimcms.domain.clock import day_of
from kimcms.domain.draft import Draft
from kimcms.domain.roles import SYSTEM, Actor, Role
from kimcms.models.account import Membership, SignIn, User
from kimcms.models.article import Article
from kimcms.models.decree import Decree
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries import accounts, kims
from kimcms.queries.articles import categories
from kimcms.seed import reference
from kimcms.services import articles, decrees, people, publishing, review
from kimcms.services import kims as register
from kimcms.services.articles import Edit
from kimcms.services.decrees import DecreeFacts
from kimcms.services.unit import atomic
from kimcms.storage.secrets import new_token, token_hash
from kimcms.web.tenancy import NewsroomSession

CAST_AT = dt.datetime(2026, 11, 24, 5, 0, tzinfo=dt.UTC)  # Tuesday noon in WIB
COOKIE = "__Host-kimcms"
PASSWORD = "tiga-kata-acak"
LONG = (
    "Warga RW 04 berkumpul di balai sejak pukul tujuh pagi dengan sapu, cangkul, dan karung "
    "untuk membersihkan saluran yang mampet sesudah hujan deras dua hari sebelumnya. Ketua RW "
    "membagi peserta menjadi empat regu, masing-masing menangani satu gang. Lumpur dan sampah "
    "plastik diangkut dengan gerobak ke tempat penampungan sementara, lalu dipilah oleh kader "
    "bank sampah. Ibu-ibu menyiapkan teh hangat dan pisang goreng untuk peserta. Kegiatan "
    "selesai menjelang siang dan akan diulang pada minggu pertama bulan depan, menurut "
    "kesepakatan warga dalam rembug singkat sesudahnya."
)


@dataclass
class Clock:
    """The test's clock; set `now`."""

    now: dt.datetime

    def __call__(self) -> dt.datetime:
        return self.now

    def forward(self, **span: float) -> dt.datetime:
        self.now += dt.timedelta(**span)
        return self.now


@dataclass
class Cast:
    """Ids of the fixed people and KIMs, by name."""

    users: dict[str, int] = field(default_factory=dict)
    kims: dict[str, int] = field(default_factory=dict)


def engage(app: Flask) -> Cast:
    """Two KIMs, one person per role and KIM, two moderators, Diskominfo, and a moderator who is
    also a pewarta of the first KIM."""
    now = CAST_AT - dt.timedelta(days=60)
    reference.load(now)
    cast = Cast()
    passwords = app.extensions["kimcms"].passwords

    def hire(name: str, role: Role, kim: Kim | None) -> User:
        sign_in = f"{name.replace('_', '.')}@contoh.test"
        user = people.create(name, sign_in, role, kim, PASSWORD, passwords, now)
        cast.users[name] = user.id
        return user

    for slug, place, name in (
        ("nukus", "sukun", "KIM Nukus"),
        ("gerabah", "penanggungan", "KIM Gerabah"),
    ):
        kelurahan = db.session.scalar(sa.select(Kelurahan).where(Kelurahan.slug == place))
        assert kelurahan
        kim = register.open_kim(SYSTEM, kelurahan, name, slug, now)
        cast.kims[slug] = kim.id
        for role in (Role.PEWARTA, Role.EDITOR, Role.HEAD):
            hire(f"{slug}_{role}", role, kim)
    hire("moderator", Role.MODERATOR, None)
    hire("moderator2", Role.MODERATOR, None)
    hire("diskominfo", Role.DISKOMINFO, None)
    both = hire("moderator_nukus", Role.MODERATOR, None)
    with atomic(CITY, now) as unit:
        kim_id = cast.kims["nukus"]
        row = Membership(user_id=both.id, kim_id=kim_id, role=Role.PEWARTA, since=now)
        db.session.add(row)
        unit.record(SYSTEM, "member.add", row)
    return cast


class City:
    """What a test holds: the app, its clock, the cast, and shortcuts that act as people do."""

    def __init__(
        self,
        app: Flask,
        clock: Clock,
        cast: Cast,
        database: str,
        once: Callable[[str, Callable[[], object]], object] = lambda _name, make: make(),
    ) -> None:
        self.app = app
        self.clock = clock
        self.cast = cast
        self.database = database
        self.once = once  # does something costly to the fresh city, or copies what it gave
        self.media = app.extensions["kimcms"].media

    @property
    def now(self) -> dt.datetime:
        return self.clock.now

    def actor(self, name: str) -> Actor:
        return accounts.actor(self.cast.users[name])

    def person(self, name: str) -> User:
        return db.session.get_one(User, self.cast.users[name])

    def kim(self, slug: str = "nukus") -> Kim:
        found = kims.by_slug(slug)
        assert found
        return found

    def topic(self, slug: str = "kegiatan") -> int:
        return next(topic.id for topic in categories() if topic.slug == slug)

    def draft(self, **changes: Any) -> Draft:
        values: dict[str, Any] = {
            "title": "Warga RW 04 bersihkan saluran air",
            "body": f"<p>{LONG}</p>",
            "lead": "Kerja bakti diikuti empat puluh warga.",
            "category_id": self.topic(),
        }
        return Draft(**values | changes)

    def write(self, author: str = "nukus_pewarta", **changes: Any) -> Article:
        """A draft."""
        slug = author.split("_")[0]
        edit = Edit(self.draft(**changes))
        return articles.create(self.actor(author), self.kim(slug), edit, self.now)

    def publish(self, author: str = "nukus_pewarta", **changes: Any) -> Article:
        """A published item, offered to the city feed."""
        at = changes.pop("at", None)
        article = self.write(author, **changes)
        editor = self.actor(author.replace("pewarta", "editor"))
        return publishing.publish(editor, article, self.now, at=at)

    def accept(self, article: Article, by: str = "moderator") -> Article:
        assert article.live_revision_id
        return review.accept(self.actor(by), article, article.live_revision_id, self.now)

    def decree(
        self,
        starts: dt.date,
        ends: dt.date,
        *,
        slug: str = "nukus",
        verified: bool = True,
        assumed: bool = False,
    ) -> Decree:
        """A decree that the head entered, verified by Diskominfo."""
        paper = DecreeFacts(
            number=f"188.45/{starts:%Y}/{ends:%Y%m%d}",
            dated_on=min(starts, day_of(self.now)),
            starts_on=starts,
            ends_on=ends,
            signer="Lurah Sukun",
            end_assumed=assumed,
        )
        made = decrees.enter(self.actor(f"{slug}_head"), self.kim(slug), paper, self.now)
        if verified:
            decrees.verify(self.actor("diskominfo"), made, self.now)
        return made

    def reader(self, host: str = "localhost") -> Visit:
        """An anonymous reader on a host."""
        return Visit(self.app.test_client(use_cookies=False), host)

    def site(self, slug: str = "nukus") -> Visit:
        return self.reader(f"{slug}.localhost")

    def desk(self, name: str | None = None) -> Visit:
        """The newsroom, signed in as one of the cast."""
        visit = Visit(self.app.test_client(), "redaksi.localhost", self.app)
        if name is not None:
            token = new_token()
            with atomic("", self.now, eventless=True):
                db.session.add(
                    SignIn(
                        token_hash=token_hash(token),
                        user_id=self.cast.users[name],
                        started_at=self.now,
                    )
                )
            visit.set_session(_user_id=token, _fresh=True)
        return visit

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """The statements that are executed meanwhile."""
        seen: list[str] = []

        def note(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
            if "set_config" not in statement:
                seen.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)


class Visit:
    """Requests to one host."""

    def __init__(self, client: FlaskClient, host: str, app: Flask | None = None) -> None:
        self.client = client
        self.host = host
        self.base = f"http://{host}:8000"
        self._app = app

    @property
    def _signer(self) -> Any:
        assert self._app
        return NewsroomSession().get_signing_serializer(self._app)

    def session(self) -> dict[str, Any]:
        cookie = self.client.get_cookie(COOKIE, self.host)
        return dict(self._signer.loads(cookie.value)) if cookie else {}

    def set_session(self, **values: Any) -> None:
        value = self._signer.dumps(self.session() | values)
        self.client.set_cookie(COOKIE, value, domain=self.host, secure=True)

    def call(self, method: str, path: str, **more: Any) -> Any:
        """A request in a context of its own, as a server would have it: the test's own app
        context would lend it `g` and the database session."""
        more.setdefault("base_url", self.base)
        answer = Context().run(self.client.open, path, method=method, **more)
        answer.get_data()  # read now, so that a served file is closed now
        answer.close()
        if has_app_context():
            db.session.rollback()
        return answer

    def get(self, path: str, **more: Any) -> Any:
        return self.call("GET", path, **more)

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> Any:
        """A form of ours: with the token of this session. Reader hosts know none."""
        token = {"csrf_token": self.token()} if self._app else {}
        form = {**(data or {}), **token}
        return self.call("POST", path, data=form, **more)

    def token(self) -> str:
        assert self._app
        raw = self.session().get("csrf_token")
        if raw is None:
            raw = "0" * 40
            self.set_session(csrf_token=raw)
        key = self._app.secret_key
        assert isinstance(key, str)
        return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))


def picture(width: int = 640, height: int = 480, kind: str = "JPEG") -> bytes:
    """A small valid photo."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, kind)
    return out.getvalue()
