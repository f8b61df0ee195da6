"""The spine over HTTP: written, submitted, published, read, accepted, on the portal at once."""

from __future__ import annotations

import io

from tests.world import LONG, City, picture


def form(city: City, **more: object) -> dict[str, object]:
    return {
        "judul": "Posyandu Melati timbang 42 balita",
        "isi": LONG,
        "format": "markdown",
        "topik": str(city.topic()),
        **more,
    }


def test_from_the_first_word_to_the_city_feed(city: City) -> None:
    pewarta, editor, moderator = (
        city.desk(name) for name in ("nukus_pewarta", "nukus_editor", "moderator")
    )
    made = pewarta.post(
        "/k/nukus/berita/",
        form(
            city,
            foto=(io.BytesIO(picture()), "foto.jpg"),
            keterangan="Kader menimbang balita.",
            alt="Seorang kader menimbang balita.",
        ),
    )
    assert made.status_code == 303, made.text
    page = made.location.removesuffix("/ubah")
    revision = _field(pewarta.get(f"{page}/ubah").text, "dasar")
    photo = _field(pewarta.get(f"{page}/ubah").text, "foto_id")
    sent = pewarta.post(
        f"{page}/kirim",
        form(
            city,
            dasar=revision,
            foto_id=photo,
            keterangan="Kader menimbang balita.",
            alt="Seorang kader menimbang balita.",
        ),
    )
    assert sent.status_code == 303, sent.text

    assert "Posyandu Melati" in editor.get("/").text
    out = editor.post(f"{page}/terbit", {"revisi": revision})
    assert out.status_code == 303, out.text

    read = city.site().get("/berita/posyandu-melati-timbang-42-balita")
    assert read.status_code == 200
    assert "KIM Nukus, Sukun" in read.text
    assert "Pewarta: KIM Nukus" in read.text
    assert "Posyandu Melati" not in city.reader().get("/").text

    queue = moderator.get("/tinjauan/")
    assert "Posyandu Melati" in queue.text
    article_id = page.rsplit("/", 1)[1]
    done = moderator.post(f"/tinjauan/{article_id}/terima", {"revisi": revision})
    assert done.status_code == 303, done.text
    assert "Posyandu Melati" in city.reader().get("/").text
    assert "Posyandu Melati" in city.reader().get("/rss.xml").text


def _field(html: str, name: str) -> str:
    start = html.index(f'name="{name}"')
    tag = html[html.rindex("<", 0, start) : html.index(">", start)]
    return tag.split('value="')[1].split('"')[0]
