"""The played sample city: its clusters come out on any day, everything is marked, and it goes."""

from __future__ import annotations

import datetime as dt
import html
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.assessments import from_json
from kimcms.domain.chain import Line
from kimcms.domain.clock import WIB
from kimcms.domain.roles import SYSTEM, Role, Verb
from kimcms.models.account import SignIn, User
from kimcms.models.article import Article, Category, Revision
from kimcms.models.cluster import Assessment, LedgerEntry
from kimcms.models.event import Event
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.models.notice import Notice
from kimcms.models.search import is_index_of_search
from kimcms.queries import accounts as people
from kimcms.queries import chain, clusters
from kimcms.seed import cast, city, crowd
from kimcms.services import articles, bulk, files, members, publishing
from kimcms.services import clusters as tracker
from kimcms.services.articles import Edit
from kimcms.services.people import create
from kimcms.storage.files import FileStore
from kimcms.storage.images import process
from tests.world import PASSWORD, City, picture

# Edges of days, weeks, years, and of the months in which last year's programme still serves.
DAYS = [
    dt.datetime(2027, 1, 3, 23, 0, tzinfo=WIB),
    dt.datetime(2027, 1, 4, 2, 30, tzinfo=WIB),
    dt.datetime(2027, 3, 31, 9, 0, tzinfo=WIB),
    dt.datetime(2028, 2, 29, 9, 0, tzinfo=WIB),
    dt.datetime(2027, 7, 5, 10, 0, tzinfo=WIB),
]
NEW_YEAR = dt.datetime(2027, 1, 1, 8, 0, tzinfo=WIB)
# The second load of the quick suite, on each database.
AGAIN = {
    "sqlite": dt.datetime(2027, 1, 4, 0, 30, tzinfo=WIB),
    "postgresql": dt.datetime(2027, 4, 1, 9, 0, tzinfo=WIB),
}
COUNTS = {"1": 9, "2": 10, "3": 5, "4": 6}


def stores(place: City) -> tuple[FileStore, FileStore]:
    return place.media, place.app.extensions["kimcms"].private


@pytest.fixture
def bare(city: City) -> City:
    """No KIM at all: the cast makes room for the sample's."""
    make_sample(city)
    bulk.clear_sample(stores(city), city.now)
    return city


def make_sample(place: City, *names: str) -> None:
    """Mark KIMs and people as sample: all, or those whose names begin with one of these."""
    kims = [kim for slug, kim in place.cast.kims.items() if slug.startswith(names or ("",))]
    users = [user for name, user in place.cast.users.items() if name.startswith(names or ("",))]
    with bulk.bulk(place.now) as unit:
        db.session.execute(sa.update(Kim).where(Kim.id.in_(kims)).values(is_sample=True))
        db.session.execute(sa.update(User).where(User.id.in_(users)).values(is_sample=True))
        unit.record(SYSTEM, "test", None)


def load(place: City, now: dt.datetime) -> list[cast.SignIn]:
    place.clock.now = now.astimezone(dt.UTC)
    passwords = place.app.extensions["kimcms"].passwords
    drawn = {"rapat": process(picture(96, 64))}
    return city.load(place.media, drawn, passwords, place.clock.now)


@pytest.mark.long
@pytest.mark.parametrize("city", ["sqlite"], indirect=True)
@pytest.mark.parametrize("day", [*DAYS, dt.datetime.now(WIB)], ids=lambda day: f"{day:%a-%d-%b}")
def test_nine_ten_five_six(bare: City, day: dt.datetime) -> None:
    load(bare, day)
    assert clusters.picture().counts == COUNTS
    assert tracker.run(bare.clock.now) in ([], [clusters.last_evaluation()])
    assert clusters.picture().counts == COUNTS


