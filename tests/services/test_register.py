"""Rename, suspend, close and merge: who may, what readers find, what the tracker is told."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.clock import WEEK, day_of, monday_of, start_of
from kimcms.domain.clusters import replay
from kimcms.domain.ledger import Closed, Published
from kimcms.domain.policy import Policy
from kimcms.domain.publishing import articles
from kimcms.domain.refusal import Refused
from kimcms.models.event import Event
from kimcms.models.kelurahan import Kelurahan
from kimcms.models.kim import Kim
from kimcms.models.notice import Notice
from kimcms.queries import accounts, clusters
from kimcms.queries import register as shelves
from kimcms.services import kims, register
from tests.world import City

WHY = "Sesuai berita acara."


def act(city: City, step, *values, by: str = "diskominfo"):
    return step(city.actor(by), *values, city.now)


def code(city: City, step, *values, by: str = "diskominfo") -> str:
    with pytest.raises(Refused) as refused:
        act(city, step, *values, by=by)
    db.session.rollback()
    return refused.value.code


def told(city: City, kind: str) -> set[int]:
    rows = db.session.execute(sa.select(Notice.user_id).where(Notice.kind == kind))
    return {row.user_id for row in rows}


def test_an_old_address_leads_to_the_new_one_and_is_nobody_elses(city: City) -> None:
    article = city.publish()
    act(city, register.change_slug, city.kim(), "nukus-baru", WHY)
    moved = city.site("nukus").get(f"/berita/{article.slug}?a=1")
    assert moved.status_code == 308
    assert moved.headers["Location"] == (
        f"http://nukus-baru.localhost:8000/berita/{article.slug}?a=1"
    )
    assert city.site("nukus-baru").get(f"/berita/{article.slug}").status_code == 200
    desk = city.desk("nukus_head").get("/k/nukus/klaster")
    assert (desk.status_code, desk.headers["Location"]) == (308, "/k/nukus-baru/klaster")
    assert city.desk("gerabah_head").get("/k/nukus/klaster").status_code == 404
    place = db.session.scalar(sa.select(Kelurahan).where(Kelurahan.slug == "dinoyo"))
    assert code(city, kims.open_kim, place, "KIM Lain", "nukus") == "slug_taken"
    assert code(city, register.change_slug, city.kim("gerabah"), "nukus", WHY) == "slug_taken"
    # Its own old one it may take back.
    act(city, register.change_slug, city.kim("nukus-baru"), "nukus", WHY)
    assert city.site("nukus-baru").get("/").headers["Location"] == "http://nukus.localhost:8000/"
    assert told(city, "kim.slug") == {city.cast.users["nukus_head"]}


@pytest.mark.parametrize("slug", ["Nukus!", "www", "-a", ""])
def test_what_cannot_be_an_address(on_sqlite: City, slug: str) -> None:
    refused = code(on_sqlite, register.change_slug, on_sqlite.kim(), slug, WHY)
    assert refused == "slug_unusable"


def test_a_suspended_subsite_is_gone_and_comes_back(city: City) -> None:
    article = city.accept(city.publish())
    known = len(clusters.ledgers([city.kim().id])[city.kim().id].entries)
    act(city, register.suspend, city.kim(), WHY)
    assert city.site().get(f"/berita/{article.slug}").status_code == 404
    assert article.newest.title not in city.reader().get("/").text
    assert city.desk("nukus_pewarta").get("/k/nukus/berita/").status_code == 200
    assert code(city, register.suspend, city.kim(), WHY) == "kim_suspended"
    # Credit is untouched: the tracker is not even told.
    assert len(clusters.ledgers([city.kim().id])[city.kim().id].entries) == known
    act(city, register.resume, city.kim(), WHY)
    assert city.site().get(f"/berita/{article.slug}").status_code == 200
    assert code(city, register.resume, city.kim(), WHY) == "kim_not_suspended"
    verbs = db.session.execute(
        sa.select(Event.verb, Event.reason).where(Event.verb.in_(["kim.suspend", "kim.resume"]))
    )
    assert sorted(verbs.tuples()) == [("kim.resume", WHY), ("kim.suspend", WHY)]


def test_closing_is_final_and_ends_every_role(city: City) -> None:
    kim = city.kim()
    assert code(city, register.close, kim, "gerabah", WHY) == "slug_not_typed"
    act(city, register.close, kim, " Nukus ", WHY)
    assert city.site().get("/").status_code == 404
    assert accounts.members(kim.id, city.now) == []
    assert city.desk("nukus_head").get("/k/nukus/klaster").status_code == 404
    assert clusters.ledgers([kim.id])[kim.id].of(Closed)[0].merged_into is None
    assert told(city, "kim.close") == {city.cast.users["nukus_head"]}
    for step in (register.suspend, register.resume):
        assert code(city, step, city.kim(), WHY) == "kim_closed"
    # The kelurahan is free again, the address is not.
    place = db.session.get_one(Kelurahan, kim.kelurahan_id)
    assert code(city, kims.open_kim, place, "KIM Baru", "nukus") == "slug_taken"
    opened = act(city, kims.open_kim, place, "KIM Baru", "baru")
    assert code(city, kims.open_kim, place, "KIM Ketiga", "ketiga") == "kelurahan_has_kim"
    assert opened.id != kim.id


def test_two_kims_merge(city: City) -> None:
    """Union of weeks; the survivor keeps start, decree and cluster; nobody gets a week from what
    was only scheduled."""
    ours, theirs = city.kim("nukus"), city.kim("gerabah")
    first = city.publish("nukus_pewarta")
    ahead = city.publish("nukus_pewarta", title="Nanti saja", at=city.now + WEEK)
    city.clock.forward(days=7)
    own = city.publish("gerabah_pewarta", title="Kabar dari Penanggungan", body="<p>x</p>")
    before = clusters.ledgers([theirs.id])[theirs.id]
    city.clock.forward(days=-6)
    act(city, register.merge, ours, theirs, "nukus", WHY)
    assert city.site("nukus").get(f"/berita/{first.slug}").headers["Location"] == (
        "http://gerabah.localhost:8000/"
    )
    after = clusters.ledgers([theirs.id])[theirs.id]
    moved = [entry for entry in after.of(Published) if entry.moved_from == ours.id]
    assert [entry.article_id for entry in moved] == [first.id]
    assert moved[0].credited
    assert ahead.id not in {item.first.article_id for item in articles(after)}
    assert own.id in {item.first.article_id for item in articles(after)}
    city.clock.forward(days=13)
    monday = monday_of(day_of(city.now))
    result = replay(Policy(), after, monday)[-1]
    weeks = {box.article_id for box in result.publishing.boxes if box.filled}
    assert first.id in weeks
    assert result.day_one == replay(Policy(), before, monday)[-1].day_one
    assert clusters.ledgers([ours.id])[ours.id].of(Closed)[0].merged_into == theirs.id
    assert told(city, "kim.merged_here") == {city.cast.users["gerabah_head"]}
    assert start_of(monday) <= city.now


def test_a_merge_of_a_merge_leads_on(on_sqlite: City) -> None:
    city = on_sqlite
    place = db.session.scalar(sa.select(Kelurahan).where(Kelurahan.slug == "dinoyo"))
    third = act(city, kims.open_kim, place, "KIM Dinoyo", "dinoyo")
    act(city, register.change_slug, city.kim("nukus"), "nukus2", WHY)
    act(city, register.merge, city.kim("nukus2"), city.kim("gerabah"), "nukus2", WHY)
    act(city, register.merge, city.kim("gerabah"), third, "gerabah", WHY)
    for old in ("nukus", "nukus2", "gerabah"):
        assert city.site(old).get("/x").headers["Location"] == "http://dinoyo.localhost:8000/"
    act(city, register.close, city.kim("dinoyo"), "dinoyo", WHY)
    assert city.site("nukus").get("/").status_code == 404
    assert code(city, register.merge, third, third, "dinoyo", WHY) == "merge_itself"


@pytest.mark.parametrize("by", ["moderator", "nukus_head", "gerabah_head", "moderator_nukus"])
def test_only_diskominfo(on_sqlite: City, by: str) -> None:
    kim, other = on_sqlite.kim(), on_sqlite.kim("gerabah")
    for step, values in (
        (register.change_slug, ("baru", WHY)),
        (register.suspend, (WHY,)),
        (register.close, ("nukus", WHY)),
        (register.merge, (other, "nukus", WHY)),
    ):
        assert code(on_sqlite, step, kim, *values, by=by) == "not_allowed"


def test_a_reason_is_wanted(on_sqlite: City) -> None:
    assert code(on_sqlite, register.suspend, on_sqlite.kim(), " \n ") == "register_reason"


def test_names_and_days(city: City) -> None:
    def describe(actor, kim: Kim, now, **values):
        given = {"name": "KIM Nukus Jaya", "founded_on": None} | values
        return register.describe(actor, kim, now, **given)

    describe(city.actor("diskominfo"), city.kim(), city.now)
    assert "KIM Nukus Jaya" in city.site().get("/tentang").text
    for wrong, refused in (
        ({"name": " "}, "name_missing"),
        ({"founded_on": day_of(city.now) + WEEK}, "founded_when"),
    ):
        with pytest.raises(Refused) as error:
            describe(city.actor("diskominfo"), city.kim(), city.now, **wrong)
        assert error.value.code == refused
        db.session.rollback()


def test_the_register_sums_to_57_with_constant_queries(city: City) -> None:
    act(city, register.suspend, city.kim("gerabah"), WHY)
    db.session.rollback()
    with city.counting() as seen:
        lines = shelves.lines(city.now)
    assert len(lines) == 57
    assert len([s for s in seen if s.startswith("SELECT")]) == 3
    by_kim = {line.kim_slug: line.condition.value for line in lines if line.kim}
    assert by_kim == {"nukus": "forming", "gerabah": "suspended"}
