"""Assistance over HTTP: a difficulty from the first words to the KIM's last one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.assistance import Deed, Difficulty, Phase, Said
from kimcms.domain.clock import DAY, day_of
from kimcms.domain.refusal import Refused
from kimcms.models.assistance import Assistance, AssistanceEntry
from kimcms.models.event import Event
from kimcms.queries import accounts
from kimcms.queries import assistance as cases
from kimcms.services import assistance, clusters
from tests.world import City

OURS = "/k/nukus/pendampingan/"
TOLD = {"tentang": "news", "cerita": "Penulis kami <b>pindah</b> kota.\n\nTidak ada yang menulis."}


def newest() -> Assistance:
    found = db.session.scalar(sa.select(Assistance).order_by(Assistance.id.desc()).limit(1))
    assert found
    return found


def told(city: City, by: str = "nukus_head", key: str | None = None) -> Assistance:
    kim = city.kim(by.split("_")[0])
    words = "Tidak ada yang menulis."
    return assistance.tell(city.actor(by), kim, Difficulty.NEWS, words, city.now, key)


def day(city: City, ahead: int) -> str:
    return (day_of(city.now) + ahead * DAY).isoformat()


def test_from_the_first_words_to_the_last(city: City) -> None:
    head, forum = city.desk("nukus_head"), city.desk("moderator")
    sent = head.post(OURS, TOLD)
    assert sent.status_code == 303, sent.text
    case = newest()
    assert (case.phase, case.owner_id) == (Phase.OPEN, None)
    assert "KIM Nukus minta pendampingan" in forum.get("/pemberitahuan").text
    listed = forum.get("/pendampingan/?rak=berjalan").text
    assert "Penulis kami &lt;b&gt;pindah" in listed
    assert "belum dijawab" in listed
    path, ours = f"/pendampingan/{case.id}", f"{OURS}{case.id}"
    assert "Tidak ada yang menulis." in forum.get(path).text

    def step(word: str, **values: str) -> None:
        answer = forum.post(f"{path}/{word}", values)
        assert answer.status_code == 303, answer.text

    step("jawab", kata="Kami bantu melatih dua orang.", tanggal=day(city, 7))
    assert case.owner_id == city.cast.users["moderator"]
    assert "belum dijawab" not in forum.get("/pendampingan/").text
    assert "Forum menjawab pendampingan KIM Nukus" in head.get("/pemberitahuan").text
    assert "melatih dua orang" in head.get(ours).text
    step("catatan", kata="Ketuanya letih, jangan ditekan.", tanggal=day(city, 7))
    visit = {"hari": day(city, 4), "tempat": "Balai RW 04, 19.00", "siapa": "Bu Rini"}
    step("kunjungan", **visit)
    assert (case.phase, case.next_on) == (Phase.PLANNED, day_of(city.now) + 4 * DAY)
    for visitor, page in ((head, ours), (forum, path)):
        shown = visitor.get(page).text
        assert "28 November 2026" in shown
        assert "Balai RW 04, 19.00" in shown
    assert head.post(f"{ours}/tulis", {"kata": "Kami siap."}).status_code == 303
    assert case.next_on == day_of(city.now) + 3 * DAY  # an answer is due before the visit
    assert "KIM Nukus menulis di pendampingannya" in forum.get("/pemberitahuan").text
    early = forum.post(f"{path}/hasil", {"kata": "Sudah."})
    assert early.status_code == 409
    assert "Sudah." in early.text
    city.clock.forward(days=4)
    step("hasil", kata="Dua warga mau menulis.", tanggal=day(city, 7))
    step("tanya", kata="")
    assert case.phase is Phase.ASKED
    assert "Apakah KIM Nukus sudah terbantu?" in head.get("/pemberitahuan").text
    empty = head.post(f"{ours}/belum", {"kata": " "})
    assert empty.status_code == 422
    assert "Wajib diisi." in empty.text
    assert head.post(f"{ours}/belum", {"kata": "Masih perlu kamera."}).status_code == 303
    assert (case.phase, case.waits_since) == (Phase.OPEN, city.now)
    step("jawab", kata="Kamera dipinjamkan.", tanggal=day(city, 7))
    step("tanya", kata="")
    assert head.post(f"{ours}/terbantu", {"kata": "Terima kasih."}).status_code == 303
    assert (case.phase, case.closed_at, case.next_on) == (Phase.CLOSED, city.now, None)
    assert "KIM Nukus sudah terbantu" in forum.get("/pemberitahuan").text
    late = forum.post(f"{path}/jawab", {"kata": "Satu lagi."})
    assert late.status_code == 409
    assert "Satu lagi." in late.text

    shown = head.get(ours).text
    for hidden in ("jangan ditekan", "Catatan Forum", "hanya Forum"):
        assert hidden not in shown
        assert hidden in forum.get(path).text
    deeds = [e.entry.deed for e in cases.entries(case.id, inner=True).rows]
    assert deeds[:4] == [Deed.ANSWER, Deed.NOTE, Deed.PLAN, Deed.WRITE]
    assert deeds[-3:] == [Deed.ANSWER, Deed.ASK, Deed.HELPED]
    _no_words_in_the_history()
    overview = city.desk("diskominfo").get("/pendampingan/ikhtisar").text
    assert "4 hari" in overview


def _no_words_in_the_history() -> None:
    events = db.session.scalars(sa.select(Event).where(Event.verb.startswith("assistance."))).all()
    assert len(events) >= 11
    said = " ".join(str([event.reason, event.before, event.after]) for event in events)
    for word in ("menulis", "melatih", "letih", "Balai", "kamera", "Terima"):
        assert word not in said


def test_the_same_form_twice_is_one_case_and_one_entry(city: City) -> None:
    head, forum = city.desk("nukus_head"), city.desk("moderator")
    keyed = TOLD | {"kunci": "0123456789abcdef"}
    first, again = head.post(OURS, keyed), head.post(OURS, keyed)
    assert first.location == again.location
    path = f"/pendampingan/{newest().id}/jawab"
    for _ in range(2):
        sent = forum.post(path, {"kata": "Kami datang.", "kunci": "fedcba9876543210"})
        assert sent.status_code == 303
    for table in (Assistance, AssistanceEntry):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(table)) == 1


def test_every_member_may_tell_and_nobody_of_another_kim_sees_it(city: City) -> None:
    case = told(city, "nukus_pewarta")
    for name in ("nukus_pewarta", "nukus_editor", "nukus_head", "moderator_nukus"):
        assert city.desk(name).get(f"{OURS}{case.id}").status_code == 200, name
    other = city.desk("gerabah_head")
    for path in (OURS, f"{OURS}{case.id}", f"/k/gerabah/pendampingan/{case.id}"):
        assert other.get(path).status_code == 404, path
    assert other.get(f"/pendampingan/{case.id}").status_code == 404
    assert other.get("/pendampingan/").status_code == 403
    assert city.desk("moderator").get(f"{OURS}{case.id}").status_code == 403


def test_nobody_helps_the_own_kim(city: City) -> None:
    case, biased = told(city), city.desk("moderator_nukus")
    path = f"/pendampingan/{case.id}"
    me = str(city.cast.users["moderator_nukus"])
    assert biased.get(path).status_code == 403
    assert "KIM Nukus:" not in biased.get("/pendampingan/?rak=berjalan").text
    for word in ("jawab", "serahkan", "catatan"):
        assert biased.post(f"{path}/{word}", {"kata": "x", "kepada": me}).status_code == 403
    assert biased.get("/k/nukus/pendampingan/buka").status_code == 403
    given = city.desk("moderator").post(f"{path}/serahkan", {"kepada": me})
    assert given.status_code == 422
    assert newest().owner_id is None
    # Diskominfo reads along, and helps only where no moderator is free.
    office = city.desk("diskominfo")
    assert "Moderator Forum yang mendampingi" in office.get(path).text
    assert office.post(f"{path}/jawab", {"kata": "x"}).status_code == 403


def test_handing_over(city: City) -> None:
    case = told(city)
    path, first = f"/pendampingan/{case.id}", city.desk("moderator")
    mine, other = (city.cast.users[name] for name in ("moderator", "moderator2"))
    assert first.post(f"{path}/serahkan", {"kepada": str(mine)}).status_code == 303
    assert case.owner_id == mine
    sent = first.post(f"{path}/serahkan", {"kepada": str(other), "kata": "Saya cuti."})
    assert sent.status_code == 303
    assert case.owner_id == other
    second = city.desk("moderator2")
    assert "diserahkan kepada Anda" in second.get("/pemberitahuan").text
    assert "KIM Nukus:" in second.get("/pendampingan/").text
    assert "KIM Nukus:" not in first.get("/pendampingan/").text
    narrowed = f"/pendampingan/?rak=berjalan&moderator={other}"
    assert "KIM Nukus:" in first.get(narrowed).text
    assert "KIM Nukus:" not in first.get(narrowed.replace(str(other), str(mine))).text
    assert "Saya cuti." not in city.desk("nukus_head").get(f"{OURS}{case.id}").text


def test_a_silent_kim(city: City) -> None:
    case, forum = told(city), city.desk("moderator")
    path = f"/pendampingan/{case.id}"
    assert forum.post(f"{path}/tanya", {"kata": "Sudah jalan?"}).status_code == 303
    city.clock.forward(days=13)
    early = forum.post(f"{path}/tutup", {"kata": "Diam."})
    assert early.status_code == 409
    assert "14 hari" in early.text
    city.clock.forward(days=1)
    assert forum.post(f"{path}/tutup", {"kata": ""}).status_code == 422
    closing = {"kata": "KIM tidak menjawab 14 hari."}
    assert forum.post(f"{path}/tutup", closing).status_code == 303
    assert case.phase is Phase.CLOSED
    head = city.desk("nukus_head")
    assert "ditutup karena tidak ada jawaban" in head.get("/pemberitahuan").text
    assert "Ditutup tanpa jawaban KIM" in head.get(f"{OURS}{case.id}").text


def test_the_overdue_list_and_one_reminder(city: City) -> None:
    moderator, forum = city.actor("moderator"), city.desk("moderator")
    without, passed, ahead = told(city), told(city), told(city)
    for case, next_on in ((without, None), (passed, 1), (ahead, 30)):
        date = day_of(city.now) + next_on * DAY if next_on else None
        said = Said(f"Jawaban {next_on}", date)
        assistance.do(moderator, case, Deed.ANSWER, said, city.now)
    links = [f'/pendampingan/{case.id}"' for case in (without, passed, ahead)]

    def late() -> list[bool]:
        page = forum.get("/pendampingan/?rak=terlambat").text
        return [link in page for link in links]

    def reminders() -> int:
        assistance.remind(city.now)
        return forum.get("/pemberitahuan").text.count("waktunya langkah berikutnya")

    assert late() == [True, False, False]
    assert reminders() == 0
    city.clock.forward(days=1)
    assert late() == [True, False, False]  # it is the day
    assert reminders() == reminders() == 1
    assert assistance.remind(city.now) == 0
    city.clock.forward(days=1)
    assert late() == [True, True, False]
    assert reminders() == 1
    page = forum.get("/").text
    assert links[1] in page
    assert links[2] not in page


def test_the_lists_take_the_same_queries_for_one_and_for_many(city: City) -> None:
    forum = city.desk("moderator")
    paths = ["/pendampingan/?rak=berjalan", "/pendampingan/ikhtisar", "/pendampingan/"]

    def cost() -> list[int]:
        found = []
        for path in paths:
            with city.counting() as seen:
                assert forum.get(path).status_code == 200
            found.append(len(seen))
        return found

    told(city)
    one = cost()
    for by in ("nukus_head", "gerabah_head"):
        for _ in range(4):
            told(city, by)
    assert cost() == one
    cases.PAGE, before = 4, cases.PAGE
    try:
        seen: list[int] = []
        cursor = None
        while True:
            page = cases.shelf(cases.Shelf.OPEN, city.now, after=cursor)
            seen += [line.case.id for line in page.rows]
            cursor = page.after
            if cursor is None:
                break
    finally:
        cases.PAGE = before
    assert len(seen) == len(set(seen)) == 9
    with pytest.raises(Refused, match="assistance_many"):
        told(city)


def test_the_tracker_suggests_and_the_forum_begins(city: City) -> None:
    today = day_of(city.now)
    city.decree(today - 300 * DAY, today + 10 * DAY)
    clusters.run(city.now)
    forum, head = city.desk("moderator"), city.desk("nukus_head")
    begin = "/k/nukus/pendampingan/buka"
    for path in ("/klaster/", "/pendampingan/saran"):
        assert f'href="{begin}"' in forum.get(path).text, path
        for name in ("diskominfo", "moderator_nukus"):
            assert begin not in city.desk(name).get(path).text, (path, name)
    page = forum.get(begin).text
    assert "Pelacak: SK berakhir 4 Des 2026, perpanjangan belum diajukan." in page
    assert 'name="sebab" type="hidden" value="decree_ending"' in page
    assert "SK kepengurusan berakhir 4 Des 2026" in page
    wrong = forum.post(begin, {"tentang": "board", "cerita": "Apa kabar?", "sebab": "bosan"})
    assert wrong.status_code == 422
    sent = {"tentang": "board", "cerita": "Apa kabar?", "sebab": "decree_ending"}
    sent |= {"tanggal": day(city, 3), "kunci": "0123456789abcdef"}
    first, again = forum.post(begin, sent), forum.post(begin, sent)
    case = newest()
    assert first.location == again.location == f"/pendampingan/{case.id}"
    assert (case.owner_id, case.reason) == (city.cast.users["moderator"], "decree_ending")
    assert case.waits_since is None
    assert "Forum menawarkan pendampingan" in head.get("/pemberitahuan").text
    assert "Apa kabar?" in head.get(f"{OURS}{case.id}").text
    other = forum.post(begin, sent | {"kunci": "fedcba9876543210"})
    assert other.status_code == 409
    assert "sudah didampingi" in other.text
    assert begin not in forum.get("/pendampingan/saran").text
    assert f'href="/pendampingan/{case.id}">Sedang didampingi' in forum.get("/klaster/").text
    # What waits for the KIM's word stands on the head's home, not on the editor's.
    assert forum.post(f"/pendampingan/{case.id}/tanya").status_code == 303
    assert "apakah sudah terbantu?" in head.get("/").text
    assert "apakah sudah terbantu?" not in city.desk("nukus_editor").get("/").text


def test_where_no_moderator_is_free_diskominfo_helps(city: City) -> None:
    case = told(city)
    forum, office = city.desk("moderator"), city.desk("diskominfo")
    assert forum.post(f"/pendampingan/{case.id}/jawab", {"kata": "Ya."}).status_code == 303
    for member in accounts.members(None):
        if member.user_id in (city.cast.users["moderator"], city.cast.users["moderator2"]):
            assert office.post(f"/pengguna/{member.membership_id}/akhiri").status_code == 303
    answer = {"kata": "Kami lanjutkan.", "tanggal": day(city, 1)}
    assert office.post(f"/pendampingan/{case.id}/jawab", answer).status_code == 303
    assert case.owner_id == city.cast.users["diskominfo"]
    assert told(city, key="kesulitan-lain").id != case.id
    assert "minta pendampingan" in office.get("/pemberitahuan").text