@pytest.mark.long
def test_the_sample_city_comes_and_goes(bare: City, tmp_path: Path) -> None:
    sign_ins = load(bare, NEW_YEAR)
    assert clusters.picture().counts == COUNTS
    stories = db.session.scalars(sa.select(Article)).all()
    assert 280 <= len(stories) <= 310
    assert all(story.credit and story.credit["counts"] for story in stories)
    assert all(db.session.scalars(sa.select(Kim.is_sample)))
    assert all(db.session.scalars(sa.select(User.is_sample).where(User.email.is_not(None))))
    unmailed = sa.select(Notice.id).where(Notice.mailed_at.is_(None))
    assert db.session.scalars(unmailed).all() == []  # a played history sends no letters
    assert len({s.name for s in sign_ins}) == len(sign_ins) == 30 * 3 + 3
    assert len({s.password for s in sign_ins}) == len(sign_ins)
    assert all(len(s.password) >= 12 for s in sign_ins)
    head = next(s for s in sign_ins if (s.kim, s.role) == ("nukus", "head"))
    entered = bare.desk().post("/masuk", {"akun": head.name, "sandi": head.password})
    assert entered.status_code == 303

    assert list(chain.faults({})) == []
    history = [" ".join(map(str, line.values)) for line in every_entry()]
    private = {s.password for s in sign_ins} | {s.name for s in sign_ins}
    private |= {body[3:60] for body in db.session.scalars(sa.select(Revision.body))}
    private |= set(db.session.scalars(sa.select(SignIn.token_hash)))
    assert len(history) > 1500
    assert not [text for text in history if any(word in text for word in private)]

    path = tmp_path / "accounts.csv"
    path.write_text("old")
    path.chmod(0o644)
    cast.write_sign_ins(path, sign_ins)
    assert path.stat().st_mode & 0o777 == 0o600
    lines = path.read_text().splitlines()
    assert lines[0] == "kim,role,sign-in,password"
    assert f"nukus,head,{head.name},{head.password}" in lines

    bare.clock.forward(weeks=6)
    written = tracker.run(bare.clock.now)
    assert len(written) == 6
    assert sum(clusters.picture().counts.values()) == 30

    assert stored(bare)
    assert bulk.clear_sample(stores(bare), bare.clock.now) == 30
    assert stored(bare) == []
    assert not_empty() == {
        *("kecamatan", "kelurahan", "category", "policy_version"),
        *("page_counter", "page_moment", "event", "chain_head", "alembic_version"),
    }
    assert db.session.scalar(sa.select(sa.func.count(Kelurahan.id))) == 57
    assert db.session.scalar(sa.select(sa.func.count(Category.id))) == 9
    assert list(chain.faults({})) == []
    verbs = set(db.session.scalars(sa.select(Event.verb)))
    assert verbs == {"city.load", "cluster.evaluate", "sample.clear", "test"}  # of the city alone
    assert bare.site("nukus").get("/").status_code == 404
    assert bare.reader().get("/").status_code == 200

    load(bare, AGAIN[bare.database])
    assert clusters.picture().counts == COUNTS
    assert tracker.run(bare.clock.now) in ([], [clusters.last_evaluation()])
    assert clusters.picture().counts == COUNTS


@pytest.mark.long
@pytest.mark.parametrize("city", ["sqlite"], indirect=True)
@pytest.mark.parametrize("weeks", [8, 16])
def test_without_news_all_fall_as_their_cards_had_forecast(bare: City, weeks: int) -> None:
    """Each KIM stands on each Monday where its card had said, since the day that it had named."""
    load(bare, NEW_YEAR)
    loaded = clusters.last_evaluation()
    assert loaded is not None
    cards = {kim_id: clusters.card(kim_id, bare.now) for kim_id in clusters.states()}
    said = {}
    for kim_id, card in cards.items():
        assert card is not None
        assert card.forecast is not None
        said[kim_id] = [(card.since, card.state.official)]
        said[kim_id] += [(change.day, change.to) for change in card.forecast.changes]
    bare.clock.forward(weeks=weeks)
    written = tracker.run(bare.now)
    assert len(written) == weeks
    rows = db.session.execute(
        sa.select(Assessment.kim_id, Assessment.result).where(Assessment.monday > loaded)
    ).all()
    assert len(rows) == weeks * 30
    for kim_id, text in rows:
        result = from_json(text)
        due = [step for step in said[kim_id] if step[0] <= result.monday]
        assert (result.since, result.official) == due[-1], (kim_id, result.monday)
    today = bare.now.astimezone(WIB).date()
    falls = 0
    for kim_id, state in clusters.states().items():
        due = [step for step in said[kim_id] if step[0] <= today]
        assert (state.since, state.official) == due[-1]
        falls += len(due) - 1
    assert falls >= {8: 10, 16: 15}[weeks]


def stored(city: City) -> list[str]:
    return [path.name for path in city.media.root.rglob("*") if path.is_file()]


def not_empty() -> set[str]:
    """The tables that hold a row, but for FTS5's own, which are never empty."""
    db.session.rollback()
    found = sa.inspect(db.engine).get_table_names()
    tables = [name for name in found if not is_index_of_search(name, "table")]
    return {
        name
        for name in tables
        if db.session.scalar(sa.select(sa.func.count()).select_from(sa.table(name)))
    }


