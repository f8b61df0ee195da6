"""Autosaves, the history, and two texts over HTTP."""

from __future__ import annotations

import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain.corrections import Kind
from kimcms.models.article import Article, Revision
from kimcms.services import articles, corrections, publishing
from kimcms.services.articles import Edit
from tests.lengths import on_postgres_later
from tests.world import LONG, City


def typed(city: City, **more: object) -> dict[str, object]:
    return {
        "judul": "Posyandu Melati timbang balita",
        "isi": LONG,
        "format": "markdown",
        "topik": str(city.topic()),
        **more,
    }


@on_postgres_later
def test_two_hundred_autosaves_leave_at_most_three_entries(city: City) -> None:
    article = city.write()
    path, article_id = f"/k/nukus/berita/{article.id}", article.id
    desk, base = city.desk("nukus_pewarta"), article.newest_revision_id
    newest = sa.select(sa.func.max(Revision.id)).where(Revision.article_id == article_id)
    for number in range(200):
        city.clock.forward(seconds=30)
        words = typed(city, isi=f"{LONG} {number}", dasar=base, kunci=f"kunci{number:04}")
        answer = desk.post(f"{path}/simpan", {**words, "otomatis": "1"})
        assert answer.status_code < 400, answer.text
        base = db.session.scalar(newest)
    autosaves = db.session.scalars(
        sa.select(Revision)
        .where(Revision.article_id == article_id, Revision.auto_since.is_not(None))
        .order_by(Revision.id)
    ).all()
    assert len(autosaves) == 200
    shown = [row for row in autosaves if row.folded_at is None]
    assert len(shown) <= 3
    assert "199" in shown[-1].body


def save(city: City, article: Article, by: str = "nukus_pewarta", **changes: object) -> int:
    """Another revision, a minute later; its id."""
    city.clock.forward(minutes=1)
    edit = Edit(city.draft(**changes), article.newest_revision_id)
    articles.save(city.actor(by), article, edit, city.now)
    assert article.newest_revision_id
    return article.newest_revision_id


def rows(page: str) -> list[str]:
    """The entries of a history page as text."""
    return [row.split("</li>")[0] for row in page.split('<li class="row">')[1:]]


def test_the_history_names_what_happened_to_which_words(city: City) -> None:
    article = city.write()
    pewarta, editor = city.actor("nukus_pewarta"), city.actor("nukus_editor")
    save(city, article, title="Dikirim pertama")
    articles.submit(pewarta, article, city.now)
    city.clock.forward(minutes=1)
    articles.return_to_author(editor, article, "Perbaiki.", city.now)
    save(city, article, title="Diperbaiki")
    city.clock.forward(minutes=1)
    publishing.publish(editor, article, city.now)
    save(city, article, "nukus_editor", title="Belum terbit")
    city.clock.forward(minutes=1)
    words = corrections.Words(Kind.RALAT, "Empat puluh.", "Empat belas.")
    corrections.add(editor, article, words, city.now)

    path = f"/k/nukus/berita/{article.id}"
    page = city.desk("nukus_pewarta").get(f"{path}/riwayat")
    newest, live, sent, first = rows(page.text)
    assert "Terbaru" in newest
    assert "nukus_editor" in newest
    assert "Dibaca pembaca" in live
    assert "Terbit" in live
    assert "Dikirim" in sent
    assert "Dikembalikan" in sent
    assert "Ralat" not in sent + first
    assert 'class="state"' not in first
    assert "/riwayat" in city.desk("nukus_pewarta").get(path).text
    for name, status in (("nukus_head", 200), ("moderator", 403), ("gerabah_head", 404)):
        assert city.desk(name).get(f"{path}/riwayat").status_code == status


def test_a_page_of_the_history_costs_the_same_whatever_its_length(city: City) -> None:
    article, desk = city.write(), city.desk("nukus_pewarta")
    path = f"/k/nukus/berita/{article.id}/riwayat"
    desk.get(path)
    with city.counting() as few:
        desk.get(path)
    for number in range(65):
        save(city, article, title=f"Versi {number}")
    with city.counting() as many:
        page = desk.get(path)
    assert len(many) == len(few)
    found = rows(page.text)
    assert len(found) == 30
    while 'class="pager"' in page.text:
        link = page.text.split('class="pager"')[1].split('href="')[1].split('"')[0]
        page = desk.get(link.replace("&amp;", "&"))
        found += rows(page.text)
    assert len(found) == len(set(found)) == 66
    assert desk.get(f"{path}?sesudah=x").status_code == 404


