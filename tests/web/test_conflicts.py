"""Two people saved one item: both texts stand on the page, and nothing is lost on the way."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from kimcms.db import db
from kimcms.models.article import Article, Revision
from kimcms.services import articles
from kimcms.services.articles import Edit
from tests.web.test_revisions import typed
from tests.world import City, picture

ONE, TWO, THREE = "Paragraf pembuka tentang air.", "Paragraf tengah tentang teh.", "Penutup rapat."


class Fields(HTMLParser):
    """What a browser would send of the form with this class, as it stands."""

    def __init__(self, html: str, kind: str) -> None:
        super().__init__()
        self.kind, self.inside, self.sent = kind, False, {}
        self.names: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values: dict[str, Any] = dict(attrs)
        if tag == "form":
            self.inside = values.get("class") == self.kind
        if not self.inside or tag != "input":
            return
        self.names.add(values.get("name"))
        if values.get("type") != "radio" or "checked" in values:
            self.sent[values.get("name")] = values.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False


def html(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def save(city: City, article: Article, by: str = "nukus_editor", **changes: Any) -> None:
    edit = Edit(city.draft(**changes), article.newest_revision_id)
    articles.save(city.actor(by), article, edit, city.now)


def two_texts(city: City, mine: dict[str, Any], theirs: dict[str, Any]) -> tuple[Any, str, Any]:
    """The page on which a pewarta finds the editor's text beside the own one."""
    article = city.write(body=html(ONE, TWO, THREE))
    path, base = f"/k/nukus/berita/{article.id}", article.newest_revision_id
    save(city, article, **{"body": html(ONE, TWO, THREE)} | theirs)
    desk = city.desk("nukus_pewarta")
    form = {"judul": city.draft().title, "ringkasan": city.draft().lead, "format": "html"}
    sent = typed(city, **form, isi=html(ONE, TWO, THREE)) | mine
    answer = desk.post(f"{path}/simpan", {**sent, "dasar": base})
    assert answer.status_code == 409, answer.text
    return desk, path, answer


def newest(path: str) -> Revision:
    article = db.session.get_one(Article, int(path.rsplit("/", 1)[1]))
    assert article.newest
    return article.newest


def test_one_paragraph_from_each_side(city: City) -> None:
    desk, path, page = two_texts(
        city,
        {"isi": html("Paragraf pembuka tentang air bersih.", TWO, THREE)},
        {"body": html(ONE, TWO, "Penutup rapat warga."), "title": "Judul dari editor"},
    )
    fields = Fields(page.text, "merge")
    # Suggested: what only one side changed. What both say stands once.
    picks = {name: value for name, value in fields.sent.items() if name.startswith("pilih-")}
    assert picks == {"pilih-title": "mereka", "pilih-0": "saya", "pilih-1": "mereka"}
    assert page.text.count(TWO) == 2  # once on the page, once in what is carried along
    done = desk.post(f"{path}/gabung", fields.sent)
    assert done.status_code == 303, done.text
    kept = newest(path)
    assert kept.body == html("Paragraf pembuka tentang air bersih.", TWO, "Penutup rapat warga.")
    assert kept.title == "Judul dari editor"
    assert kept.number == 3
    again = desk.post(f"{path}/gabung", fields.sent)  # a double tap
    assert (again.status_code, newest(path).number) == (303, 3)


@pytest.mark.parametrize(
    ("pick", "kept"),
    [
        ("saya", ["Teh manis.", "Saya di sini."]),
        ("mereka", ["Teh tawar."]),
        ("keduanya", ["Teh manis.", "Teh tawar.", "Saya di sini."]),
    ],
)
def test_where_both_changed_one_has_to_choose(on_sqlite: City, pick: str, kept: list[str]) -> None:
    mine = {"isi": html("Teh manis.", THREE, "Saya di sini."), "topik": "", "tanggal": "2026-11-20"}
    desk, path, page = two_texts(on_sqlite, mine, {"body": html("Teh tawar.", THREE)})
    fields = Fields(page.text, "merge")
    open_ones = {name for name in fields.names if name.startswith("pilih-")} - fields.sent.keys()
    assert open_ones
    refused = desk.post(f"{path}/gabung", fields.sent)
    assert refused.status_code == 422
    assert "belum Anda pilih" in refused.text
    assert {**Fields(refused.text, "merge").sent, "csrf_token": 0} == {
        **fields.sent, "csrf_token": 0,
    }  # fmt: skip
    choices = {name: pick for name in fields.names if name.startswith("pilih-")}
    done = desk.post(f"{path}/gabung", {**fields.sent, **choices, "pilih-category_id": "mereka"})
    assert done.status_code == 303, done.text
    for words in kept:
        assert f"<p>{words}</p>" in newest(path).body
    assert newest(path).body.count("<p>") == len(kept) + 1
    assert newest(path).category_id == on_sqlite.topic()
    assert bool(newest(path).event_on) == (pick != "mereka")