def test_real_data_beside_the_sample_stays(city: City) -> None:
    """A real KIM whose item a sample moderator accepted, and a real person whom sample Diskominfo
    invited; the sample's pewarta has done nothing but sign in."""
    real = city.publish("gerabah_pewarta", title="Berita nyata")
    city.accept(real, by="moderator2")
    gone = city.publish("nukus_pewarta")
    private = stores(city)[1]
    papers = {
        slug: files.add(
            city.actor(f"{slug}_head"), city.kim(slug), Verb.ENTER_DECREE, "sk.pdf",
            b"%PDF-1.4 contoh", private, city.now,
        ).key
        for slug in ("nukus", "gerabah")
    }  # fmt: skip
    invited, _link = members.invite(
        city.actor("diskominfo"), "Bu Nyata", "nyata@contoh.test", Role.MODERATOR, None, city.now
    )
    entered = city.desk().post("/masuk", {"akun": "nukus.pewarta@contoh.test", "sandi": PASSWORD})
    assert entered.status_code == 303
    tracker.run(city.now)
    make_sample(city, "nukus", "moderator2", "diskominfo", "moderator_nukus")
    gone_id, real_id, invited_id = gone.id, real.id, invited.id
    users, kim_id = city.cast.users, city.kim("gerabah").id
    kept_rows = [*ledger_rows(kim_id), *assessment_rows(kim_id)]
    db.session.rollback()
    db.session.expunge_all()

    assert bulk.clear_sample(stores(city), city.now) == 1
    assert not private.exists(papers["nukus"])
    assert private.exists(papers["gerabah"])
    assert db.session.get(Article, gone_id) is None
    kept = db.session.get(Article, real_id)
    assert kept is not None
    assert kept.reviewed_by == users["moderator2"]
    for name in ("moderator2", "diskominfo"):  # they stand in the history of what is real
        person = db.session.get(User, users[name])
        assert person is not None
        assert (person.name, person.email, person.password_hash) == ("Akun contoh", None, None)
        assert accounts_of(users[name]) == []
    assert db.session.get(User, users["nukus_pewarta"]) is None
    assert db.session.get(User, users["moderator_nukus"]) is None
    history = db.session.scalars(sa.select(Event).where(Event.object_id == invited_id)).all()
    assert "account.create" in {event.verb for event in history}
    assert accounts_of(users["gerabah_head"]) == [Role.HEAD]
    assert accounts_of(invited_id) == [Role.MODERATOR]
    assert [*ledger_rows(kim_id), *assessment_rows(kim_id)] == kept_rows
    assert "Berita nyata" in city.reader().get("/").text
    assert city.site("gerabah").get("/").status_code == 200
    assert city.site("nukus").get("/").status_code == 404
    city.clock.forward(weeks=1)
    assert len(tracker.run(city.now)) == 1


def every_entry() -> Iterator[Line]:
    """The history as it lies in the database."""
    return itertools.chain(*(chain.of_chain(whose) for whose in chain.heads()))


def accounts_of(user_id: int) -> list[Role]:
    return [grant.role for grant in people.actor(user_id).grants]


def ledger_rows(kim_id: int) -> list[Any]:
    rows = sa.select(LedgerEntry.id, LedgerEntry.kind, LedgerEntry.recorded_at)
    return list(db.session.execute(rows.where(LedgerEntry.kim_id == kim_id)))


def assessment_rows(kim_id: int) -> list[Any]:
    rows = sa.select(Assessment.monday, Assessment.result).where(Assessment.kim_id == kim_id)
    return list(db.session.execute(rows))


def test_a_crowd_is_the_same_for_the_same_seed(bare: City) -> None:
    def load_crowd(seed: int) -> list[Any]:
        assert crowd.load(60, 200, seed, bare.now) == "60 KIMs, 200 articles"
        rows = sa.select(Article.slug, Article.kim_id, Article.public_at, Revision.title)
        rows = rows.join(Revision, Revision.id == Article.live_revision_id)
        return list(db.session.execute(rows.order_by(Article.id)))

    first = load_crowd(7)
    slug = next(row.slug for row in first if row.kim_id == 1)
    site = db.session.get_one(Kim, 1).slug
    assert bare.reader(f"{site}.localhost").get(f"/berita/{slug}").status_code == 200
    assert first[-1].title in html.unescape(bare.reader().get("/").text)
    # What people write comes after it.
    kim, passwords = db.session.get_one(Kim, 1), bare.app.extensions["kimcms"].passwords
    user = create("Bu Sri", "sri@contoh.test", Role.EDITOR, kim, PASSWORD, passwords, bare.now)
    bare.cast.users["sri"] = user.id
    try:
        edit = Edit(bare.draft(title="Sesudah keramaian"))
        written = articles.create(bare.actor("sri"), kim, edit, bare.now)
        publishing.publish(bare.actor("sri"), written, bare.now)
    finally:
        del bare.cast.users["sri"]
    assert "Sesudah keramaian" in bare.reader(f"{site}.localhost").get("/").text

    for seed in (7, 8):
        bulk.clear_sample(stores(bare), bare.now)
        with bulk.bulk(bare.now) as unit:
            db.session.execute(sa.delete(Kelurahan).where(Kelurahan.slug.startswith("contoh-")))
            unit.record(SYSTEM, "test", None)
        assert (load_crowd(seed) == first) == (seed == 7)
