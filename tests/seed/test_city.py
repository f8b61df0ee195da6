"""The played sample city: its clusters come out on any day, everything is marked, and it goes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import sqlalchemy as sa

from kimcms.db import Base, db
from kimcms.domain.clock import WIB
from kimcms.domain.roles import SYSTEM
from kimcms.models.account import User
from kimcms.models.article import Article, Category
from kimcms.models.event import Event
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.queries import clusters
from kimcms.seed import cast, city, crowd
from kimcms.services import bulk
from kimcms.services import clusters as tracker
from kimcms.storage.images import process
from tests.world import City, picture

# Edges of days, weeks, years, and of the months in which last year's programme still serves.
DAYS = [
    dt.datetime(2026, 11, 24, 12, 0, tzinfo=WIB),
    dt.datetime(2027, 1, 4, 0, 30, tzinfo=WIB),
    dt.datetime(2027, 4, 1, 9, 0, tzinfo=WIB),
]
MORE_DAYS = [
    dt.datetime(2027, 1, 3, 23, 0, tzinfo=WIB),
    dt.datetime(2027, 3, 31, 9, 0, tzinfo=WIB),
    dt.datetime(2028, 2, 29, 9, 0, tzinfo=WIB),
    dt.datetime(2027, 7, 5, 10, 0, tzinfo=WIB),
]


@pytest.fixture
def bare(on_sqlite: City) -> City:
    """No KIM at all: the cast makes room for the sample's."""
    everyone_is_sample(on_sqlite)
    bulk.clear_sample(on_sqlite.media, on_sqlite.now)
    return on_sqlite


def everyone_is_sample(place: City) -> None:
    with bulk.bulk(place.now) as unit:
        db.session.execute(sa.update(Kim).values(is_sample=True))
        db.session.execute(sa.update(User).values(is_sample=True))
        unit.record(SYSTEM, "test", None)


def load(place: City, now: dt.datetime) -> list[cast.SignIn]:
    place.clock.now = now.astimezone(dt.UTC)
    passwords = place.app.extensions["kimcms"].passwords
    drawn = {"rapat": process(picture(1200, 800))}
    return city.load(place.media, drawn, passwords, place.clock.now)


@pytest.mark.parametrize(
    "day", [*DAYS, *(pytest.param(day, marks=pytest.mark.long) for day in MORE_DAYS)]
)
def test_nine_ten_five_six(bare: City, day: dt.datetime) -> None:
    load(bare, day)
    assert clusters.picture().counts == {"1": 9, "2": 10, "3": 5, "4": 6}
    assert tracker.run(bare.clock.now) in ([], [clusters.last_evaluation()])
    assert clusters.picture().counts == {"1": 9, "2": 10, "3": 5, "4": 6}


def test_everything_counts_is_marked_and_goes_again(bare: City, tmp_path: Path) -> None:
    sign_ins = load(bare, DAYS[0])
    articles = db.session.scalars(sa.select(Article)).all()
    assert 270 <= len(articles) <= 330
    assert all(article.credit and article.credit["counts"] for article in articles)
    assert all(db.session.scalars(sa.select(Kim.is_sample)))
    assert len({s.name for s in sign_ins}) == len(sign_ins) == 30 * 3 + 3
    assert all(len(s.password) >= 12 for s in sign_ins)

    cast.write_sign_ins(tmp_path / "accounts.csv", sign_ins)
    assert (tmp_path / "accounts.csv").stat().st_mode & 0o777 == 0o600
    first = (tmp_path / "accounts.csv").read_text().splitlines()[0]
    assert first == "kim,role,sign-in,password"

    assert bulk.clear_sample(bare.media, bare.clock.now) == 30
    left = {
        table.name
        for table in Base.metadata.tables.values()
        if "kim_id" in table.columns
        and db.session.scalar(
            sa.select(sa.func.count()).select_from(table).where(table.c.kim_id.is_not(None))
        )
    }
    assert left == set()
    assert all(user.email is None for user in db.session.scalars(sa.select(User)))
    assert db.session.scalar(sa.select(sa.func.count(Kelurahan.id))) == 57
    assert db.session.scalar(sa.select(sa.func.count(Category.id)))
    assert db.session.scalars(sa.select(Event.verb).order_by(Event.id.desc())).first() == (
        "sample.clear"
    )
    load(bare, DAYS[0])
    assert clusters.picture().counts == {"1": 9, "2": 10, "3": 5, "4": 6}


def test_real_data_beside_the_sample_stays(city: City) -> None:
    """On both databases: a real KIM whose item a sample moderator accepted."""
    real = city.publish("gerabah_pewarta", title="Berita nyata")
    city.accept(real, by="moderator2")
    gone = city.publish("nukus_pewarta")
    with bulk.bulk(city.now) as unit:
        db.session.execute(sa.update(Kim).where(Kim.slug == "nukus").values(is_sample=True))
        sample = [i for n, i in city.cast.users.items() if n.startswith(("nukus", "moderator2"))]
        db.session.execute(sa.update(User).where(User.id.in_(sample)).values(is_sample=True))
        unit.record(city.actor("diskominfo"), "test", None)
    gone_id, real_id = gone.id, real.id
    db.session.expunge_all()
    assert bulk.clear_sample(city.media, city.now) == 1
    assert db.session.get(Article, gone_id) is None
    kept = db.session.get(Article, real_id)
    assert kept is not None
    assert kept.reviewed_by == city.cast.users["moderator2"]
    moderator = db.session.get(User, kept.reviewed_by)
    assert moderator is not None
    assert (moderator.name, moderator.email, moderator.password_hash) == ("Akun contoh", None, None)
    assert "Berita nyata" in city.reader().get("/").text
    assert city.site("nukus").get("/").status_code == 404


def test_a_crowd_is_the_same_for_the_same_seed(bare: City) -> None:
    said = crowd.load(60, 200, 7, bare.now)
    assert said == "60 KIMs, 200 articles"
    first = db.session.execute(sa.select(Article.slug, Article.kim_id)).all()
    slug = next(row.slug for row in first if row.kim_id == 1)
    assert bare.reader("balearjosari.localhost").get(f"/berita/{slug}").status_code == 200
    assert bare.reader().get("/").status_code == 200
    bulk.clear_sample(bare.media, bare.now)
    with bulk.bulk(bare.now) as unit:
        db.session.execute(sa.delete(Kelurahan).where(Kelurahan.slug.startswith("contoh-")))
        unit.record(SYSTEM, "test", None)
    crowd.load(60, 200, 7, bare.now)
    assert db.session.execute(sa.select(Article.slug, Article.kim_id)).all() == first
