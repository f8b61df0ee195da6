"""The emergency hide: at once, for a day, and never by one person alone for longer."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.ledger import Exposure as Shown
from kimcms.domain.workflow import Exposure, Withdrawal
from kimcms.models.article import Article
from kimcms.models.cluster import LedgerEntry
from kimcms.models.notice import Notice
from kimcms.queries import accounts as people
from kimcms.queries import hiding as shelf
from kimcms.services import articles, hiding, members, publishing
from kimcms.services.articles import Edit
from tests.services.test_publishing import counters, last_event, refused, told
from tests.world import City

PATH = "/berita/warga-rw-04-bersihkan-saluran-air"
WHY = "Memuat alamat rumah korban."


def end_city_role(city: City, *names: str) -> None:
    for member in people.members(None):
        if member.user_id in {city.cast.users[name] for name in names}:
            row = people.membership(member.membership_id, None)
            assert row
            members.end_role(city.actor("diskominfo"), row, None, city.now)


def waits(city: City, name: str = "moderator2") -> list[int]:
    found = shelf.waiting(city.now, city.actor(name).impartial_from(city.now))
    return [row.id for row in found]


def test_it_goes_at_once_and_comes_back_by_itself(city: City) -> None:
    article = city.accept(city.publish())
    before, start = counters(), city.clock.forward(minutes=5)
    for name in ("nukus_head", "nukus_editor", "moderator_nukus", "diskominfo"):
        with refused("not_allowed"):
            hiding.hide(city.actor(name), article, WHY, city.now)
    with refused("reason_missing"):
        hiding.hide(city.actor("moderator"), article, " ", city.now)
    hiding.hide(city.actor("moderator"), article, WHY, city.now)
    end = start + dt.timedelta(hours=24)
    assert (article.exposure, article.hidden_until) == (Exposure.PUBLIC, end)
    assert (last_event(article).verb, last_event(article).reason) == ("article.hide", WHY)
    assert {tag for tag in counters() if counters()[tag] != before.get(tag)} >= {"feed"}
    gone = city.site().get(PATH)
    assert gone.status_code == 404
    assert "Warga RW 04" not in gone.text
    assert WHY not in gone.text
    assert "Warga RW 04" not in city.reader().get("/").text
    assert told(city, "article.hidden") == ["nukus_editor", "nukus_head", "nukus_pewarta"]
    assert told(city, "hide.waiting") == ["moderator2"]
    assert waits(city) == [article.id]
    assert waits(city, "moderator_nukus") == []
    row = shelf.waiting(city.now)[0]
    assert (row.since, row.deadline, row.kim_id) == (start, end, article.kim_id)

    # Another text does not bring it back, and it stays hidden where it is taken down and up.
    edit = Edit(city.draft(title="Judul baru"), article.newest_revision_id)
    articles.save(city.actor("nukus_editor"), article, edit, city.now)
    publishing.publish(city.actor("nukus_editor"), article, city.now)
    publishing.unpublish(city.actor("nukus_editor"), article, city.now)
    publishing.publish(city.actor("nukus_editor"), article, city.now)
    assert city.site().get(f"/berita/{article.slug}").status_code == 404

    city.clock.now = end - dt.timedelta(seconds=1)
    assert city.site().get(f"/berita/{article.slug}").status_code == 404
    city.clock.now = end
    assert city.site().get(f"/berita/{article.slug}").status_code == 200
    assert waits(city) == []
    with refused("hide_again"):  # nobody prolongs alone
        hiding.hide(city.actor("moderator"), article, WHY, city.now)
    hiding.hide(city.actor("moderator2"), article, WHY, city.now)


def test_a_second_person_lifts_it_or_makes_it_a_withdrawal(city: City) -> None:
    one, two = city.publish(), city.publish(title="Yang kedua")
    city.clock.forward(hours=1)
    for article in (one, two):
        hiding.hide(city.actor("moderator"), article, WHY, city.now)
    city.clock.forward(hours=2)
    mine, other = city.actor("moderator"), city.actor("moderator2")
    with refused("hide_second"):
        hiding.lift(mine, one, "Sudah benar.", city.now)
    for take in (hiding.withdraw, publishing.withdraw):
        with refused("hide_second"):
            take(mine, two, Withdrawal.PRIVACY, "Alamat rumah.", city.now)
    with refused("reason_missing"):
        hiding.lift(other, one, "", city.now)
    hiding.lift(other, one, "Sudah disamarkan.", city.now)
    assert city.site().get(PATH).status_code == 200
    assert (last_event(one).verb, last_event(one).reason) == ("article.unhide", "Sudah disamarkan.")
    assert told(city, "article.unhidden") == ["nukus_editor", "nukus_head", "nukus_pewarta"]
    hiding.withdraw(other, two, Withdrawal.PRIVACY, "Alamat rumah.", city.now)
    assert (two.exposure, two.hidden_until) == (Exposure.WITHDRAWN, None)
    assert city.site().get("/berita/yang-kedua").status_code == 410
    for article in (one, two):
        with refused("not_hidden"):
            hiding.lift(other, article, "Lagi.", city.now)
    with refused("hide_unseen"):
        hiding.hide(other, two, WHY, city.now)
    # The KIM's own right is not touched by a hide.
    three = city.publish(title="Yang ketiga")
    city.clock.forward(hours=1)
    hiding.hide(mine, three, WHY, city.now)
    publishing.withdraw(city.actor("nukus_head"), three, Withdrawal.FALSE, "Kami keliru.", city.now)
    assert three.exposure is Exposure.WITHDRAWN


def test_diskominfo_is_the_second_where_no_moderator_is_free(city: City) -> None:
    article = city.publish()
    hiding.hide(city.actor("moderator"), article, WHY, city.clock.forward(hours=1))
    with refused("not_allowed"):
        hiding.lift(city.actor("diskominfo"), article, "Boleh.", city.now)
    end_city_role(city, "moderator2")
    again = city.publish(title="Satu lagi")
    hiding.hide(city.actor("moderator"), again, WHY, city.clock.forward(hours=1))
    assert told(city, "hide.waiting") == ["diskominfo", "moderator2"]
    page = city.desk("diskominfo").get(f"/k/nukus/berita/{article.id}/sembunyi")
    assert page.status_code == 200
    hiding.lift(city.actor("diskominfo"), article, "Boleh.", city.now)
    assert city.site().get(PATH).status_code == 200
    with refused("not_allowed"):  # the first step is a moderator's while there is one
        hiding.hide(city.actor("diskominfo"), article, WHY, city.now)


def test_the_tracker_knows_that_it_comes_back(city: City) -> None:
    article = city.publish()
    hiding.hide(city.actor("moderator"), article, WHY, city.clock.forward(hours=1))
    rows = sa.select(LedgerEntry.data).where(LedgerEntry.kind == Shown.KIND)
    (data,) = db.session.scalars(rows.order_by(LedgerEntry.id))
    assert (data["shown"], data["until"]) == (False, article.hidden_until.isoformat())  # type: ignore[union-attr]
    hiding.lift(city.actor("moderator2"), article, "Boleh.", city.clock.forward(hours=1))
    assert [data["shown"] for data in db.session.scalars(rows.order_by(LedgerEntry.id))] == [
        False,
        True,
    ]


def test_the_pages_of_it(city: City) -> None:
    article = city.publish()
    city.clock.forward(hours=1)
    one, two = city.desk("moderator"), city.desk("moderator2")
    page, hide = f"/k/nukus/berita/{article.id}", f"/k/nukus/berita/{article.id}/sembunyi"
    assert "Sembunyikan sekarang" in one.get(page).text
    assert "Sembunyikan sekarang" not in city.desk("nukus_head").get(page).text
    slip = one.post(hide, {"alasan": ""})
    assert slip.status_code == 422
    assert "Wajib diisi" in slip.text
    assert one.post(hide, {"alasan": WHY}).status_code == 303
    assert "moderator lain yang memutuskan" in one.get(hide).text
    assert WHY in city.desk("nukus_pewarta").get(page).text
    assert "menunggu moderator lain" in one.get("/tinjauan/disembunyikan/").text
    listed = two.get("/tinjauan/disembunyikan/").text
    assert hide in listed
    assert "26 Nov 2026" not in listed
    assert "Rabu, 25 Nov 2026, 13.00 WIB" in listed
    assert one.post(f"{hide}/buka", {"alasan": "Boleh."}).status_code == 403
    assert two.post(f"{hide}/buka", {"alasan": ""}).status_code == 422
    assert two.post(f"{hide}/cabut", {"sebab": "privacy", "alasan": "X"}).status_code == 422
    assert two.post(f"{hide}/buka", {"alasan": "Boleh."}).status_code == 303
    assert city.site().get(PATH).status_code == 200
    empty = two.get("/tinjauan/disembunyikan/")
    assert "Tidak ada berita yang sedang disembunyikan" in empty.text
    assert two.post(hide, {"alasan": WHY}).status_code == 303
    sent = {"sebab": "privacy", "alasan": "Alamat rumah.", "yakin": "y"}
    assert one.post(f"{hide}/cabut", sent).status_code == 303
    assert city.site().get(PATH).status_code == 410
    refuse = one.post(f"/k/nukus/berita/{article.id}/pulihkan", {"alasan": ""})
    assert refuse.status_code == 422
    back = one.post(f"/k/nukus/berita/{article.id}/pulihkan", {"alasan": "Sudah disamarkan."})
    assert back.status_code == 303
    assert city.site().get(PATH).status_code == 200
    kept = db.session.get(Article, article.id)
    assert kept is not None
    assert last_event(kept).reason == "Sudah disamarkan."
    told_of = db.session.scalars(sa.select(Notice.kind).distinct())
    assert {"article.hidden", "article.unhidden", "hide.waiting"} <= set(told_of)
