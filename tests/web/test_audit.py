"""Looking things up in the history, and what is written down of what was refused."""

from __future__ import annotations

import ast
import csv
import datetime as dt
import io
import json
from pathlib import Path

import sqlalchemy as sa

import kimcms
from kimcms.db import db
from kimcms.domain.assistance import Deed
from kimcms.domain.workflow import Withdrawal
from kimcms.models.event import Event
from kimcms.queries import audit, chain
from kimcms.queries.audit import Wanted
from kimcms.services import publishing, refusals
from kimcms.services.unit import atomic
from kimcms.web import audit_words
from tests.world import City


def refused(city: City) -> list[tuple[str, int | None, str, int | None, object]]:
    db.session.rollback()
    found = audit.entries(Wanted(verbs=(audit.REFUSED,)), size=500).rows
    return [(e.verb, e.actor_id, e.object_type, e.object_id, e.after.get("why")) for e in found][
        ::-1
    ]


def test_a_head_and_the_city_look_things_up(city: City) -> None:
    out = city.publish(title="Panen raya")
    draft = city.write(title="Rahasia kecil")
    publishing.withdraw(
        city.actor("moderator"), out, Withdrawal.FALSE, "=HYPERLINK(1)", city.clock.forward(hours=1)
    )
    for name, path in (("nukus_head", "/k/nukus/catatan/"), ("moderator", "/catatan/")):
        desk = city.desk(name)
        page = desk.get(path)
        assert page.status_code == 200
        for said in ("mencabut", "Isinya tidak benar", "Panen raya", "24 Nov 2026, 13.00 WIB"):
            assert said in page.text, (name, said)
        assert ("Rahasia kecil" in page.text) == (name == "nukus_head")  # a draft of theirs
        assert (f"/berita/{draft.id}" in page.text) == (name == "nukus_head")
        only = desk.get(f"{path}?jenis=berita&orang={city.cast.users['moderator']}")
        assert "mencabut" in only.text
        assert "menerbitkan:" not in only.text
        later = desk.get(f"{path}?dari=2026-11-25")
        assert "mencabut" not in later.text
        assert "Longgarkan" in later.text
        for junk in ("?orang=x&dari=x&jenis=x", "?dari=0001-01-01&orang=99999999999999999999"):
            assert desk.get(path + junk).status_code == 200
        assert 400 <= desk.get(f"{path}?sesudah=zz-zz").status_code < 500
        file = desk.get(path.rstrip("/") + ".csv?jenis=berita")
        lines = list(csv.reader(io.StringIO(file.text.removeprefix("\ufeff"))))
        assert {len(line) for line in lines} == {10}
        assert [line[4] for line in lines[1:3]] == ["article.withdraw", "article.save"]
        assert lines[1][8] == "Isinya tidak benar"
    for name in ("nukus_editor", "gerabah_head"):
        assert city.desk(name).get("/k/nukus/catatan/").status_code in {403, 404}
    assert city.desk("nukus_head").get("/catatan/").status_code == 403


def test_pages_neither_repeat_nor_skip(city: City) -> None:
    kim = city.kim()
    for minute in range(7):
        with atomic("", city.now + dt.timedelta(minutes=minute // 3)) as unit:
            unit.record(city.actor("nukus_head"), "kim.shape", kim, kim_id=kim.id)
    whole = [e.id for e in audit.entries(Wanted(kim_id=kim.id), size=500).rows]
    seen: list[int] = []
    after = None
    while True:
        with city.counting() as statements:
            page = audit.entries(Wanted(kim_id=kim.id), after, size=3)
        assert len(statements) == 1
        seen += [e.id for e in page.rows]
        after = page.after
        if after is None:
            break
    assert seen == whole


def test_what_was_refused_is_written_down(city: City) -> None:
    mine, theirs = city.publish(), city.publish("gerabah_pewarta", title="Milik tetangga")
    users = city.cast.users
    pewarta, editor = city.desk("nukus_pewarta"), city.desk("nukus_editor")
    assert pewarta.post(f"/k/nukus/berita/{mine.id}/turunkan").status_code == 403
    assert editor.post(f"/k/nukus/berita/{mine.id}/terbit").status_code == 409
    assert city.desk("moderator_nukus").post(f"/tinjauan/{mine.id}/terima").status_code == 403
    assert pewarta.post("/k/nukus/anggota/undang").status_code in {403, 404, 405}
    assert pewarta.post("/pengguna/").status_code == 403
    # Nothing of these: a page that was only looked at, a slip, what does not exist for them.
    assert pewarta.get("/catatan/").status_code == 403
    assert editor.post(f"/k/nukus/berita/{mine.id}/cabut", {}).status_code == 422
    assert pewarta.post(f"/k/gerabah/berita/{theirs.id}/turunkan").status_code == 404
    assert city.desk().post("/pengguna/").status_code == 401
    told = refused(city)
    assert told[:3] == [
        ("refused.unpublish", users["nukus_pewarta"], "article", mine.id, "not_allowed"),
        ("refused.publish", users["nukus_editor"], "article", mine.id, "nothing_new"),
        ("refused.review", users["moderator_nukus"], "article", mine.id, "not_allowed"),
    ]
    assert ("refused.manage_city_roles", users["nukus_pewarta"], "", None, "not_allowed") in told
    assert len(told) in {4, 5}
    assert list(chain.faults({})) == []
    page = city.desk("nukus_head").get("/k/nukus/catatan/?jenis=ditolak")
    assert "ditolak saat mencoba menurunkan" in page.text
    assert "Tidak ada perubahan yang perlu diterbitkan." in page.text


def test_no_script_can_flood_it(city: City) -> None:
    article = city.publish()
    pewarta = city.desk("nukus_pewarta")
    for _time in range(refusals.MOST + 4):
        assert pewarta.post(f"/k/nukus/berita/{article.id}/turunkan").status_code == 403
    told = refused(city)
    assert len(told) == refusals.MOST + 1
    assert told[-1][0] == "refused.more"
    page = city.desk("moderator").get("/catatan/?jenis=ditolak")
    assert "mencoba lebih dari 20 langkah yang ditolak dalam satu jam" in page.text
    city.clock.forward(hours=1, minutes=1)
    pewarta.post(f"/k/nukus/berita/{article.id}/turunkan")
    assert refused(city)[-1][0] == "refused.unpublish"
    texts = db.session.scalars(sa.select(Event.after).where(Event.verb.startswith("refused.")))
    assert all(len(json.dumps(text)) < 200 for text in texts)


def test_every_verb_that_is_recorded_has_words() -> None:
    recorded = {f"assistance.{deed}" for deed in Deed}
    for path in Path(kimcms.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                verb = node.args[1] if node.func.attr == "record" and node.args[1:] else None
                if isinstance(verb, ast.Constant) and "." in str(verb.value):
                    recorded.add(str(verb.value))
    assert len(recorded) > 60
    assert {verb for verb in recorded if verb not in audit_words.VERBS} == set()
