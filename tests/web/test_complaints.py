"""A complaint from the reader's form to the published reply, and what robots and floods get."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.complaints import Outcome, State
from kimcms.domain.corrections import Kind as CorrectionKind
from kimcms.domain.workflow import Withdrawal
from kimcms.models.article import Article
from kimcms.models.complaint import Complaint, ComplaintLetter
from kimcms.models.event import Event
from kimcms.models.notice import Notice
from kimcms.queries import complaints as shelves
from kimcms.services import complaint_clock, corrections, publishing
from kimcms.services.complaint_answers import Answer, answer
from kimcms.services.corrections import Words
from kimcms.web import complaint_letters
from tests.world import City, Visit

SECRET = "Nama ibu saya salah, dan alamatnya jalan Melati 7."
RIGHT = "Yang hadir bukan saya.\n\nSaya sedang di Surabaya hari itu."


def filled(page: Any, **more: Any) -> dict[str, Any]:
    """The form as a person fills it in, with the stamp that the page handed out."""
    stamp = re.search(r'name="cap"[^>]*value="([^"]+)"', page.text)
    assert stamp
    return {
        "jenis": "reply",
        "keliru": SECRET,
        "benar": RIGHT,
        "nama": "Bu Ratna",
        "kontak": "ratna@contoh.test",
        "setuju": "y",
        "cap": stamp[1],
        **more,
    }


def complain(city: City, path: str, visit: Visit | None = None, **more: Any) -> Any:
    """Open the form, read for a minute, send."""
    visit = visit or city.site()
    values = filled(visit.get(path), **more)
    city.clock.forward(minutes=1)
    return visit.post(path, values)


def door(article: Article) -> str:
    return f"/berita/{article.slug}/aduan"


def all_of_them() -> list[Complaint]:
    db.session.rollback()
    return list(db.session.scalars(sa.select(Complaint).order_by(Complaint.id)))


def told(kind: str) -> list[str]:
    return sorted(
        db.session.scalars(sa.select(Notice.key).where(Notice.kind == f"complaint.{kind}"))
    )


def outbox(city: City) -> list[str]:
    folder = city.app.extensions["kimcms"].settings.instance / "outbox"
    return [path.read_text() for path in sorted(folder.glob("complaint-*.eml"))]


def test_from_the_form_to_the_published_reply(city: City) -> None:
    article = city.publish()
    site, reader = city.site(), f"/berita/{article.slug}"
    assert f'href="{door(article)}"' in site.get(reader).text
    tag = site.get(reader).headers["ETag"]

    sent = complain(city, door(article))
    assert sent.status_code == 303
    assert "Set-Cookie" not in sent.headers
    (complaint,) = all_of_them()
    assert complaint.state is State.OPEN
    assert complaint.due_at - complaint.arrived_at == dt.timedelta(hours=48)
    token = sent.location.rpartition("/")[2]
    assert len(token) == 43
    assert token not in f"{complaint.token_hash} {complaint.form_hash}"

    status = site.get(f"/aduan/{token}")
    assert complaint.number in status.text
    assert complaint.number == f"ADU-2026-{complaint.id:06}"
    assert status.headers["Cache-Control"] == "no-store"
    assert status.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in status.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in status.headers
    assert SECRET not in status.text
    assert city.site("gerabah").get(f"/aduan/{token}").status_code == 404
    assert site.get(f"/aduan/{token[:-1]}x").status_code == 404

    people = ["nukus_editor", "nukus_head", "moderator", "moderator2"]
    ids = sorted(city.cast.users[name] for name in people)
    assert told("arrived") == sorted(f"complaint.arrived:{complaint.id}:{user}" for user in ids)
    assert complaint_letters.send_waiting() == 1
    (letter,) = outbox(city)
    assert f"/aduan/{token}" in letter.replace("=\n", "")

    editor, path = city.desk("nukus_editor"), f"/k/nukus/aduan/{complaint.id}"
    assert complaint.number in editor.get("/k/nukus/aduan/").text
    shown = html.unescape(editor.get(path).text)
    assert SECRET in shown
    assert "ratna@contoh.test" in shown
    values = {"hasil": "published", "nama": "Bu Ratna", "muat": RIGHT, "jawaban": "Sudah dimuat."}
    empty = editor.post(f"{path}/jawab", values | {"muat": " ", "jawaban": ""})
    assert empty.status_code == 422
    assert "Wajib diisi untuk memuat hak jawab." in empty.text
    assert editor.post(f"{path}/jawab", values).status_code == 303

    again = site.get(reader, headers={"If-None-Match": tag})
    assert again.status_code == 200
    own = f"{reader}/hak-jawab/1"
    assert f'href="{own}"' in again.text
    assert "Hak jawab dari Bu Ratna" in again.text
    assert '"@type": "Comment"' in again.text
    assert f'href="{reader}"' in site.get(own).text
    assert "Surabaya" in site.get(own).text
    assert "Hak jawab dari Bu Ratna" in site.get("/atom.xml").text
    assert site.get(f"{reader}/hak-jawab/2").status_code == 404
    status = site.get(f"/aduan/{token}").text
    assert "Sudah dimuat." in status
    assert own in status
    assert complaint_letters.send_waiting() == 1
    assert complaint_letters.send_waiting() == 0

    assert site.post(f"/aduan/{token}", {"langkah": "terima"}).status_code == 303
    assert site.post(f"/aduan/{token}", {"langkah": "terima"}).status_code == 409
    assert all_of_them()[0].state is State.CLOSED
    texts = [SECRET, "Surabaya", "Bu Ratna", "ratna@", "Sudah dimuat", token]
    history = str([(e.reason, e.before, e.after) for e in db.session.scalars(sa.select(Event))])
    notices = str([(n.data, n.path) for n in db.session.scalars(sa.select(Notice))])
    for secret in texts:
        assert secret not in history
        assert secret not in notices
    assert SECRET not in "".join(outbox(city))


def test_what_is_typed_is_kept(city: City) -> None:
    article = city.publish()
    site, path = city.site(), door(article)
    values = filled(site.get(path))
    city.clock.forward(minutes=1)
    for wrong, said in (
        ({"jenis": ""}, "Pilih satu."),
        ({"jenis": "x"}, "jenis"),
        ({"keliru": "  "}, "Wajib diisi."),
        ({"benar": ""}, "Wajib diisi untuk hak jawab"),
        ({"nama": ""}, "Wajib diisi."),
        ({"kontak": "bukan alamat"}, "Tulis alamat surel atau nomor HP"),
        ({"setuju": ""}, "Centang dulu"),
        ({"keliru": "http://a http://b http://c http://d"}, "Paling banyak 3 tautan."),
        ({"keliru": "x" * 4001}, "Paling banyak 4000 huruf."),
        ({"cap": "x"}, "sekali lagi"),
        ({"cap": ""}, "sekali lagi"),
    ):
        answered = site.post(path, values | wrong)
        assert answered.status_code == 422, wrong
        assert said in answered.text, wrong
        kept = html.unescape(answered.text)
        for name in {"keliru", "benar", "nama", "kontak"} - set(wrong):
            assert values[name] in kept, (wrong, name)
    assert all_of_them() == []
    # Without what names the mark: the new one of the answer does.
    late = site.post(path, values | {"cap": ""})
    assert site.post(path, filled(late)).status_code == 303
    # A stamp of another item is none of this one's.
    other = city.publish(title="Posyandu Melati timbang balita")
    assert site.post(door(other), values).status_code == 422
    assert len(all_of_them()) == 1


def test_robots_and_hurry(city: City) -> None:
    article = city.publish()
    site, path = city.site(), door(article)
    values = filled(site.get(path))
    quick = site.post(path, values)
    assert quick.status_code == 422
    assert "cepat sekali" in quick.text
    robot = site.post(path, values | {"situs": "http://spam.example"})
    assert robot.status_code == 303  # the answer that everybody gets
    assert site.get(robot.location).status_code == 404
    assert all_of_them() == []

    city.clock.forward(seconds=3)
    held = site.post(path, values | {"situs": "diisi peramban"})
    assert held.status_code == 303
    (complaint,) = all_of_them()
    assert (complaint.state, complaint.held_for) == (State.HELD, "trap")
    assert "Forum KIM memeriksanya dulu" in site.get(held.location).text
    assert told("arrived") == []
    assert len(told("held")) == 2  # not the moderator of this very KIM
    assert complaint_letters.send_waiting() == 0
    at = f"/k/nukus/aduan/{complaint.id}"
    assert city.desk("nukus_editor").get(at).status_code == 404
    assert complaint.number not in city.desk("nukus_editor").get("/k/nukus/aduan/").text
    moderator = city.desk("moderator")
    assert complaint.number in moderator.get("/aduan/?rak=ditahan").text
    assert "Isian jebakan" in moderator.get(at).text
    assert moderator.post(f"{at}/teruskan").status_code == 303
    assert len(told("arrived")) == 4
    assert complaint_letters.send_waiting() == 1
    assert moderator.post(f"{at}/teruskan").status_code == 409
    assert moderator.post(f"{at}/spam").status_code == 303
    assert all_of_them()[0].state is State.SPAM
    assert city.desk("nukus_editor").get(at).status_code == 404

    city.clock.forward(days=1)
    stale = site.post(path, values | {"nama": "Bu Sri"})
    assert stale.status_code == 422
    assert "lebih dari sehari" in stale.text
    assert site.post(path, filled(stale, nama="Bu Sri")).status_code == 303


def test_limits_hold_and_then_refuse(city: City) -> None:
    article = city.publish()
    path = door(article)
    states = []
    for number in range(21):
        sent = complain(city, path, keliru=f"{SECRET} {number}")
        states.append(sent.status_code)
        city.clock.forward(seconds=-50)
    assert states == [303] * 20 + [429]
    assert [c.state for c in all_of_them()] == [State.OPEN] * 3 + [State.HELD] * 17
    assert SECRET in html.unescape(sent.text)
    assert all_of_them()[-1].held_for == "many"
    city.clock.forward(hours=1)
    assert complain(city, path).status_code == 303
    assert all_of_them()[-1].state is State.OPEN


def test_the_same_form_twice_is_one(city: City) -> None:
    article = city.publish()
    site, path = city.site(), door(article)
    values = filled(site.get(path))
    city.clock.forward(minutes=1)
    first, second = site.post(path, values), site.post(path, values)
    assert first.location == second.location
    assert len(all_of_them()) == 1
    assert len(told("arrived")) == 4
    assert db.session.scalar(sa.select(sa.func.count(ComplaintLetter.id))) == 1


def test_items_that_are_not_there(city: City) -> None:
    draft, gone, down = city.write(), city.publish(title="Dicabut"), city.publish(title="Turun")
    editor = city.actor("nukus_editor")
    publishing.withdraw(editor, gone, Withdrawal.FALSE, "Tidak benar.", city.now)
    publishing.unpublish(editor, down, city.now)
    site = city.site()
    for article, status in ((draft, 404), (gone, 410), (down, 404)):
        assert site.get(door(article)).status_code == status
        assert site.post(door(article), {"keliru": SECRET}).status_code == status
        assert site.get(f"/berita/{article.slug}/hak-jawab/1").status_code == 404
    assert site.get("/berita/tidak-ada/aduan").status_code == 404
    moved = city.publish(title="Nama lama")
    old = moved.slug
    city.desk("nukus_editor").post(f"/k/nukus/berita/{moved.id}/alamat", {"alamat": "nama-baru"})
    assert site.get(f"/berita/{old}/aduan").location.endswith("/berita/nama-baru/aduan")

    # About the KIM, or an item that is named.
    assert complain(city, "/aduan", berita=f"{site.base}/berita/nama-baru").status_code == 303
    assert complain(city, "/aduan", berita="Yang tentang banjir").status_code == 303
    named, told_of = all_of_them()
    assert named.article_id == moved.id
    assert told_of.article_id is None
    assert told_of.text.startswith("Berita: Yang tentang banjir")
    for place in ("/tentang", "/pedoman", f"/berita/{gone.slug}", "/"):
        assert 'href="/aduan"' in site.get(place).text, place


def test_the_clock_over_a_weekend(city: City) -> None:
    article = city.publish()
    city.clock.now = dt.datetime(2026, 11, 27, 8, 59, tzinfo=dt.UTC)  # Friday 15.59 WIB
    token = complain(city, door(article)).location
    (complaint,) = all_of_them()

    def at(day: int, hour: int, minute: int = 0) -> None:
        city.clock.now = dt.datetime(2026, 11, day, hour - 7, minute, tzinfo=dt.UTC)

    at(28, 15, 59)
    assert complaint_clock.escalate(city.now) == 0
    at(28, 16)
    assert [complaint_clock.escalate(city.now) for _ in range(3)] == [1, 0, 0]
    assert len(told("half")) == 4
    at(29, 16)  # Sunday: in time to the minute
    assert complaint_clock.escalate(city.now) == 0
    assert shelves.waiting(city.now) == []
    at(29, 16, 1)
    # Nothing has run yet, and every page says it.
    assert "tenggatnya lewat" in city.site().get(token).text
    assert "lewat tenggat" in city.desk("nukus_head").get("/k/nukus/aduan/").text
    (waiting,) = shelves.waiting(city.now)
    assert (waiting.kind, waiting.id) == ("complaint", complaint.id)
    assert waiting.title == "Warga RW 04 bersihkan saluran air"
    assert [complaint_clock.escalate(city.now) for _ in range(3)] == [1, 0, 0]
    assert len(told("overdue")) == 5
    assert f"complaint.overdue:{complaint.id}:{city.cast.users['diskominfo']}" in told("overdue")
    at(30, 16)
    assert complaint_clock.escalate(city.now) == 0
    assert len(told("overdue")) == 5


def test_what_was_missed_is_told_as_it_stands(on_sqlite: City) -> None:
    city = on_sqlite
    complain(city, door(city.publish()))
    city.clock.forward(days=5)
    assert [complaint_clock.escalate(city.now) for _ in range(2)] == [1, 0]
    assert (len(told("half")), len(told("overdue"))) == (0, 5)


def test_the_forum_answers_closes_and_stays_out_of_its_own(city: City) -> None:
    article = city.publish()
    token = complain(city, door(article), jenis="privacy").location
    (complaint,) = all_of_them()
    assert complaint.due_at - complaint.arrived_at == dt.timedelta(hours=72)
    assert [w.id for w in shelves.waiting(city.now)] == [complaint.id]
    at = f"/k/nukus/aduan/{complaint.id}"
    values = {"hasil": "done", "jawaban": "Alamat itu sudah dihapus."}
    moderator, own = city.desk("moderator"), city.desk("moderator_nukus")
    assert own.get(at).status_code == 403
    assert own.post(f"{at}/jawab-forum", values).status_code == 403
    assert "KIM Anda" in own.get("/aduan/").text
    assert f'href="{at}"' not in own.get("/aduan/").text
    assert city.desk("diskominfo").get(at).status_code == 200
    assert city.desk("diskominfo").post(f"{at}/jawab-forum", values).status_code == 403
    early = moderator.post(f"{at}/jawab-forum", values)
    assert early.status_code == 409
    assert "KIM masih punya waktu" in early.text
    city.clock.forward(hours=73)
    assert moderator.post(f"{at}/jawab-forum", values).status_code == 303
    assert all_of_them()[0].by_forum
    assert not all_of_them()[0].in_time
    site = city.site()
    assert "Jawaban Forum KIM" in site.get(token).text
    assert site.post(token, {"pesan": ""}).status_code == 422
    assert site.post(token, {"pesan": "Masih ada di foto."}).status_code == 303
    assert site.post(token, {"pesan": "Lagi."}).status_code == 409
    assert all_of_them()[0].state is State.DISPUTED
    assert "Masih ada di foto." in moderator.get(at).text
    assert moderator.post(f"{at}/tutup", {"alasan": " "}).status_code == 422
    closed = moderator.post(f"{at}/tutup", {"alasan": "Foto sudah diburamkan."})
    assert closed.status_code == 303
    assert "Foto sudah diburamkan." in site.get(token).text
    assert shelves.waiting(city.now) == []
    assert complaint_letters.send_waiting() == 3


def test_a_correction_answers(city: City) -> None:
    article, other = city.publish(), city.publish(title="Posyandu Melati timbang balita")
    complain(city, door(article), jenis="correction")
    (complaint,) = all_of_them()
    editor, words = city.actor("nukus_editor"), Words(CorrectionKind.KOREKSI, "RW 4.", "RW 5.")
    city.clock.forward(minutes=5)
    desk, at = city.desk("nukus_editor"), f"/k/nukus/aduan/{complaint.id}"
    assert 'value="corrected"' not in desk.get(at).text
    wrong = corrections.add(editor, other, words, city.now)
    right = corrections.add(editor, article, words, city.now)
    values = {"hasil": "corrected", "jawaban": "Terima kasih, sudah diralat."}
    assert desk.post(f"{at}/jawab", values | {"ralat": wrong.id}).status_code == 422
    assert desk.post(f"{at}/jawab", values | {"ralat": right.id}).status_code == 303
    assert all_of_them()[0].correction_id == right.id
    assert all_of_them()[0].in_time
    assert desk.post(f"{at}/jawab", values | {"ralat": right.id}).status_code == 409


def test_an_unseen_item_gets_no_reply(on_sqlite: City) -> None:
    city = on_sqlite
    article = city.publish()
    complain(city, door(article))
    publishing.unpublish(city.actor("nukus_editor"), article, city.now)
    (complaint,) = all_of_them()
    values = {"hasil": "published", "nama": "Bu Ratna", "muat": RIGHT, "jawaban": "Dimuat."}
    answered = city.desk("nukus_editor").post(f"/k/nukus/aduan/{complaint.id}/jawab", values)
    assert answered.status_code == 409
    assert "sedang tampil" in answered.text
    assert "Surabaya" in answered.text


def test_silence_ends_it_and_a_year_later_nobody_is_named(city: City) -> None:
    article = city.publish()
    token = complain(city, door(article)).location
    (complaint,) = all_of_them()
    given = Answer(Outcome.PUBLISHED, "Dimuat.", name="Bu Ratna", text=RIGHT)
    answer(city.actor("nukus_editor"), complaint, given, city.now)
    city.clock.forward(days=13)
    assert complaint_clock.end_silence(city.now) == 0
    city.clock.forward(days=1)
    assert complaint_clock.end_silence(city.now) == 1
    assert all_of_them()[0].state is State.CLOSED
    city.clock.forward(days=364)
    assert complaint_clock.erase(12, city.now) == 0
    city.clock.forward(days=3)
    assert complaint_clock.erase(12, city.now) == 1
    assert complaint_clock.erase(12, city.now) == 0
    (complaint,) = all_of_them()
    left = (complaint.text, complaint.correct, complaint.name, complaint.email, complaint.answer)
    assert left == ("", "", "", "", "")
    assert complaint.kind == "reply"
    assert complaint.answered_at
    site = city.site()
    assert "sudah dihapus" in site.get(token).text
    assert "Surabaya" in site.get(f"/berita/{article.slug}/hak-jawab/1").text
    assert city.desk("nukus_editor").get(f"/k/nukus/aduan/{complaint.id}").status_code == 200


@pytest.mark.parametrize("query", ["rak=x", "jenis=x", "bulan=x", "bulan=2026-13", "tepat=x"])
def test_filters_that_are_none(on_sqlite: City, query: str) -> None:
    assert on_sqlite.desk("moderator").get(f"/aduan/?{query}").status_code == 400


def test_lists_are_narrowed(city: City) -> None:
    complain(city, door(city.publish()))
    complain(city, "/aduan", jenis="violation")
    first, second = all_of_them()
    moderator = city.desk("moderator")

    def found(query: str) -> list[bool]:
        page = moderator.get(f"/aduan/?rak=semua&{query}").text
        return [first.number in page, second.number in page]

    assert found("") == [True, True]
    assert found("jenis=reply") == [True, False]
    assert found("bulan=2026-11") == [True, True]
    assert found("bulan=2026-10") == [False, False]
    assert found("tepat=tidak") == [False, False]
    city.clock.forward(hours=49)
    assert found("tepat=tidak") == [True, True]
    assert found("tepat=ya") == [False, False]
