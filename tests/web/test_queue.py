"""The Forum's one queue and its claims, with two moderators, through HTTP."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain.assistance import Difficulty
from kimcms.domain.clock import day_of
from kimcms.domain.complaints import Kind as About
from kimcms.domain.ledger import Proof
from kimcms.domain.review import Reason, Why
from kimcms.domain.waiting import CLAIM_LASTS, Kind
from kimcms.models.article import Article
from kimcms.models.claim import Claim
from kimcms.queries import review as queue
from kimcms.queries.waiting import Asked, Place
from kimcms.services import (
    articles,
    assistance,
    complaints,
    evidence,
    hiding,
    phrases,
    publishing,
    review,
)
from kimcms.services.unit import atomic
from tests.services.test_articles import stored, words
from tests.web.test_matrix import open_case
from tests.world import LONG, City

LAPSED = CLAIM_LASTS + dt.timedelta(seconds=1)
QUEUE = "/tinjauan/"


def item(article: Article, *parts: str) -> str:
    return "/".join(["/tinjauan", str(article.id), *parts])


def said(article: Article, **more: Any) -> dict[str, Any]:
    """A form that says why."""
    why = {"sebab": "facts", "alasan": "Sebut narasumbernya."}
    return {"revisi": article.live_revision_id, **why, **more}


def links(page: str) -> list[str]:
    return re.findall(r'class="row-link" href="([^"?]+)', page)


def proof(city: City, title: str = "Rapat bulanan") -> int:
    head, today = city.actor("nukus_head"), day_of(city.now)
    return evidence.submit(head, city.kim(), Proof.MEETING, today, title, city.now).id


def test_who_opens_it_has_it_until_it_lapses(city: City) -> None:
    article = city.publish(title="Saluran bersih")
    first, second = city.desk("moderator"), city.desk("moderator2")
    assert "Anda memegang ini" in first.get(item(article)).text
    city.clock.forward(minutes=14)
    seen = second.get(item(article)).text
    assert "moderator sedang memegang ini" in seen
    assert "Terima</button>" not in seen  # nothing is typed in vain
    assert "dipegang moderator sejak" in second.get(QUEUE).text
    assert "Anda pegang" in first.get(QUEUE).text

    late = second.post(item(article, "tolak"), said(article, alasan="Kata yang sudah diketik."))
    assert late.status_code == 409
    assert "moderator sedang memegang ini sejak 24 Nov 2026, 12.00" in late.text
    assert "Kata yang sudah diketik.</textarea>" in late.text
    assert stored(article.id).feed_state == "pending"

    assert "Anda memegang ini" in first.get(item(article)).text  # renewed by opening again
    city.clock.forward(minutes=14)
    assert "moderator sedang memegang ini" in second.get(item(article)).text
    city.clock.forward(minutes=1, seconds=1)
    assert "Anda memegang ini" in second.get(item(article)).text  # free by the query itself
    late = first.post(item(article, "terima"), {"revisi": article.live_revision_id})
    assert late.status_code == 409
    assert "moderator2 sedang memegang" in late.text
    done = second.post(item(article, "terima"), {"revisi": article.live_revision_id})
    assert (done.status_code, done.location) == (303, QUEUE)
    assert "Saluran bersih</a>" in second.get(QUEUE).text  # the flash leads back to it
    again = second.post(item(article, "terima"), {"revisi": article.live_revision_id})
    assert again.status_code == 409
    assert "sudah tidak berlaku" in again.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Claim)) == 0


def test_a_page_that_is_open_renews_and_releases(city: City) -> None:
    article = city.publish()
    first, second = city.desk("moderator"), city.desk("moderator2")
    first.get(item(article), headers={"Sec-Purpose": "prefetch;prerender"})
    assert db.session.scalar(sa.select(Claim.user_id)) is None  # nobody looked at it
    first.get(item(article))
    name = {"jenis": "article", "nomor": article.id}
    city.clock.forward(minutes=14)
    renewed = first.post("/tinjauan/pegang", name)
    assert (renewed.status_code, renewed.json) == (200, {"said": ""})
    city.clock.forward(minutes=14)
    assert "moderator sedang memegang" in second.post("/tinjauan/pegang", name).json["said"]
    second.post("/tinjauan/lepas", name)  # not theirs to leave
    assert "moderator sedang memegang ini" in second.get(item(article)).text
    answer = first.post("/tinjauan/lepas?jenis=berita", name)
    assert answer.location == "/tinjauan/?jenis=berita"
    assert "Anda memegang ini" in second.get(item(article)).text
    for wrong in ({}, {"jenis": "article", "nomor": 10**30}, {"jenis": "x" * 99, "nomor": 1}):
        assert first.post("/tinjauan/pegang", wrong).status_code == 400


def test_saying_no_wants_words_and_ready_ones_are_added(city: City) -> None:
    article, other = city.publish(title="Pertama"), city.publish(title="Kedua")
    desk = city.desk("moderator")
    ready = phrases.add(city.actor("moderator"), "Narasumber", "Sebut narasumber.", city.now)
    for verb in ("tolak", "perbaikan"):
        empty = desk.post(item(article, verb), said(article, alasan=" \n"))
        assert empty.status_code == 422
        assert "Tulis apa yang perlu diketahui penulis." in empty.text
        chosen = desk.post(item(article, verb), said(article, sebab=""))
        assert chosen.status_code == 422
        assert "Sebut narasumbernya.</textarea>" in chosen.text
    long = desk.post(item(article, "tolak"), said(article, templat=ready.id, alasan="a" * 490))
    assert long.status_code == 422
    assert "Sebut narasumber. aaa" in long.text
    first = desk.get(QUEUE)
    way = re.search(rf'href="({item(article)}\?[^"]+)"', first.text)
    assert way
    path = way[1].replace("&amp;", "&").replace(item(article), item(article, "perbaikan"))
    done = desk.post(path, said(article, templat=ready.id, alasan="Siapa yang bicara?"))
    assert done.status_code == 303
    assert done.location.startswith(item(other))  # on to the next
    found = stored(article.id)
    assert found.feed_state == "change_asked"
    assert found.review_reason == "Sebut narasumber. Siapa yang bicara?"
    assert "Perbaikan diminta." in desk.get(done.location).text


def test_the_own_kim_is_left_to_others(city: City) -> None:
    article, number = city.publish(title="Milik Nukus"), proof(city)
    biased = city.desk("moderator_nukus")
    page = biased.get(QUEUE).text
    assert "Milik Nukus" not in page
    assert "Rapat bulanan" not in page
    assert biased.get(item(article)).status_code == 403
    assert biased.post(item(article, "terima"), {}).status_code == 403
    ticked = {"pilih": f"{article.id}:{article.live_revision_id}"}
    answer = biased.post("/tinjauan/terima", ticked)
    assert answer.status_code == 409
    assert "Milik Nukus: Akun ini tidak berwenang" in answer.text
    assert links(city.desk("moderator").get(QUEUE).text) == [item(article), f"/bukti/{number}"]


def test_several_that_were_read_are_accepted_at_once(city: City) -> None:
    made = [city.publish(title=f"Kabar {number}") for number in range(4)]
    first, second = city.desk("moderator"), city.desk("moderator2")
    assert "Terima yang dicentang" not in first.get(QUEUE).text
    for article in made[:3]:
        first.get(item(article))
    page = first.get(QUEUE).text
    ticks = re.findall(r'name="pilih" value="([^"]+)"', page)
    assert ticks == [f"{a.id}:{a.live_revision_id}" for a in made[:3]]
    assert 'name="pilih"' not in second.get(QUEUE).text
    city.clock.now += LAPSED
    second.get(item(made[1]))  # takes what has lapsed
    assert f'value="{ticks[1]}"' not in first.get(QUEUE).text
    answer = first.post("/tinjauan/terima", {"pilih": ticks})
    assert answer.status_code == 409
    assert "2 berita diterima. Yang ini belum:" in answer.text
    assert re.search("Kabar 1: moderator2 sedang memegang ini", answer.text)
    states = [stored(article.id).feed_state for article in made]
    assert states == ["accepted", "pending", "accepted", "pending"]
    assert second.post("/tinjauan/terima", {"pilih": ticks[1:2]}).status_code == 303
    for wrong in ("x", "1", "1:2:3", f"{10**30}:1", "²:1"):
        assert first.post("/tinjauan/terima", {"pilih": wrong}).status_code == 400
    assert first.post("/tinjauan/terima").status_code == 303


def test_every_kind_stands_in_one_list_by_age(city: City) -> None:
    article = city.publish(title="Berita lama")
    city.clock.forward(hours=1)
    number = proof(city)
    city.clock.forward(hours=1)
    case = open_case(city)
    late = city.publish("gerabah_pewarta", title="Berita baru")
    page = city.desk("moderator").get(QUEUE).text
    decide = "/k/nukus/klaster/keputusan"
    assert links(page) == [item(article), f"/bukti/{number}", item(late), decide]
    assert "Keberatan atas klaster 2" in page
    found = {
        "jenis=bukti": [f"/bukti/{number}"],
        "jenis=keberatan": [decide],
        "asal=gerabah": [item(late)],
        "jenis=berita&asal=nukus": [item(article)],
        "asal=tidak-ada": [],
        "lihat=lewat": [],
        "lihat=saya": [],
        "jenis=tidak-ada": links(page),
    }
    desk = city.desk("moderator")
    for query, rows in found.items():
        assert links(desk.get(f"{QUEUE}?{query}").text) == rows, query
    assert "Keberatan" in desk.get(decide).text  # opening it takes it
    assert links(desk.get(f"{QUEUE}?lihat=saya").text) == [decide]
    answer = city.desk("moderator2").post(
        f"/k/nukus/klaster/kasus/{case}/tolak", {"alasan": "Rapatnya belum ada."}
    )
    assert answer.status_code == 409
    assert "Rapatnya belum ada." in answer.text
    desk.get(f"/bukti/{number}")
    seen = {"versi": evidence.version(evidence.shelf.proof(city.kim().id, number))}  # type: ignore[arg-type]
    answer = city.desk("moderator2").post(f"/bukti/{number}/verifikasi", seen)
    assert answer.status_code == 409
    assert "sedang memegang ini" in answer.text
    onward = desk.post(
        f"/bukti/{number}/verifikasi?tempat={Place(city.now, Kind.OFFERED, 0)}", seen
    )
    assert onward.location.startswith(item(late))


def test_an_appeal_goes_to_another(city: City) -> None:
    article = city.publish(title="Ditolak dulu")
    first = city.actor("moderator")
    assert article.live_revision_id
    why = Why(Reason.FACTS, "Belum jelas.")
    review.decline(first, article, article.live_revision_id, why, city.now)
    review.appeal(city.actor("nukus_head"), article, "Sudah kami perjelas.", city.now)
    assert links(city.desk("moderator").get(QUEUE).text) == []
    barred = city.desk("moderator").get(item(article)).text
    assert "Moderator lain yang menjawabnya." in barred
    assert "Terima</button>" not in barred
    other = city.desk("moderator2")
    assert links(other.get(f"{QUEUE}?jenis=banding").text) == [item(article)]
    assert links(other.get(f"{QUEUE}?jenis=berita").text) == []
    assert "Sudah kami perjelas." in other.get(item(article)).text
    refused = city.desk("moderator").post(
        item(article, "terima"), {"revisi": article.live_revision_id}
    )
    assert refused.status_code == 403


def test_what_is_in_the_feed_is_read_or_removed(city: City) -> None:
    one = city.publish(title="Satu")
    city.accept(one)
    with atomic(CITY, city.now, eventless=True):
        city.kim().review_after = True
    editor = city.actor("nukus_editor")
    articles.save(editor, one, words(city, one, body=f"<p>Lain. {LONG}</p>"), city.now)
    publishing.publish(editor, one, city.now)
    two = city.publish(title="Dua")
    desk = city.desk("moderator")
    page = desk.get(f"{QUEUE}?jenis=baca").text
    assert links(page) == [item(one), item(two)]
    for told in ("berubah sejak dibaca Forum", "sudah tampil, belum dibaca"):
        assert page.count(told) == 1
    shown = desk.get(item(one)).text
    for told in ("Apa yang berubah", "Keluarkan</button>", "Biarkan</button>", "1 tampil"):
        assert told in shown
    assert f"/k/nukus/berita/{one.id}" in desk.get(item(two)).text  # much alike
    other = city.desk("moderator2")
    read = {"revisi": one.live_revision_id}
    assert other.post(item(one, "dibaca"), read).status_code == 409
    assert desk.post(item(one, "dibaca"), read).status_code == 303
    assert desk.post(item(two, "keluarkan"), said(two)).status_code == 303
    assert (stored(one.id).feed_state, stored(two.id).feed_state) == ("accepted", "removed")
    assert links(desk.get(QUEUE).text) == []
    assert "1 dikeluarkan" in desk.get(item(one)).text


def test_as_many_queries_with_many_things(city: City) -> None:
    desk = city.desk("moderator")

    def cost(path: str) -> int:
        desk.get(path)
        with city.counting() as seen:
            assert desk.get(path).status_code == 200
        return len(seen)

    first = city.publish(title="Pertama")
    proof(city)
    paths = (QUEUE, f"{QUEUE}?jenis=berita&asal=nukus", item(first), "/")
    few = [cost(path) for path in paths]
    for number in range(6):
        city.publish(title=f"Kabar {number}")
        city.publish("gerabah_pewarta", title=f"Warta {number}")
        proof(city, f"Rapat {number}")
    assert [cost(path) for path in paths] == few
    assert few[0] <= 8


def test_pages_neither_repeat_nor_skip(city: City) -> None:
    """Items, proofs and cases of one instant, over the ends of pages."""
    for number in range(3):
        city.publish(title=f"Kabar {number}")
        proof(city, f"Rapat {number}")
    open_case(city)
    for kind in (None, Kind.EVIDENCE):
        asked = Asked(kind=kind)
        whole = [row.place for row in queue.waiting(city.now, asked=asked, size=50).rows]
        assert len(whole) == (7 if kind is None else 3)
        found: list[Place] = []
        after: Place | None = None
        while True:
            page = queue.waiting(city.now, after=after, asked=asked, size=2)
            found += [row.place for row in page.rows]
            if page.after is None:
                break
            after = Place.read(str(page.after))
        assert found == whole


def test_the_forums_ready_words(city: City) -> None:
    desk, page = city.desk("moderator"), "/tinjauan/templat/"
    made = desk.post(page, {"nama": "Narasumber", "kalimat": "Sebut siapa yang bicara."})
    assert (made.status_code, made.location) == (303, page)
    article = city.publish()
    assert "Narasumber</option>" in desk.get(item(article)).text
    (row,) = re.findall(r'href="(/tinjauan/templat/\d+)', desk.get(page).text)
    assert desk.post(row, {"nama": "Saksi", "kalimat": " "}).status_code == 422
    assert desk.post(row, {"nama": "Saksi", "kalimat": "Sebut saksinya."}).status_code == 303
    assert "Sebut saksinya." in desk.get(page).text
    assert city.desk("diskominfo").get(page).status_code == 403
    assert desk.post(f"{row}/hapus").status_code == 303
    assert "Belum ada templat." in desk.get(page).text
    for _number in range(40):
        phrases.add(city.actor("moderator"), "Nama", "Kalimat.", city.now)
    assert desk.post(page, {"nama": "Lagi", "kalimat": "Satu lagi."}).status_code == 409


def test_what_others_ask_of_the_forum(city: City) -> None:
    """Complaints with their clock, help that was asked for, and a wish for a second person."""
    about = city.publish(title="Yang diadukan")
    city.accept(about)
    telling = complaints.Said(
        About.PRIVACY, "Nomor saya tertulis.", "", "Bu Rini", phone="081234567890"
    )
    sent = complaints.Sent("form", "token", "192.0.2.1")
    complaint = complaints.send(city.kim(), about.id, telling, sent, city.now)
    held = assistance.tell(
        city.actor("nukus_head"), city.kim(), Difficulty.NEWS, "Tidak ada penulis.", city.now
    )
    desk = city.desk("moderator")
    page = desk.get(QUEUE).text
    paths = [f"/k/nukus/aduan/{complaint.id}", f"/pendampingan/{held.id}"]
    assert links(page) == paths
    for told in ("Aduan: data pribadi, Yang diadukan", "Tidak ada penulis.", "tenggat"):
        assert told in page
    assert links(desk.get(f"{QUEUE}?lihat=lewat").text) == []
    desk.get(paths[0])
    city.clock.forward(days=3, minutes=1)
    assert links(desk.get(f"{QUEUE}?lihat=lewat").text)[:1] == paths[:1]
    desk.get(paths[0])
    closing = {"alasan": "Nomornya sudah dihapus."}
    late = city.desk("moderator2").post(f"{paths[0]}/tutup", closing)
    assert late.status_code == 409
    assert "moderator sedang memegang ini" in late.text
    assert "Nomornya sudah dihapus." in late.text
    assert desk.post(f"{paths[0]}/tutup", closing).status_code == 303
    assert links(desk.get(QUEUE).text) == paths[1:]


def test_a_second_person_is_found_in_the_queue(city: City) -> None:
    article = city.publish(title="Disembunyikan dulu")
    city.accept(article)
    hiding.hide(city.actor("moderator"), article, "Nama anak terbuka.", city.now)
    assert links(city.desk("moderator").get(QUEUE).text) == []  # somebody else answers
    page = city.desk("moderator2").get(QUEUE).text
    path = f"/k/nukus/berita/{article.id}/sembunyi"
    assert links(page) == [path]
    assert "tenggat Rabu, 25 Nov 2026, 12.00 WIB" in page
    assert "Anda memegang ini" in city.desk("moderator2").get(path).text
    city.clock.forward(days=1)
    assert links(city.desk("moderator2").get(QUEUE).text) == []
