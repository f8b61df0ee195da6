"""Notes beside a paragraph, and who has an item open."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.notes import place_of
from kimcms.models.article import Article
from kimcms.models.event import Event
from kimcms.models.note import Note
from kimcms.models.presence import Presence
from kimcms.queries.presence import LASTS
from kimcms.services import articles, presence
from kimcms.services.articles import Edit
from tests.web.test_conflicts import html
from tests.world import City

ONE, TWO = "Warga rapat di balai RW.", "Ketua RW membagi regu menjadi empat."


def submitted(city: City) -> tuple[Article, str]:
    article = city.write(body=html(ONE, TWO))
    articles.submit(city.actor("nukus_pewarta"), article, city.now)
    return article, f"/k/nukus/berita/{article.id}"


def noted(city: City, article: Article, path: str, place: int, words: str) -> int:
    values = {"revisi": article.newest_revision_id, "bagian": place, "catatan": words}
    answer = city.desk("nukus_editor").post(f"{path}/catatan", values)
    assert answer.status_code == 303, answer.text
    assert answer.location.startswith(f"{path}#catatan-")
    return int(answer.location.rsplit("-", 1)[1])


def test_a_note_from_the_editor_to_the_author(city: City) -> None:
    article, path = submitted(city)
    note = noted(city, article, path, 1, "Sebutkan nama <b>ketua</b> RW.")
    pewarta, editor = city.desk("nukus_pewarta"), city.desk("nukus_editor")
    assert "Sebutkan nama &lt;b&gt;ketua&lt;/b&gt; RW." in editor.get(path).text
    assert "Sebutkan nama" not in pewarta.get(path).text  # still with the editor
    assert editor.post(f"{path}/kembalikan", {"catatan": "Lihat catatan."}).status_code == 303
    for page in (path, f"{path}/ubah"):
        text = pewarta.get(page).text
        assert "Sebutkan nama" in text
        assert f'id="catatan-{note}"' in text
    beside = pewarta.get(path).text.split(TWO)[1]
    assert beside.index("Sebutkan nama") < beside.index("Pewarta:")
    done = pewarta.post(f"{path}/catatan/beres", {"nomor": note, "beres": "1"})
    assert done.status_code == 303
    assert "Sudah diperbaiki." in pewarta.get(path).text
    asked = {"Accept": "application/json"}
    again = pewarta.post(f"{path}/catatan/beres", {"nomor": note}, headers=asked)
    assert again.json == {"fixed": False}
    verbs = db.session.scalars(sa.select(Event.verb).where(Event.verb.like("article.note%")))
    assert list(verbs) == ["article.note", "article.note_fixed", "article.note_open"]
    for event in db.session.scalars(sa.select(Event)):
        assert "Sebutkan" not in f"{event.after}{event.reason}"


def test_a_note_follows_its_paragraph(city: City) -> None:
    article, path = submitted(city)
    noted(city, article, path, 1, "Sebutkan nama ketua RW.")
    noted(city, article, path, 0, "Balai yang mana?")
    articles.return_to_author(city.actor("nukus_editor"), article, "Lihat catatan.", city.now)
    changed = html("Pembuka baru.", "Ketua RW 04 membagi regu menjadi empat.", "Sama sekali lain.")
    edit = Edit(city.draft(body=changed), article.newest_revision_id)
    articles.save(city.actor("nukus_pewarta"), article, edit, city.now)
    page = city.desk("nukus_pewarta").get(path).text
    assert page.index("Ketua RW 04 membagi") < page.index("Sebutkan nama")
    assert page.index("Sebutkan nama") < page.index("Sama sekali lain.")
    assert page.index("Untuk bagian yang sudah berubah") < page.index("Balai yang mana?")


def test_notes_are_for_the_people_of_the_item_only(city: City) -> None:
    article, path = submitted(city)
    note = noted(city, article, path, 0, "RAHASIA REDAKSI")
    values = {"revisi": article.newest_revision_id, "bagian": 0, "catatan": "x"}
    for name, status in (("nukus_pewarta", 403), ("gerabah_editor", 404), ("moderator", 404)):
        assert city.desk(name).post(f"{path}/catatan", values).status_code == status
    other = city.write(title="Berita lain")
    wrong = city.desk("nukus_editor").post(
        f"/k/nukus/berita/{other.id}/catatan/beres", {"nomor": note, "beres": "1"}
    )
    assert wrong.status_code == 404
    out = {"revisi": article.newest_revision_id}
    assert city.desk("nukus_editor").post(f"{path}/terbit", out).status_code == 303
    for visit, address in (
        (city.site(), f"/berita/{article.slug}"),
        (city.desk("moderator"), path),
        (city.desk("moderator"), f"/tinjauan/{article.id}"),
    ):
        answer = visit.get(address)
        assert answer.status_code == 200
        assert "RAHASIA REDAKSI" not in answer.text
    late = city.desk("nukus_editor").post(f"{path}/catatan", values)  # it is out already
    assert late.status_code == 409


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"bagian": "9"}, 404),
        ({"bagian": "-1"}, 404),
        ({"bagian": str(2**70)}, 404),
        ({"bagian": "x"}, 422),
        ({"revisi": str(2**70)}, 404),
        ({"revisi": ""}, 422),
        ({"catatan": " \u200b"}, 422),
        ({"catatan": "x" * 1001}, 422),
    ],
)
def test_bad_notes(on_sqlite: City, values: dict[str, str], status: int) -> None:
    article, path = submitted(on_sqlite)
    good = {"revisi": article.newest_revision_id, "bagian": "0", "catatan": "Kalimat saya."}
    answer = on_sqlite.desk("nukus_editor").post(f"{path}/catatan", {**good, **values})
    assert answer.status_code == status, answer.text
    if "catatan" not in values and status == 404:
        assert "tidak ada di naskah ini" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Note)) == 0
    for number, want in (("x", 422), ("", 422), ("0", 404), (str(2**70), 404)):
        gone = on_sqlite.desk("nukus_editor").post(f"{path}/catatan/beres", {"nomor": number})
        assert gone.status_code == want


def test_an_item_with_notes_can_be_deleted(city: City) -> None:
    article, path = submitted(city)
    noted(city, article, path, 0, "Hapus saja.")
    presence.seen(city.actor("nukus_editor"), article, city.now)
    assert city.desk("nukus_editor").post(f"{path}/hapus").status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Note)) == 0


def test_where_a_note_belongs() -> None:
    texts = [ONE, TWO, "Penutup acara."]
    assert place_of(TWO, texts) == 1
    assert place_of("Ketua RW membagi warga menjadi empat regu.", texts) == 1
    assert place_of("Hal yang lain sekali", texts) is None
    assert place_of(ONE, []) is None


def test_who_else_has_it_open(city: City) -> None:
    article = city.write()
    path, name = f"/k/nukus/berita/{article.id}", "nukus_editor"
    editor, pewarta = city.desk(name), city.desk("nukus_pewarta")
    assert pewarta.post(f"{path}/hadir").json == {"others": []}
    began = city.now
    assert editor.post(f"{path}/hadir").json == {
        "others": ["nukus_pewarta sedang membuka naskah ini sejak 12.00."]
    }
    for _ in range(3):
        city.clock.forward(seconds=60)
        editor.post(f"{path}/hadir")
    said = "nukus_editor sedang membuka naskah ini sejak 12.00."
    assert said in pewarta.get(f"{path}/ubah").text
    assert said in pewarta.get(path).text
    assert said not in editor.get(f"{path}/ubah").text
    city.clock.now = began + 3 * (LASTS / 2.5) + LASTS
    assert said not in pewarta.get(path).text  # it lapsed by itself
    city.clock.forward(minutes=5)
    editor.post(f"{path}/hadir")
    since = db.session.get_one(Presence, (article.id, city.cast.users[name])).since
    assert since == city.now
    assert city.desk("gerabah_editor").post(f"{path}/hadir").status_code == 404


def test_telling_that_it_is_open_costs_little_and_changes_no_page(city: City) -> None:
    article = city.publish()
    path, desk = f"/k/nukus/berita/{article.id}/hadir", city.desk("nukus_pewarta")
    tag = city.site().get("/").headers["ETag"]
    events = db.session.scalar(sa.select(sa.func.count()).select_from(Event))
    desk.post(path)
    with city.counting() as statements:
        desk.post(path)
    assert len([s for s in statements if "presence" in s.lower()]) == 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Event)) == events
    assert city.site().get("/").headers["ETag"] == tag
    presence.forget(city.now + 101 * LASTS)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Presence)) == 0