def test_what_changed_by_word(city: City) -> None:
    article = city.write(title="Warga RW 04 rapat", body="<p>Rapat di balai.</p><p>Tetap.</p>")
    first = article.newest_revision_id
    aula = "<p>Rapat di aula.</p>"
    second = save(city, article, title="Warga RW 05 rapat", body=f"{aula}<p>Tetap.</p>")
    third = save(city, article, title="Lain <b>sama</b> sekali", body=aula)
    desk, path = city.desk("nukus_editor"), f"/k/nukus/berita/{article.id}/riwayat/beda"

    def said(query: str) -> str:
        text = desk.get(path + query).text.split("split-main")[1]
        for hidden in ("dihapus: ", "ditambah: ", " (sampai sini) "):
            text = text.replace(f'<span class="hidden">{hidden}</span>', "")
        return text

    assert "<del>Tetap.</del>" in said("")  # the newest, with the one before
    assert "Lain &lt;b&gt;sama" in said("")
    assert "Warga RW <del>04</del><ins>05</ins> rapat" in said(f"?ke={second}")
    assert "Rapat di <del>balai</del><ins>aula</ins>." in said(f"?ke={second}")
    assert "<ins>Rapat di balai.</ins>" in said(f"?ke={first}")
    assert "Rapat di <del>aula</del><ins>balai</ins>." in said(f"?dari={third}&ke={first}")
    assert "Tidak ada bedanya." in said(f"?dari={first}&ke={first}")
    other = city.write(title="Berita lain").newest_revision_id
    for wrong in ("x", "0", "-1", str(other), str(2**70), "²"):
        assert desk.get(f"{path}?ke={wrong}").status_code == 404, wrong
        assert desk.get(f"{path}?dari={wrong}").status_code == 404, wrong


def test_old_words_come_back_and_nothing_is_lost(city: City) -> None:
    article = city.write(title="Judul semula")
    first = article.newest_revision_id
    second = save(city, article, title="Judul kedua")
    desk, path = city.desk("nukus_pewarta"), f"/k/nukus/berita/{article.id}/riwayat"
    offered = desk.get(f"{path}/beda?ke={first}").text
    assert "Ya, kembalikan" in offered
    assert "Ya, kembalikan" not in desk.get(f"{path}/beda").text  # the newest is there already
    late = {"revisi": first, "dasar": first}
    assert desk.post(f"{path}/kembali", late).status_code == 409  # somebody saved since
    done = desk.post(f"{path}/kembali", {"revisi": first, "dasar": second})
    assert done.status_code == 303, done.text
    db.session.refresh(article)
    assert article.newest
    assert (article.newest.title, article.newest.number) == ("Judul semula", 3)
    assert len(rows(desk.get(path).text)) == 3
    other = city.write(title="Berita lain").newest_revision_id
    newest = article.newest_revision_id
    for wrong in (other, 0, 2**70):
        answer = desk.post(f"{path}/kembali", {"revisi": wrong, "dasar": newest})
        assert answer.status_code == 404, wrong
    assert desk.post(f"{path}/kembali", {"revisi": "x"}).status_code == 422


def test_readers_keep_the_live_words_while_a_published_item_is_changed(city: City) -> None:
    article = city.publish(title="Judul terbit", body="<p>Kalimat terbit.</p>")
    site = f"/berita/{article.slug}"
    save(city, article, title="Judul baru", body="<p>Kalimat baru.</p>")
    desk, path = city.desk("nukus_pewarta"), f"/k/nukus/berita/{article.id}"
    page = desk.get(f"{path}/ubah")
    assert "Pembaca masih melihat versi terbit" in page.text
    words = typed(city, isi="Lagi.", otomatis="1", dasar=article.newest_revision_id)
    assert desk.post(f"{path}/simpan", words).status_code < 400
    assert "Kalimat terbit." in city.site().get(site).text
    assert "Kalimat baru." not in city.site().get(site).text
    assert desk.post(f"{path}/kirim", typed(city, isi="Dikirim lagi.")).status_code == 409
    db.session.refresh(article)
    sent = typed(city, isi="Dikirim lagi.", dasar=article.newest_revision_id)
    assert desk.post(f"{path}/kirim", sent).status_code == 303
    assert "Kalimat terbit." in city.site().get(site).text
    db.session.refresh(article)
    out = {"revisi": article.newest_revision_id}
    assert city.desk("nukus_editor").post(f"{path}/terbit", out).status_code == 303
    assert "Dikirim lagi." in city.site().get(site).text


def test_the_forum_sees_what_changed_since_it_read(city: City) -> None:
    article = city.publish(body="<p>Rapat di balai.</p>")
    city.accept(article)
    path = f"/tinjauan/{article.id}"
    assert "Apa yang berubah" not in city.desk("moderator").get(path).text
    save(city, article, "nukus_editor", body="<p>Rapat di aula.</p>")
    assert "aula" not in city.desk("moderator").get(path).text
    publishing.publish(city.actor("nukus_editor"), article, city.now)
    shown = city.desk("moderator").get(path).text
    assert "Apa yang berubah sejak terakhir ditinjau" in shown
    assert "balai" in shown.split("<del>")[2].split("</del>")[0]  # the first is the legend
