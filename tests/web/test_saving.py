"""What the script that keeps texts on the phone is answered."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.workflow import TextState
from kimcms.models.article import Article, Revision
from kimcms.models.event import Event
from kimcms.models.notice import Notice
from tests.web.test_story import form
from tests.world import City, Visit

KEY = "0123456789abcdef"
SHEET = "5" * 32
NEW = "/k/nukus/berita/"
JSON = {"Accept": "application/json"}


def send(visit: Visit, path: str, values: dict[str, Any]) -> Any:
    return visit.post(path, values, headers=JSON)


def count(table: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_new_item_is_made_once_and_written_on(city: City) -> None:
    pewarta = city.desk("nukus_pewarta")
    first = send(pewarta, NEW, form(city, kunci=KEY, otomatis="1", isi="Warga", lembar=SHEET))
    again = send(pewarta, NEW, form(city, kunci=KEY, otomatis="1", isi="Warga", lembar=SHEET))
    assert first.status_code == 200, first.text
    assert again.json == first.json
    kept = first.json
    assert kept["saved"] == "24 Nov 2026, 12.00"
    assert kept["address"] == f"/k/nukus/berita/{kept['id']}/ubah?terkirim={SHEET}"
    assert "baru 1 dari 80 kata" in kept["verdict"]

    next_key = "f" * 16
    more = form(city, dasar=kept["dasar"], kunci=next_key, otomatis="1", isi="Warga menanam cabai.")
    path = f"{NEW}{kept['id']}/simpan"
    one = send(pewarta, path, more)
    lost = send(pewarta, path, more)  # the answer was lost on the way: asked again, no conflict
    assert (one.status_code, lost.status_code) == (200, 200)
    assert one.json["dasar"] == lost.json["dasar"]
    assert count(Article) == 1
    newest = db.session.scalars(sa.select(Revision).order_by(Revision.id.desc())).first()
    assert newest is not None
    assert newest.body == "<p>Warga menanam cabai.</p>"


def test_what_others_wrote_meanwhile_is_never_overwritten(city: City) -> None:
    pewarta, editor = city.desk("nukus_pewarta"), city.desk("nukus_editor")
    made = send(pewarta, NEW, form(city, kunci=KEY, otomatis="1", isi="Satu.")).json
    path = f"{NEW}{made['id']}/simpan"
    assert send(editor, path, form(city, dasar=made["dasar"], isi="Dua.")).status_code == 200
    stale = send(pewarta, path, form(city, dasar=made["dasar"], isi="Tiga.", otomatis="1"))
    assert stale.status_code == 409
    assert stale.json["stale"] is True
    # The item's first words once more, since their answer was lost: they start from nothing newer.
    late = send(pewarta, NEW, form(city, kunci=KEY, otomatis="1", isi="Satu.")).json
    assert (late["id"], late["dasar"]) == (made["id"], 0)
    after = send(pewarta, path, form(city, dasar=late["dasar"], isi="Tiga.", otomatis="1"))
    assert after.status_code == 409
    # As a form, so that both texts can be compared; the sheet of the phone is named on that page.
    page = pewarta.post(path, form(city, dasar=made["dasar"], isi="Tiga.", lembar=SHEET))
    assert page.status_code == 409
    assert "Naskah ini berubah" in page.text
    assert SHEET in page.text


def test_a_submission_whose_answer_was_lost_is_one(city: City) -> None:
    pewarta = city.desk("nukus_pewarta")
    made = send(pewarta, NEW, form(city, kunci=KEY, otomatis="1")).json
    values = form(city, dasar=made["dasar"], kunci="f" * 16, lembar=SHEET)
    for _ in range(2):
        sent = send(pewarta, f"{NEW}{made['id']}/kirim", values)
        assert sent.status_code == 200, sent.text
        assert sent.json["state"] == "submitted"
        assert sent.json["address"] == f"/k/nukus/berita/{made['id']}?terkirim={SHEET}"
    verbs = db.session.scalars(sa.select(Event.verb)).all()
    assert verbs.count("article.submit") == 1
    told = sa.select(Notice.user_id).where(Notice.kind == "article.submitted")
    assert len(db.session.scalars(told).all()) == 2  # editor and head, each once
    again = send(pewarta, f"{NEW}{made['id']}/kirim", {**values, "kunci": "e" * 16})
    assert again.status_code == 409  # a press of its own is told that it is sent already
    assert db.session.get_one(Article, made["id"]).text_state is TextState.SUBMITTED


def test_sentences_for_what_cannot_be_taken(city: City) -> None:
    pewarta = city.desk("nukus_pewarta")
    unfit = send(pewarta, NEW, form(city, judul="x" * 200, tanggal="besok"))
    assert unfit.status_code == 422
    assert unfit.json["fields"] == {
        "judul": "Paling banyak 140 huruf.",
        "tanggal": "Tulis tanggal yang benar, misalnya 2026-11-24.",
    }
    missing = send(pewarta, NEW, form(city, topik="9999"))
    assert missing.status_code == 422
    empty = send(pewarta, NEW, form(city, isi="", otomatis="1")).json
    refused = send(pewarta, f"{NEW}{empty['id']}/kirim", form(city, isi="", dasar=empty["dasar"]))
    assert refused.status_code == 422
    assert refused.json["error"] == "Berita belum siap. Isi berita masih kosong."
    for bad in ("x", "../" + "a" * 29, "A" * 32, "5" * 33):
        assert send(pewarta, NEW, form(city, lembar=bad)).status_code == 422


def test_a_lost_session_and_another_account_are_told_apart_from_trouble(city: City) -> None:
    pewarta, editor = city.desk("nukus_pewarta"), city.desk("nukus_editor")
    own = city.cast.users["nukus_pewarta"]
    made = send(pewarta, NEW, form(city, akun=str(own), otomatis="1"))
    assert made.status_code == 200
    # The pewarta's open page, but somebody else has signed in on this phone since.
    for path in (NEW, f"{NEW}{made.json['id']}/simpan"):
        taken = send(editor, path, form(city, akun=str(own), isi="Rahasia.", otomatis="1"))
        assert taken.status_code == 401
        assert "error" in taken.json
    assert count(Revision) == 1
    stranger = city.desk()
    assert send(stranger, NEW, form(city)).status_code == 401
    assert stranger.get("/sesi", headers=JSON).status_code == 401
    now = pewarta.get("/sesi", headers=JSON)
    assert now.json["akun"] == own
    assert now.headers["Cache-Control"] == "no-store"
    fresh = form(city, isi="Dengan tanda baru.", csrf_token=now.json["token"])
    sent = pewarta.call("POST", NEW, data=fresh, headers=JSON)
    assert sent.status_code == 200, sent.text
    stale = pewarta.call("POST", NEW, data=form(city, csrf_token="lama"), headers=JSON)
    assert stale.status_code == 400
