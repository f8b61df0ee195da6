"""The newsroom's front page by role: what waits, what came back, and how few queries it takes."""

from __future__ import annotations

import datetime as dt
import re

import sqlalchemy as sa

from kimcms.db import CITY, db
from kimcms.domain.ledger import Proof
from kimcms.domain.roles import SYSTEM, Role
from kimcms.domain.workflow import FeedState
from kimcms.models.account import Membership
from kimcms.services import articles, evidence
from kimcms.services.articles import Edit
from kimcms.services.clusters import run
from kimcms.services.unit import atomic
from tests.world import LONG, City


def sections(page: str) -> dict[str, str]:
    """The text below each heading of the third level, without its number."""
    found = {}
    for part in page.partition("<main")[2].split("<h3")[1:]:
        title, _end, text = part.partition("</h3>")
        bare = re.sub("<span.*?</span>|^[^>]*>", "", title, flags=re.DOTALL)
        found[" ".join(re.sub("<[^>]+>", " ", bare).split())] = text
    return found


def titles(page: str, heading: str) -> list[str]:
    text = sections(page).get(heading, "")
    return re.findall(r'class="row-link"[^>]*>([^<]+)<', text)


def test_a_pewarta_sees_what_came_back_and_why(city: City) -> None:
    back, waits, draft = (city.write(title=title) for title in ("Kembali", "Dikirim", "Baru"))
    pewarta, editor = city.actor("nukus_pewarta"), city.actor("nukus_editor")
    for article in (back, waits):
        articles.submit(pewarta, article, city.now)
    publishing_note = "Siapa saksinya? Tulis namanya."
    articles.return_to_author(editor, back, publishing_note, city.now)
    other = city.write("nukus_editor", title="Punya editor")
    articles.submit(editor, other, city.now)
    page = city.desk("nukus_pewarta").get("/").text
    assert titles(page, "Dikembalikan kepada Anda") == ["Kembali"]
    assert publishing_note in sections(page)["Dikembalikan kepada Anda"]
    assert titles(page, "Di tangan editor") == ["Dikirim"]
    assert titles(page, "Draf Anda") == ["Baru"]
    assert "tersimpan di server" in sections(page)["Draf Anda"]
    assert "Punya editor" not in page
    assert page.count("Tulis berita") >= 1
    assert "data-on-phone" in page
    assert draft.id


def test_an_editor_sees_the_oldest_first_and_what_changed(city: City) -> None:
    pewarta, editor = city.actor("nukus_pewarta"), city.actor("nukus_editor")
    old = city.write(title="Paling lama")
    articles.submit(pewarta, old, city.now)
    city.clock.forward(days=3)
    new = city.write(title="Baru saja")
    articles.submit(pewarta, new, city.now)
    page = city.desk("nukus_editor").get("/").text
    assert titles(page, "Menunggu keputusan Anda") == ["Paling lama", "Baru saja"]
    assert "menunggu 3 hari" in sections(page)["Menunggu keputusan Anda"]
    assert "berubah sejak" not in page
    articles.return_to_author(editor, old, "Tambah saksi.", city.now)
    city.clock.forward(hours=1)
    edit = Edit(city.draft(title="Dengan saksi"), base_revision_id=old.newest_revision_id)
    articles.save(pewarta, old, edit, city.now)
    articles.submit(pewarta, old, city.now)
    page = city.desk("nukus_editor").get("/").text
    waiting = sections(page)["Menunggu keputusan Anda"]
    assert titles(page, "Menunggu keputusan Anda") == ["Baru saja", "Dengan saksi"]
    assert waiting.count("berubah sejak terakhir Anda kerjakan") == 1


