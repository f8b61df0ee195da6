"""Signs of a risk when an item is published and at night; a second person for gambling words."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain.lists import Name
from kimcms.domain.refusal import Refused
from kimcms.domain.review import Reason, Why
from kimcms.domain.workflow import Exposure, FeedState, TextState
from kimcms.models.account import User
from kimcms.models.article import Article
from kimcms.queries import accounts as people
from kimcms.services import (
    articles,
    corrections,
    lists,
    members,
    patrol,
    publishing,
    review,
    vouching,
)
from kimcms.services.unit import atomic
from tests.lengths import on_postgres_later
from tests.services.test_articles import events, refused, stored, told, words
from tests.services.test_feed_life import changed, live, trusted
from tests.world import LONG, City

BAIT = f"<p>{LONG}</p><p>Main sl0t g4c0r di sini.</p>"


def kinds(article: Article) -> list[str]:
    return sorted(signal[0] for signal in article.signals or [])


def test_a_sign_makes_a_trusted_item_wait(city: City) -> None:
    trusted(city)
    assert city.publish(title="Tanpa tanda").feed_state is FeedState.ACCEPTED
    link = f'<p>{LONG}</p><p><a href="https://baru.example.org/x">Lihat</a></p>'
    first = city.publish(title="Tautan baru", body=link)
    assert (first.feed_state, kinds(first)) == ("pending", ["new_host"])
    assert city.publish(title="Tautan lama", body=link).feed_state is FeedState.ACCEPTED
    phone = city.publish(title="Hubungi 0812 3456 7890")
    assert (phone.feed_state, kinds(phone)) == ("pending", ["phone"])
    page = city.desk("nukus_editor").get(f"/k/nukus/berita/{phone.id}").text
    assert "Nomor ponsel" in page
    assert "0812…90 (judul)" in page
    assert city.site().get(f"/berita/{phone.slug}").status_code == 200


@on_postgres_later
def test_unusual_publishing_waits_for_the_city_feed(city: City) -> None:
    trusted(city)
    for number in range(10):
        assert city.publish(title=f"Nomor {number}").feed_state is FeedState.ACCEPTED
    many = city.publish(title="Yang kesebelas")
    assert (many.feed_state, kinds(many)) == ("pending", ["many"])
    assert many.exposure is Exposure.PUBLIC
    city.clock.forward(hours=2)
    with atomic(CITY, city.now, eventless=True):
        city.person("nukus_pewarta").created_at = city.now - dt.timedelta(days=6)
    young = city.publish(title="Akun baru")
    assert (young.feed_state, kinds(young)) == ("pending", ["new_account"])
    city.clock.forward(days=2)
    assert city.publish(title="Sepekan kemudian").feed_state is FeedState.ACCEPTED


def test_gambling_words_want_a_second_person(city: City) -> None:
    article, editor = city.write(body=BAIT), city.actor("nukus_editor")
    with pytest.raises(Refused, match="second_wanted"):
        publishing.publish(editor, article, city.now)
    article = stored(article.id)
    with refused("second_wanted"):  # the same wish again is the same one
        publishing.publish(editor, article, city.now)
    assert (article.exposure, article.text_state) == (Exposure.NEVER, TextState.SUBMITTED)
    assert [event.verb for event in events(article.id)][-1:] == ["article.wish"]
    assert told(city, "article.second_asked") == ["nukus_head"]
    assert told(city, "article.second_forum") == []
    articles.save(editor, article, words(city, article, title="Lain", body=BAIT), city.now)
    with pytest.raises(Refused, match="second_wanted"):  # other words are another wish
        publishing.publish(city.actor("nukus_head"), article, city.now)
    publishing.publish(editor, stored(article.id), city.now)
    article = stored(article.id)
    assert (article.exposure, article.feed_state) == (Exposure.PUBLIC, FeedState.PENDING)
    assert kinds(article) == ["gambling", "gambling"]
    changed(city, article, body=BAIT, lead="Yang sudah disetujui tidak ditanyakan lagi.")
    assert article.exposure is Exposure.PUBLIC


def test_a_correction_does_not_bring_in_what_nobody_has_read(on_sqlite: City) -> None:
    city, article = on_sqlite, on_sqlite.publish()
    city.clock.forward(minutes=5)
    bait = corrections.Words(corrections.Kind.RALAT, "Sebelumnya.", "Main sl0t g4c0r di sini.")
    with refused("correction_gambling"):
        corrections.add(city.actor("nukus_editor"), article, bait, city.now)


@on_postgres_later
def test_the_forum_is_the_second_person_where_there_is_no_other(city: City) -> None:
    for member in people.members(city.kim().id):
        if member.user_id == city.cast.users["nukus_head"]:
            row = people.membership(member.membership_id, city.kim().id)
            assert row
            members.end_role(city.actor("diskominfo"), row, city.kim(), city.now)
    article, editor = city.write(body=BAIT), city.actor("nukus_editor")
    path = f"/tinjauan/kedua/{article.id}"
    assert city.desk("moderator").get(path).status_code == 404  # never drafts
    page = city.desk("nukus_editor").post(
        f"/k/nukus/berita/{article.id}/terbit", {"revisi": str(article.newest_revision_id)}
    )
    assert page.status_code == 409
    assert "perlu orang kedua" in page.text
    assert told(city, "article.second_forum") == ["moderator", "moderator2"]
    assert (
        "Anda sudah setuju" in city.desk("nukus_editor").get(f"/k/nukus/berita/{article.id}").text
    )
    forum = city.desk("moderator")
    shown = forum.get(path)
    assert "sl0t g4c0r" in shown.text
    assert "Istilah judi: slot gacor" in shown.text
    assert city.desk("moderator_nukus").get(path).status_code == 403
    assert forum.post(path, {"revisi": "1000000"}).status_code == 409
    assert forum.post(path, {"revisi": str(article.newest_revision_id)}).status_code == 303
    assert told(city, "article.vouched") == ["nukus_editor"]
    with refused("move_not_open"):  # one vouches
        vouching.vouch(
            city.actor("moderator2"), stored(article.id), article.newest_revision_id or 0, city.now
        )
    publishing.publish(editor, stored(article.id), city.now)
    assert stored(article.id).exposure is Exposure.PUBLIC
    assert forum.get(path).status_code == 404


def test_at_night_what_readers_see_is_held_against_the_lists(city: City) -> None:
    body = f"<p>{LONG}</p><p>Angka main malam ini.</p>"
    accepted, other = city.publish(title="Ada kata", body=body), city.publish(title="Tidak ada")
    city.accept(accepted)
    city.accept(other)
    assert patrol.run(city.now) == 0
    city.clock.forward(hours=1)
    lists.add(city.actor("moderator"), Name.GAMBLING, "Angka  MAIN", city.now)
    city.clock.forward(hours=1)
    assert patrol.run(city.now) == 1
    found, untouched = stored(accepted.id), stored(other.id)
    assert (found.feed_state, kinds(found)) == ("pending", ["gambling"])
    assert (found.offered_at, found.checked_at) == (city.now, city.now)
    assert (untouched.feed_state, untouched.checked_at) == ("accepted", city.now)
    everybody = ["moderator", "moderator2", "nukus_editor", "nukus_head", "nukus_pewarta"]
    assert told(city, "article.held") == everybody
    assert events(accepted.id)[-1].verb == "article.hold"
    city.accept(found)
    city.clock.forward(hours=1)
    lists.add(city.actor("moderator"), Name.GAMBLING, "kata lain", city.now)
    city.clock.forward(hours=1)
    assert patrol.run(city.now) == 0  # the Forum has seen what this one has
    assert stored(accepted.id).checked_at == city.now
    lists.add(city.actor("moderator"), Name.ACCUSATIONS, "warga", city.now)
    city.clock.forward(hours=1)
    assert patrol.run(city.now) == 0
    assert stored(accepted.id).feed_state is FeedState.ACCEPTED

    with atomic(CITY, city.now, eventless=True):  # as if it had been imported
        found = stored(accepted.id)
        found.signals, found.checked_at = None, None
    with city.counting() as seen:
        assert patrol.run(city.now) == 1
    assert stored(accepted.id).feed_state is FeedState.PENDING
    assert len([line for line in seen if "JOIN revision" in line]) <= 4


def test_the_night_asks_as_often_for_many_as_for_one(on_sqlite: City) -> None:
    def queries(count: int) -> int:
        for number in range(count):
            on_sqlite.publish(title=f"Berita {number}")
        with atomic(CITY, on_sqlite.now, eventless=True):
            for article in db.session.scalars(sa.select(Article)):
                article.checked_at = None
        with on_sqlite.counting() as seen:
            assert patrol.run(on_sqlite.now) == 0
        return len(seen)

    assert queries(1) == queries(5)


@on_postgres_later
def test_the_lists_belong_to_the_forum(city: City) -> None:
    for name in ("nukus_head", "nukus_editor"):
        with refused("not_allowed"):
            lists.add(city.actor(name), Name.SPAM, "apa saja", city.now)
        assert city.desk(name).get("/tinjauan/daftar/").status_code == 403
    desk, path = city.desk("moderator"), "/tinjauan/daftar"
    assert "slot gacor" in desk.get(f"{path}/").text
    assert desk.post(f"{path}/gambling/hapus", {"kata": "gacor"}).status_code == 303
    assert desk.post(f"{path}/gambling/hapus", {"kata": "gacor"}).status_code == 409
    assert desk.post(f"{path}/gambling/hapus", {"kata": "slot gacor"}).status_code == 303
    assert city.publish(title="Kicau burung gacor, slot gacor").signals is None
    assert desk.post(f"{path}/gambling/tambah", {"kata": "Gacor"}).status_code == 303
    again = desk.post(f"{path}/gambling/tambah", {"kata": "GACOR"})
    assert again.status_code == 409
    assert 'value="GACOR"' in again.text  # what was typed is kept
    wrong = desk.post(f"{path}/hosts/tambah", {"kata": "bukan situs"})
    assert (wrong.status_code, "bukan alamat situs" in wrong.text) == (422, True)
    assert desk.post(f"{path}/hosts/tambah", {"kata": "https://www.Judi.test/x"}).status_code == 303
    assert "judi.test" in desk.get(f"{path}/").text
    assert desk.post(f"{path}/hosts/tambah", {"kata": ""}).status_code == 422
    assert desk.post(f"{path}/apa/tambah", {"kata": "x"}).status_code == 404


@on_postgres_later
def test_trust_and_appeals_by_hand(city: City) -> None:
    """The pages: a KIM's record in the register, the appeal on the item."""
    path, desk = "/k/nukus/daftar", city.desk("moderator")
    assert "Percayai" not in desk.get(path).text
    with atomic(CITY, city.now, eventless=True):
        city.kim().accepted_first = 10
    assert "Percayai" in desk.get(path).text
    assert "Percayai" not in city.desk("diskominfo").get(path).text
    assert desk.post(f"{path}/tinjauan", {"cara": "apa"}).status_code == 422
    assert desk.post(f"{path}/tinjauan", {"cara": "sesudah"}).status_code == 303
    assert "Langsung tampil, lalu dibaca Forum" in desk.get(path).text
    refusal = desk.post(f"{path}/tinjauan", {"cara": "sebelum", "alasan": ""})
    assert refusal.status_code == 422
    said = {"cara": "sebelum", "alasan": "Dua berita keliru."}
    assert desk.post(f"{path}/tinjauan", said).status_code == 303
    assert not city.kim().review_after

    article = city.publish()
    form = {"revisi": str(live(article)), "sebab": "source", "alasan": "Sumber belum jelas."}
    for missing in ("sebab", "alasan"):
        assert desk.post(f"/tinjauan/{article.id}/tolak", form | {missing: ""}).status_code == 422
    assert desk.post(f"/tinjauan/{article.id}/tolak", form).status_code == 303
    page, editor = f"/k/nukus/berita/{article.id}", city.desk("nukus_editor")
    assert "Ajukan banding" in editor.get(page).text
    assert "Ajukan banding" not in city.desk("nukus_pewarta").get(page).text
    assert city.desk("nukus_pewarta").post(f"{page}/banding", {"banding": "x"}).status_code == 403
    assert editor.post(f"{page}/banding", {"banding": " "}).status_code == 422
    assert editor.post(f"{page}/banding", {"banding": "x" * 1001}).status_code == 422
    assert editor.post(f"{page}/banding", {"banding": "Sumbernya lurah."}).status_code == 303
    assert "Banding menunggu jawaban moderator lain" in editor.get(page).text
    accepting = {"revisi": str(live(article))}
    assert desk.post(f"/tinjauan/{article.id}/terima", accepting).status_code == 403
    why = Why(Reason.FACTS, "Tetap belum jelas.")
    review.decline(city.actor("moderator2"), stored(article.id), live(article), why, city.now)
    last = editor.get(page).text
    assert "Banding sudah dijawab" in last
    assert "Ajukan banding" not in last
    assert editor.post(f"{page}/banding", {"banding": "Lagi."}).status_code == 409


def test_nobody_is_made_younger(on_sqlite: City) -> None:
    """The cast is older than a week, so that no test waits for an account's age by mistake."""
    newest = db.session.scalar(sa.select(sa.func.max(User.created_at)))
    assert newest
    assert newest < on_sqlite.now - dt.timedelta(days=8)
