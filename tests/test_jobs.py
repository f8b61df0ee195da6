"""The timetable, and what its tasks do each time they wake."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import logging
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from huey import SqliteHuey

from kimcms import jobs, worker
from kimcms.config import Settings
from kimcms.db import db
from kimcms.domain.clock import monday_of, start_of
from kimcms.models.account import Attempt, User
from kimcms.models.cluster import Evaluation
from kimcms.models.notice import Notice
from kimcms.queries import clusters
from kimcms.services import articles
from kimcms.services.articles import Edit
from kimcms.services.unit import atomic
from kimcms.storage.mail import Outbox
from tests.world import City


@pytest.fixture
def huey(city: City) -> Iterator[SqliteHuey]:
    built = jobs.build(city.app)
    yield built
    built.storage.close()
    Path(built.storage.filename).unlink()


def wake(huey: SqliteHuey, at: dt.datetime) -> list[str]:
    """What the timetable does at a minute (UTC), done here and now; the names of the tasks."""
    tasks = huey.read_periodic(at.replace(tzinfo=None))
    for task in tasks:
        huey.execute(task)
    return sorted(task.name for task in tasks)


def outbox(city: City) -> list[EmailMessage]:
    folder = city.media.root.parent / "outbox"
    return [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(folder.glob("*.eml"))
    ]


def submit(city: City) -> None:
    """Editor and head are told of it."""
    articles.submit(city.actor("nukus_pewarta"), city.write(), city.now)


def waiting() -> int:
    db.session.rollback()
    missing = sa.select(sa.func.count(Notice.id)).where(Notice.mailed_at.is_(None))
    return db.session.scalar(missing) or 0


def test_the_timetable(huey: SqliteHuey) -> None:
    assert {task.name for task in huey._registry.periodic_tasks} == {
        *("back_up", "mail", "watch", "track", "tidy", "sweep")
    }
    day = dt.datetime(2026, 11, 24)
    minutes = [day + dt.timedelta(minutes=n) for n in range(24 * 60)]
    due = [[task.name for task in huey.read_periodic(minute)] for minute in minutes]
    assert all({"mail", "watch"} <= {*names} for names in due)
    track = [m for m, names in zip(minutes, due, strict=True) if "track" in names]
    assert track == [day + dt.timedelta(hours=n) for n in range(24)]
    assert [names for names in due if "tidy" in names] == [["mail", "watch", "tidy"]]


def test_letters_go_once(city: City, huey: SqliteHuey) -> None:
    submit(city)
    assert waiting() == 2
    city.clock.forward(minutes=1)
    assert wake(huey, dt.datetime(2026, 11, 24, 5, 1)) == ["mail", "watch"]
    letters = outbox(city)
    assert sorted(letter["To"] for letter in letters) == [
        "nukus.editor@contoh.test",
        "nukus.head@contoh.test",
    ]
    assert {letter["Subject"] for letter in letters} == {
        "Naskah menunggu Anda: Warga RW 04 bersihkan saluran air"
    }
    assert "http://redaksi.localhost:8000/k/nukus/berita/" in letters[0].get_content()
    db.session.rollback()
    notices = db.session.scalars(sa.select(Notice)).all()
    assert {notice.mailed_at for notice in notices} == {city.now}
    assert sorted(letter["Message-ID"] for letter in letters) == sorted(
        f"<notice-{notice.id}@localhost>" for notice in notices
    )
    for path in (city.media.root.parent / "outbox").iterdir():
        path.unlink()
    assert jobs.mail() == 0
    assert outbox(city) == []


def test_who_has_no_address_gets_no_letter(city: City) -> None:
    with atomic("city", city.now, eventless=True):
        head = db.session.get_one(User, city.cast.users["nukus_head"])
        head.email, head.phone = None, "+6281234567890"
    submit(city)
    assert jobs.mail() == 1
    assert waiting() == 0


def test_what_is_not_taken_waits_for_the_next_run(
    city: City, huey: SqliteHuey, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit(city)
    taken: list[str] = []

    def send(_self: Outbox, letter: EmailMessage) -> None:
        if taken:
            raise ConnectionRefusedError("no mail server")
        taken.append(letter["To"])

    with monkeypatch.context() as patch:
        patch.setattr(Outbox, "send", send)
        wake(huey, dt.datetime(2026, 11, 24, 5, 1))
        assert len(taken) == 1
        assert waiting() == 1
        wake(huey, dt.datetime(2026, 11, 24, 5, 2))
        assert waiting() == 1
    wake(huey, dt.datetime(2026, 11, 24, 5, 3))
    assert waiting() == 1  # the server is left alone for a while
    city.clock.forward(minutes=1)
    wake(huey, dt.datetime(2026, 11, 24, 5, 4))
    assert waiting() == 0
    (letter,) = outbox(city)
    assert [letter["To"]] != taken


def test_the_tracker_is_run_at_the_full_hour(city: City, huey: SqliteHuey) -> None:
    assert wake(huey, dt.datetime(2026, 11, 24, 6, 0)) == ["mail", "track", "watch"]
    db.session.rollback()
    newest = db.session.scalar(sa.select(sa.func.max(Evaluation.monday)))
    assert newest == monday_of(city.now.date())
    assert jobs.track() == []
    city.clock.forward(weeks=2)
    assert jobs.track() == ["2026-11-30", "2026-12-07"]


def test_decrees_act_at_midnight_and_the_week_is_closed_at_two(city: City) -> None:
    """E is Friday 4 December: dead from Monday 4 January on, the day of an evaluation."""
    dead, last = dt.date(2027, 1, 4), dt.date(2026, 12, 28)
    city.decree(dt.date(2026, 1, 5), dt.date(2026, 12, 4))
    city.clock.now = start_of(dead) - dt.timedelta(minutes=1)
    assert jobs.track()[-1] == last.isoformat()
    found = []
    for minutes in (0, 0, 119, 120, 180):
        city.clock.now = start_of(dead) + dt.timedelta(minutes=minutes)
        written = jobs.track()
        db.session.rollback()
        state = clusters.states()[city.kim().id]
        assert (state.official, state.since) == ("4", dead)
        found.append((written, state.monday))
    assert found == [([], last)] * 3 + [([dead.isoformat()], dead), ([], dead)]


def test_old_attempts_are_forgotten(city: City, huey: SqliteHuey) -> None:
    form = {"akun": "nukus.head@contoh.test", "sandi": "bukan kata sandinya"}
    assert city.desk().post("/masuk", form).status_code == 401
    attempts = sa.select(sa.func.count(Attempt.id))
    wake(huey, dt.datetime(2026, 11, 25, 3, 30))
    assert db.session.scalar(attempts)
    city.clock.forward(days=40)
    wake(huey, dt.datetime(2026, 11, 25, 3, 30))
    db.session.rollback()
    assert not db.session.scalar(attempts)


def test_a_task_that_fails_is_done_again(
    city: City, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[int] = []

    def mail() -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError

    monkeypatch.setattr(jobs, "mail", mail)
    huey = jobs.build(city.app)
    with caplog.at_level(logging.CRITICAL, "huey"):
        wake(huey, dt.datetime(2026, 11, 24, 5, 1))
        wake(huey, dt.datetime(2026, 11, 24, 5, 2))
    assert len(calls) == 2
    huey.storage.close()


def test_a_killed_process_holds_no_task_back(city: City, huey: SqliteHuey) -> None:
    """The lock of a task that was under way stays in the store; a new start takes it away."""
    submit(city)
    huey.lock_task("mail").acquire()  # and then the power went
    wake(huey, dt.datetime(2026, 11, 24, 5, 1))
    assert waiting() == 2
    worker.consumer(city.app)
    wake(huey, dt.datetime(2026, 11, 24, 5, 2))
    assert waiting() == 0


def test_where_letters_go_is_a_setting(tmp_path: Path) -> None:
    from kimcms.app import create_app
    from kimcms.storage.mail import Smtp

    values: dict[str, Any] = {"KIMCMS_INSTANCE": str(tmp_path)}
    for url, kind in (("", Outbox), ("smtp://post.example:25", Smtp)):
        app = create_app(Settings.read(values | {"KIMCMS_MAIL_URL": url}))
        assert isinstance(app.extensions["kimcms"].mailer, kind)
        with app.app_context():
            db.engine.dispose()


def test_keys_of_forms_are_kept_for_a_while(city: City) -> None:
    actor, key = city.actor("nukus_pewarta"), "k" * 20
    edit = Edit(city.draft(), key=key)
    made = articles.create(actor, city.kim(), edit, city.now).id
    city.clock.forward(days=89)
    jobs.tidy()
    assert articles.create(actor, city.kim(), edit, city.now).id == made
    city.clock.forward(days=2)
    jobs.tidy()
    assert articles.create(actor, city.kim(), edit, city.now).id != made