def test_scheduled_changed_and_asked(city: City) -> None:
    later = city.now + dt.timedelta(days=2)
    city.publish(title="Terbit lusa", at=later)
    city.publish(title="Terbit besok", at=later - dt.timedelta(days=1))
    public = city.publish(title="Sudah terbit")
    edit = Edit(city.draft(title="Judul kedua"), base_revision_id=public.newest_revision_id)
    articles.save(city.actor("nukus_editor"), public, edit, city.now)
    asked = city.publish(title="Diminta berubah")
    with atomic(CITY, city.now, eventless=True):
        asked.feed_state = FeedState.CHANGE_ASKED
    page = city.desk("nukus_editor").get("/").text
    assert titles(page, "Terjadwal, terbit sendiri") == ["Terbit besok", "Terbit lusa"]
    assert titles(page, "Sudah terbit, ada perubahan yang belum") == ["Judul kedua"]
    assert titles(page, "Forum minta perubahan") == ["Diminta berubah"]


def test_a_pile_is_short_and_says_how_many_more(city: City) -> None:
    for number in range(7):
        article = city.write(title=f"Nomor {number}")
        articles.submit(city.actor("nukus_pewarta"), article, city.now)
        city.clock.forward(minutes=1)
    page = city.desk("nukus_editor").get("/").text
    assert titles(page, "Menunggu keputusan Anda") == [f"Nomor {n}" for n in range(5)]
    assert "dan 2 lagi" in page


def test_the_box_of_this_week(city: City) -> None:
    run(city.now)
    assert "belum ada berita yang dihitung" in city.desk("nukus_pewarta").get("/").text
    city.publish(body=f"<p>{LONG}</p><p>{LONG}</p>")
    city.clock.forward(minutes=1)
    assert "sudah terbit" in city.desk("nukus_pewarta").get("/").text


def test_a_head_sees_decree_board_evidence_and_the_next_step(city: City) -> None:
    run(city.now)
    today = city.now.date()
    proof = evidence.submit(
        city.actor("nukus_head"), city.kim(), Proof.MEETING, today, "Rapat bulanan", city.now
    )
    evidence.give_back(city.actor("moderator"), proof, "Daftar hadir belum ada.", city.now)
    page = city.desk("nukus_head").get("/").text
    for said in ("Kelembagaan", "Susunan pengurus lengkap", "Langkah berikutnya", "Rapat bulanan"):
        assert said in page
    assert "Daftar hadir belum ada." in page
    assert "Rapat bulanan" not in city.desk("nukus_editor").get("/").text


def test_nothing_waits(city: City) -> None:
    page = city.desk("nukus_pewarta").get("/").text
    assert "Ada kejadian di kelurahan hari ini?" in page


def test_another_kims_items_are_not_here(city: City) -> None:
    for author in ("gerabah_pewarta", "gerabah_editor"):
        article = city.write(author, title=f"Milik {author}")
        articles.submit(city.actor(author), article, city.now)
    city.publish("gerabah_pewarta", title="Nanti", at=city.now + dt.timedelta(days=1))
    for name in ("nukus_pewarta", "nukus_editor", "nukus_head"):
        page = city.desk(name).get("/").text
        assert "Milik" not in page
        assert "Nanti" not in page


def test_as_many_queries_with_two_kims_and_many_articles(city: City) -> None:
    run(city.now)
    name, kim = "nukus_head", city.kim("gerabah")

    def cost() -> int:
        visit = city.desk(name)
        visit.get("/")
        with city.counting() as seen:
            page = visit.get("/")
        assert page.status_code == 200
        return len(seen)

    one = cost()
    with atomic(CITY, city.now) as unit:
        user_id = city.cast.users[name]
        row = Membership(user_id=user_id, kim_id=kim.id, role=Role.HEAD, since=city.now)
        db.session.add(row)
        unit.record(SYSTEM, "member.add", row)
    for author in ("nukus_pewarta", "gerabah_pewarta"):
        for number in range(8):
            article = city.write(author, title=f"Kabar {number}")
            articles.submit(city.actor(author), article, city.now)
    page = city.desk(name).get("/").text
    assert page.count("Menunggu keputusan Anda") == 2
    assert cost() == one


def test_a_moderator_keeps_the_queue_and_the_board(city: City) -> None:
    city.publish(title="Untuk Forum")
    page = city.desk("moderator").get("/").text
    assert "Untuk Forum" in page
    assert "hubungi hari ini" in page
    assert db.session.scalar(sa.select(sa.func.count(Membership.id)))