def test_a_second_conflict_keeps_what_was_merged(city: City) -> None:
    desk, path, page = two_texts(
        city,
        {"isi": html("Pembuka saya.", TWO, THREE)},
        {"body": html(ONE, TWO, "Penutup mereka.")},
    )
    article = db.session.get_one(Article, int(path.rsplit("/", 1)[1]))
    save(city, article, "nukus_head", body=html(ONE, "Tengah ketua.", "Penutup mereka."))
    again = desk.post(f"{path}/gabung", Fields(page.text, "merge").sent)
    assert again.status_code == 409
    fields = Fields(again.text, "merge")
    assert "Pembuka saya." in fields.sent["isi"]
    assert "Penutup mereka." in fields.sent["isi"]
    done = desk.post(f"{path}/gabung", fields.sent)
    assert done.status_code == 303, done.text
    assert newest(path).body == html("Pembuka saya.", "Tengah ketua.", "Penutup mereka.")


def test_a_lost_session_keeps_every_field_and_choice(city: City) -> None:
    desk, path, page = two_texts(
        city, {"isi": html("Pembuka saya.", TWO, THREE)}, {"body": html(ONE, TWO, "Tutup.")}
    )
    sent = Fields(page.text, "merge").sent
    desk.set_session(_user_id="hilang")
    away = desk.post(f"{path}/gabung", sent)
    assert away.status_code == 401
    carried = Fields(away.text.replace('method="post"', 'class="x"'), "x").sent
    assert {**carried, "csrf_token": 0} == {**sent, "csrf_token": 0}
    back = city.desk("nukus_pewarta").post(f"{path}/gabung", {**carried})
    assert back.status_code == 303
    assert newest(path).body == html("Pembuka saya.", TWO, "Tutup.")


def test_the_sentences_can_be_changed_before_saving(city: City) -> None:
    desk, path, page = two_texts(
        city, {"isi": html("Pembuka saya.", TWO, THREE)}, {"body": html(ONE, TWO, "Tutup.")}
    )
    sent = Fields(page.text, "merge").sent
    opened = desk.post(f"{path}/gabung/ubah", sent)
    assert opened.status_code == 200
    assert "Pembuka saya." in opened.text
    assert "Tutup." in opened.text
    assert f'name="dasar" type="hidden" value="{newest(path).id}"' in opened.text
    assert newest(path).number == 2


def test_another_photo_brings_its_words(city: City) -> None:
    article = city.write(body=html(ONE))
    path, base = f"/k/nukus/berita/{article.id}", article.newest_revision_id
    from kimcms.services import media

    ids = [
        media.add(city.actor(name), city.kim(), picture(640, size), city.media, city.now).id
        for name, size in (("nukus_pewarta", 480), ("nukus_editor", 400))
    ]
    words = {"photo_caption": "Dari editor", "photo_alt": "Alt editor"}
    save(city, article, body=html(ONE), photo_id=ids[1], **words)
    desk = city.desk("nukus_pewarta")
    mine = typed(city, isi=html(ONE), format="html", foto_id=ids[0], alt="Alt saya", dasar=base)
    page = desk.post(f"{path}/simpan", mine)
    fields = Fields(page.text, "merge")
    assert "pilih-photo_id" in fields.names
    assert "pilih-photo_alt" not in fields.names
    choices = {name: "mereka" for name in fields.names if name.startswith("pilih-")}
    assert desk.post(f"{path}/gabung", {**fields.sent, **choices}).status_code == 303
    kept = newest(path)
    assert (kept.photo_id, kept.photo_caption, kept.photo_alt) == (ids[1], *words.values())


@pytest.mark.parametrize("pangkal", ["", "999999", "0", str(2**70), "x"])
@pytest.mark.parametrize("dasar", ["", "999999", str(2**70), "x"])
def test_numbers_that_are_no_revisions(on_sqlite: City, pangkal: str, dasar: str) -> None:
    desk, path, page = two_texts(on_sqlite, {"isi": html("Saya.")}, {"body": html("Mereka.")})
    sent = Fields(page.text, "merge").sent | {"pangkal": pangkal, "dasar": dasar, "pilih-0": "?"}
    answer = desk.post(f"{path}/gabung", sent)
    assert answer.status_code in (409, 422)
    assert "Saya." in answer.text
    assert newest(path).body == html("Mereka.")


def test_markup_of_either_side_is_text_or_filtered(on_sqlite: City) -> None:
    evil = "<img src=x onerror=alert(1)><script>alert(1)</script>\"'>"
    desk, _path, page = two_texts(
        on_sqlite,
        {"isi": html(evil), "judul": evil, "ringkasan": evil},
        {"body": html(evil + "x"), "title": f"{evil}x", "lead": f"{evil}x"},
    )
    assert desk
    assert "<img src=x" not in page.text
    assert "<script>alert" not in page.text
