"""A subsite of which nobody came for 90 days: readers see it as ever, nobody writes, and a password
alone does not wake it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from kimcms import jobs
from kimcms.db import db
from kimcms.domain.dormancy import asleep
from kimcms.models.article import Article
from kimcms.models.kim import Kim
from kimcms.models.notice import Notice
from kimcms.web import letters
from tests.web.test_story import form
from tests.world import PASSWORD, City, Visit

ACCOUNT = {"akun": "nukus.pewarta@contoh.test", "sandi": PASSWORD}


@pytest.fixture
def sleepy(city: City) -> Iterator[City]:
    tools = city.app.extensions["kimcms"]
    city.app.extensions["kimcms"] = replace(
        tools, settings=replace(tools.settings, dormant_days=90)
    )
    yield city
    city.app.extensions["kimcms"] = tools


def test_the_rule() -> None:
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    day = dt.timedelta(days=1)

    def sleeps(opened: int, awake: int | None, days: int = 90, **more: Any) -> bool:
        seen = now - awake * day if awake is not None else None
        return asleep(Kim(opened_at=now - opened * day, awake_at=seen, **more), days, now)

    assert sleeps(90, None)
    assert not sleeps(89, None)
    assert not sleeps(400, 89)
    assert sleeps(400, 90)
    assert not sleeps(400, 400, days=0)
    assert not sleeps(400, 400, closed_at=now)
    assert not asleep(Kim(), 90, now)


def entered(city: City, **account: str) -> Visit:
    visit = city.desk()
    assert visit.post("/masuk", {**ACCOUNT, **account}).status_code == 303
    return visit


def wake_path(city: City) -> str:
    """The address in the head's newest letter."""
    db.session.rollback()
    newest = sa.select(Notice).where(Notice.kind == "wake.link").order_by(Notice.id.desc())
    return letters._path(db.session.scalars(newest).first())  # type: ignore[arg-type]


def test_an_old_password_publishes_nothing(sleepy: City) -> None:
    city = sleepy
    article = city.publish()
    draft = city.write(title="Lama sekali")
    city.clock.forward(days=29)  # opened 60 days before
    entered(city)
    city.clock.forward(days=89)
    awake = entered(city)  # within 90 days of the last: it stays awake
    city.clock.forward(days=80)
    assert awake.get("/k/nukus/berita/").status_code == 200  # signed in long ago, and still here
    city.clock.forward(days=89)
    assert awake.post("/k/nukus/berita/", form(city)).status_code == 303

    city.clock.forward(days=90)
    count = sa.select(sa.func.count(Article.id))
    before = db.session.scalar(count)
    for _time in range(2):  # signing in does not wake it
        stranger = entered(city)
        refused = stranger.post("/k/nukus/berita/", form(city))
        assert refused.status_code == 409
        assert "tertidur" in refused.text
    head = entered(city, akun="nukus.head@contoh.test")
    for path in (f"berita/{draft.id}/terbit", f"berita/{article.id}/cabut", "anggota/undang"):
        assert head.post(f"/k/nukus/{path}", {}).status_code in {404, 405, 409}, path
    assert head.post(f"/k/nukus/berita/{draft.id}/terbit").status_code == 409
    assert db.session.scalar(count) == before
    assert head.get("/k/nukus/berita/").status_code == 200  # reading is as ever
    assert "Kirim tautan ke ketua" in head.get("/k/nukus/tidur").text
    assert city.site().get(f"/berita/{article.slug}").status_code == 200
    assert entered(city, akun="gerabah.head@contoh.test").get("/k/gerabah/tidur").status_code == 200

    # The Forum's own steps are not kept from it, and it wakes it.
    moderator = city.desk("moderator")
    assert moderator.get(f"/k/nukus/berita/{article.id}/sembunyi").status_code == 200
    assert city.desk("moderator_nukus").post("/k/nukus/tidur/bangunkan").status_code == 403
    assert moderator.post("/k/nukus/tidur/bangunkan").status_code == 303
    assert head.post(f"/k/nukus/berita/{draft.id}/terbit").status_code == 303


def test_the_heads_link_wakes_it_once(sleepy: City) -> None:
    city = sleepy
    city.clock.forward(days=40)
    for _night in range(2):
        jobs.track()
    told = sa.select(sa.func.count(Notice.id)).where(Notice.kind == "wake.link")
    assert db.session.scalar(told) == 2  # one for each head
    pewarta = entered(city)
    assert pewarta.post("/k/nukus/tidur/tautan").status_code == 303
    assert pewarta.post("/k/nukus/tidur/tautan").status_code == 303
    db.session.rollback()
    assert db.session.scalar(told) == 3  # another one a day
    path = wake_path(city)
    assert path.startswith("/bangun/")
    notice = city.desk("nukus_head").get("/pemberitahuan/")
    assert "/bangun/" not in notice.text  # in the letter alone
    reader = city.desk()
    assert "Bangunkan KIM Nukus" in reader.get(path).text
    assert pewarta.post("/k/nukus/berita/", form(city)).status_code == 409  # looking is not enough
    assert reader.get(path[:-1] + "x").status_code == 410
    city.clock.forward(days=8)
    assert reader.get(path).status_code == 410
    assert pewarta.post("/k/nukus/tidur/tautan").status_code == 303
    path = wake_path(city)
    assert reader.post(path).status_code == 303
    assert reader.post(path).status_code == 410
    assert pewarta.post("/k/nukus/berita/", form(city)).status_code == 303
    city.clock.forward(days=100)
    assert reader.post(path).status_code == 410  # nor for another sleep
