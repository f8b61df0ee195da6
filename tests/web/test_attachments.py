"""PDFs of an article: checked, in the revision, and a download only while readers may see it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import sqlalchemy as sa

from kimcms.db import db
from kimcms.domain import attachments
from kimcms.domain.attachments import Attachment
from kimcms.domain.refusal import Refused
from kimcms.models.article import Article
from kimcms.models.media import Media
from kimcms.services import media, publishing
from tests.web.test_bad_input import field, multipart
from tests.web.test_story import form
from tests.world import City, picture

PDF = b"%PDF-1.7\n" + b"0" * 1_200_000 + b"\n%%EOF\n"
SMALL = b"%PDF-1.7\n" + b"0" * 240_000 + b"\n%%EOF\n"
KEY = "0123456789abcdef"


def pdf(city: City, name: str = "Surat edaran.pdf", data: bytes = PDF) -> Media:
    return media.add_pdf(city.actor("nukus_pewarta"), city.kim(), name, data, city.media, city.now)


def test_a_pdf_from_the_form_to_the_reader(city: City) -> None:
    pewarta = city.desk("nukus_pewarta")
    sent = form(
        city, lampiran=(io.BytesIO(SMALL), "edaran.pdf"), lampiran_judul="Surat edaran", kunci=KEY
    )
    made = pewarta.post("/k/nukus/berita/", sent)
    assert made.status_code == 303, made.text
    again = sent | {"lampiran": (io.BytesIO(SMALL), "edaran.pdf")}
    assert pewarta.post("/k/nukus/berita/", again).location == made.location
    item = db.session.scalars(sa.select(Media)).one()
    article = db.session.scalars(sa.select(Article)).one()
    assert article.newest
    assert attachments.read(article.newest.attachments) == (
        Attachment(item.id, "Surat edaran", len(SMALL)),
    )
    path, site = f"/media/{item.id}/berkas.pdf", city.site()
    assert site.get(path).status_code == 404  # a draft
    assert pewarta.get(path).headers["Content-Disposition"].startswith("attachment")
    assert city.desk("gerabah_head").get(path).status_code == 404

    publishing.publish(city.actor("nukus_editor"), article, city.now)
    page = site.get(f"/berita/{article.slug}").text
    assert "Unduhan: Surat edaran (PDF, 240 kB)" in page
    assert f'href="{path}"' in page
    served = site.get(path)
    assert served.data == SMALL
    assert served.headers["Content-Type"] == "application/pdf"
    assert served.headers["Content-Disposition"] == "attachment; filename=edaran.pdf"
    assert served.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in served.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in served.headers
    assert city.site("gerabah").get(path).status_code == 404
    assert city.reader().get(path).status_code == 404  # the portal shows none
    refused = pewarta.post(f"/k/nukus/media/{item.id}/hapus")
    assert refused.status_code == 409
    publishing.unpublish(city.actor("nukus_editor"), article, city.now)
    assert site.get(path).status_code == 404


def test_it_belongs_to_the_revision(city: City) -> None:
    one, two = pdf(city), pdf(city, "Denah.pdf")
    article = city.publish(attachments=(Attachment(one.id, ""), Attachment(two.id, "Denah posko")))
    editor = city.desk("nukus_editor")
    page = editor.get(f"/k/nukus/berita/{article.id}/ubah").text
    listed = field(page, "lampiran_daftar").replace("&#34;", '"')
    assert json.loads(listed) == [[one.id, "Surat edaran"], [two.id, "Denah posko"]]
    sent = form(
        city, dasar=article.newest_revision_id, lampiran_daftar=listed, **{f"lepas_{one.id}": "1"}
    )
    assert editor.post(f"/k/nukus/berita/{article.id}/simpan", sent).status_code == 303
    live = city.site().get(f"/berita/{article.slug}").text
    assert "Surat edaran" in live  # what readers see does not change by a save
    publishing.publish(city.actor("nukus_editor"), article, city.now)
    fresh = city.site().get(f"/berita/{article.slug}").text
    assert "Surat edaran" not in fresh
    assert "Unduhan: Denah posko (PDF, 1,2 MB)" in fresh
    assert city.site().get(f"/media/{one.id}/berkas.pdf").status_code == 404
    assert city.site().get(f"/media/{two.id}/berkas.pdf").status_code == 200


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "bukan PDF"),
        (picture(), "bukan PDF"),
        (b"<html><script>alert(1)</script>", "bukan PDF"),
        (b"%PDF-1.4 <script>alert(1)</script> %%EOF", "bukan PDF"),
        (b"%PDF-1.4 without an end", "terpotong"),
        (PDF + b"0" * 11_000_000, "12 MB"),
    ],
    ids=["empty", "photo", "page", "polyglot", "cut", "large"],
)
def test_what_is_no_pdf(on_sqlite: City, data: bytes, words: str) -> None:
    sent = form(on_sqlite, lampiran=(io.BytesIO(data), "x.pdf"))
    visit = on_sqlite.desk("nukus_pewarta")
    answer = visit.call("POST", "/k/nukus/berita/", **multipart(visit, sent))
    assert answer.status_code in {413, 422}
    assert words in answer.text
    assert "Ketua RW" in answer.text  # what was typed is still there
    assert not list(on_sqlite.media.root.rglob("*.pdf"))


@pytest.mark.parametrize(
    "listed",
    ["x", "[", "[1]", "[[1]]", "[[1,2,3]]", '[["a","b"]]', "null", "[[99,\"x\"]]",
     f"[[{10**30},\"x\"]]", "[[-1,\"x\"]]", "[" * 50_000, '[[1,"x"],[1,"y"]]',
     json.dumps([[n, "x"] for n in range(6)]), "[[1e400,\"x\"]]"],
    ids=range(14),
)  # fmt: skip
def test_a_list_that_is_none(on_sqlite: City, listed: str) -> None:
    answer = on_sqlite.desk("nukus_pewarta").post(
        "/k/nukus/berita/", form(on_sqlite, lampiran_daftar=listed)
    )
    assert answer.status_code == 422
    assert "Ketua RW" in answer.text


def test_another_kims_pdf_and_a_photo_are_none(city: City) -> None:
    photo = media.add(city.actor("nukus_pewarta"), city.kim(), picture(), city.media, city.now)
    other: Any = media.add_pdf(
        city.actor("gerabah_pewarta"), city.kim("gerabah"), "x.pdf", PDF, city.media, city.now
    )
    for media_id in (photo.id, other.id):
        with pytest.raises(Refused, match="pdf_unknown"):
            city.write(attachments=(Attachment(media_id, "x"),))
    with pytest.raises(Refused, match="photo_unknown"):
        city.write(photo_id=pdf(city).id)
