"""Letters and a mail server that is not always well."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask import current_app

from kimcms import jobs
from kimcms.db import db
from kimcms.domain.clock import WIB
from kimcms.models.notice import Notice
from kimcms.services import articles, notices
from kimcms.services.unit import atomic
from kimcms.storage import mail
from kimcms.storage.mail import Smtp
from tests.storage.smtp import STEPS, Server
from tests.world import City

EDITOR, HEAD = "nukus.editor@contoh.test", "nukus.head@contoh.test"


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Callable[[Server], None]:
    """Sends letters to this server from now on."""

    def use(server: Server) -> None:
        monkeypatch.setattr(mail, "TIMEOUT", server.patience if server.how == "hangs" else 5)
        tools = dataclasses.replace(current_app.extensions["kimcms"], mailer=Smtp(server.url))
        monkeypatch.setitem(current_app.extensions, "kimcms", tools)

    return use


def submit(city: City) -> None:
    """Editor and head are told of it."""
    articles.submit(city.actor("nukus_pewarta"), city.write(), city.now)


def waiting() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Notice.id).where(Notice.mailed_at.is_(None))))


def daily(city: City, *names: str) -> None:
    with atomic("", city.now, eventless=True):
        for name in names:
            city.person(name).mail_daily = True


@pytest.mark.parametrize("how", ["dies", "hangs", "421"])
@pytest.mark.parametrize("step", STEPS)
def test_a_server_that_fails_at_a_step(
    on_sqlite: City, post: Callable[[Server], None], step: str, how: str
) -> None:
    submit(on_sqlite)
    with Server(step, how).running() as server:
        post(server)
        assert jobs.mail() == 0
        assert server.calls == 1  # the others are not tried on it
        assert len(waiting()) == 2
        assert jobs.mail() == 0
        assert server.calls == 1  # and it is left alone for a while
        server.fails = ""
        on_sqlite.clock.forward(minutes=1)
        assert jobs.mail() == 2
        assert sorted(letter["To"] for letter in server.took) == [EDITOR, HEAD]
    assert waiting() == []


@pytest.mark.parametrize("how", ["dies", "hangs", "421", "500"])
def test_after_its_yes_the_letter_has_gone(
    on_sqlite: City, post: Callable[[Server], None], how: str
) -> None:
    submit(on_sqlite)
    with Server("QUIT", how).running() as server:
        post(server)
        assert jobs.mail() == 2
        assert jobs.mail() == 0
        assert len(server.took) == 2
    assert waiting() == []


def test_one_bad_address_does_not_hold_up_the_others(
    city: City, post: Callable[[Server], None]
) -> None:
    submit(city)
    with Server(bad=frozenset({EDITOR})).running() as server:
        post(server)
        assert jobs.mail() == 1
        assert [letter["To"] for letter in server.took] == [HEAD]
        (left,) = waiting()
        assert jobs.mail() == 0
        assert server.calls == 2  # not asked again at once
        for _try in range(60):
            city.clock.forward(hours=2)
            jobs.mail()
        assert waiting() == []  # given up
        assert 5 < server.calls < 30
        assert [letter["To"] for letter in server.took] == [HEAD]
    notice = db.session.get_one(Notice, left)
    assert notice.read_at is None  # in the newsroom it still waits


def test_a_letter_that_cannot_be_written_holds_up_nobody(
    city: City, post: Callable[[Server], None]
) -> None:
    with atomic("", city.now, eventless=True):
        users = [city.cast.users["nukus_editor"]]
        notices.tell(users, "decree.ending", "k", city.now, kim="x", end="gestern", left=3)
    submit(city)
    with Server().running() as server:
        post(server)
        assert jobs.mail() == 2
    assert len(waiting()) == 1


def test_only_a_crash_between_the_yes_and_the_mark_sends_it_twice(
    city: City, post: Callable[[Server], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    daily(city, "nukus_editor", "nukus_head")
    submit(city)
    submit(city)
    city.clock.now = dt.datetime(2026, 11, 25, 7, 0, tzinfo=WIB)

    def crash(*_a: Any) -> None:
        raise KeyboardInterrupt

    with Server().running() as server:
        post(server)
        with monkeypatch.context() as patch:
            patch.setattr(notices, "mark_mailed", crash)
            with pytest.raises(KeyboardInterrupt):
                jobs.mail()
        assert len(waiting()) == 4
        submit(city)  # comes too late for this letter
        city.clock.forward(hours=3)
        assert jobs.mail() == 2
        assert jobs.mail() == 0
    first, again, other = server.took
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert first.get_content() == again.get_content()
    assert len(waiting()) == 2


def test_one_letter_a_day(city: City, post: Callable[[Server], None]) -> None:
    """It holds what was written until seven in the morning; a one-time link does not wait."""
    daily(city, "nukus_head")
    submit(city)
    submit(city)
    with Server().running() as server:
        post(server)
        assert jobs.mail() == 2
        assert {letter["To"] for letter in server.took} == {EDITOR}
        reset = city.desk().post("/lupa", {"akun": HEAD})
        assert reset.status_code == 200
        assert jobs.mail() == 1
        assert server.took[-1]["Subject"] == "Tautan kata sandi baru"
        city.clock.now = dt.datetime(2026, 11, 25, 6, 59, 59, tzinfo=WIB)
        submit(city)
        assert jobs.mail() == 1  # the editor's
        city.clock.now = dt.datetime(2026, 11, 25, 7, 0, tzinfo=WIB)
        assert jobs.mail() == 1
    letter = server.took[-1]
    assert (letter["To"], letter["Subject"]) == (HEAD, "3 kabar dari redaksi KIM")
    text = letter.get_content()
    assert text.count("Naskah menunggu Anda") == 3
    assert text.count("http://redaksi.localhost:8000/k/nukus/berita/") == 3
    assert letter["List-Unsubscribe"] == "<http://redaksi.localhost:8000/akun/surat>"
    assert waiting() == []


def test_a_topic_that_is_off_makes_no_letter(city: City, post: Callable[[Server], None]) -> None:
    with atomic("", city.now, eventless=True):
        city.person("nukus_editor").mail_off = ["submitted"]
    submit(city)
    with Server().running() as server:
        post(server)
        assert jobs.mail() == 1
    (letter,) = server.took
    assert letter["To"] == HEAD
    assert "Tidak perlu surat tentang “Naskah menunggu Anda”?" in letter.get_content()
    assert letter["List-Unsubscribe"] == "<http://redaksi.localhost:8000/akun/surat>"
    assert waiting() == []
    assert "state-new" in city.desk("nukus_editor").get("/pemberitahuan").text


def test_a_long_headline_makes_no_endless_subject(
    city: City, post: Callable[[Server], None]
) -> None:
    article = city.publish()
    city.accept(article)
    with atomic("", city.now, eventless=True):
        users, why = [city.cast.users["nukus_head"]], "sebab " * 80
        notices.tell(users, "article.declined", "k", city.now, title="Judul " * 20, reason=why)
    with Server().running() as server:
        post(server)
        jobs.mail()
    assert max(len(letter["Subject"]) for letter in server.took) <= 150
