"""Junk in any path, query, form, cookie or upload: an answer with a sentence, never a 5xx."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import struct
import threading
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule as Route
from werkzeug.test import encode_multipart
from wtforms.fields.core import UnboundField

from kimcms.db import db
from kimcms.domain.assistance import Difficulty
from kimcms.domain.clock import day_of
from kimcms.domain.ledger import Proof
from kimcms.models.account import User
from kimcms.models.article import Article, Revision
from kimcms.models.kim import Kim
from kimcms.models.media import Media
from kimcms.queries import accounts, ownpages
from kimcms.services import assistance, evidence, media, uploads
from kimcms.services import ownpages as leaves
from kimcms.services.ownpages import Words
from tests.lengths import on_postgres_later
from tests.web.test_story import form
from tests.web.test_uploads import whole
from tests.world import LONG, City, Visit, picture

KEY = "0123456789abcdef"
HUGE = 10**30
BEYOND = 2**63  # the first number that no id column holds
READER_HOSTS = {"portal": "localhost", "situs": "nukus.localhost"}
# Everything else: diskominfo.
FORUM = ("/tinjauan", "/bukti/", "/pendampingan/")
DOOR = {"/k/": "nukus_head", **dict.fromkeys(FORUM, "moderator")}


def multipart(visit: Visit, values: dict[str, Any]) -> dict[str, Any]:
    """A large form as bytes, with its token: the test client would leave a file open."""
    files = {n: FileStorage(*v) if isinstance(v, tuple) else v for n, v in values.items()}
    boundary, data = encode_multipart({**files, "csrf_token": visit.token()})
    return {"data": data, "content_type": f"multipart/form-data; boundary={boundary}"}


def article_path(article_id: object, *parts: str) -> str:
    return "/".join(["/k/nukus/berita", str(article_id), *parts])


def count(table: type[Any]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def png(width: int, height: int) -> bytes:
    """A PNG whose header promises this size, with next to nothing behind it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 1000)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", packed), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


# --- the same thing twice, and two at once -----------------------------------------------------


def test_the_same_form_twice_makes_one_article(city: City) -> None:
    pewarta = city.desk("nukus_pewarta")
    first = pewarta.post("/k/nukus/berita/", form(city, kunci=KEY))
    again = pewarta.post("/k/nukus/berita/", form(city, kunci=KEY))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert (count(Article), count(Revision)) == (1, 1)


def test_the_key_of_a_deleted_draft_makes_no_second_one(city: City) -> None:
    pewarta = city.desk("nukus_pewarta")
    made = pewarta.post("/k/nukus/berita/", form(city, kunci=KEY))
    gone = pewarta.post(made.location.replace("/ubah", "/hapus"))
    assert gone.status_code == 303
    again = pewarta.post("/k/nukus/berita/", form(city, kunci=KEY))
    assert 400 <= again.status_code < 500
    assert "Posyandu Melati timbang" in again.text
    assert count(Article) == 0


def test_twenty_identical_forms_at_once_make_one_article(city: City) -> None:
    values = form(city, kunci=KEY)
    visits = [city.desk("nukus_pewarta") for _ in range(20)]
    for visit in visits:
        visit.token()
    db.session.remove()
    barrier, answers = threading.Barrier(len(visits)), []

    def send(visit: Visit) -> None:
        barrier.wait()
        answers.append(visit.post("/k/nukus/berita/", values))

    threads = [threading.Thread(target=send, args=(visit,)) for visit in visits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [303] * 20
    assert len({answer.location for answer in answers}) == 1
    assert (count(Article), count(Revision)) == (1, 1)


def test_a_stale_save_shows_both_texts_and_loses_neither(city: City) -> None:
    article = city.write()
    base = article.newest_revision_id
    pewarta, editor = city.desk("nukus_pewarta"), city.desk("nukus_editor")
    theirs = form(city, dasar=base, judul="Judul dari editor", isi="Kata editor yang menang.")
    assert editor.post(article_path(article.id, "simpan"), theirs).status_code == 303

    mine = form(city, dasar=base, judul="Judul dari pewarta", isi="Kata pewarta yang kalah cepat.")
    late = pewarta.post(article_path(article.id, "simpan"), mine)
    assert late.status_code == 409
    assert "Kata editor yang menang." in late.text
    assert field(late.text, "judul") == "Judul dari pewarta"
    assert "Kata pewarta yang kalah cepat." in field(late.text, "isi")
    db.session.refresh(article)
    assert article.newest
    assert article.newest.title == "Judul dari editor"

    merged = mine | {"dasar": field(late.text, "dasar"), "kunci": field(late.text, "kunci")}
    merged |= {"pilih-title": "saya", "pilih-0": "saya"}
    assert pewarta.post(article_path(article.id, "gabung"), merged).status_code == 303
    db.session.refresh(article)
    assert article.newest.title == "Judul dari pewarta"
    assert count(Revision) == 3


def field(page: str, name: str) -> str:
    """The value of an input on a page."""
    tag = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', page)
    assert tag, name
    value = re.search(r'\bvalue="([^"]*)"', tag[0])
    return value[1] if value else ""


def area(page: str, name: str) -> str:
    """What stands in a text area of a page."""
    found = re.search(rf'<textarea[^>]*\bname="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found, name
    return found[1]


# --- too long, too deep, too many --------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("kata " * 13_000, 413),  # 65 kB
        ("x" * 300_000, 413),
        (">" * 101 + " kutipan", 422),
        ("<div>" * 101 + "dalam" + "</div>" * 101, 422),
        ("<" * 60_000, 413),  # each becomes four letters
        ("[" * 60_000, 422),
        ("&" * 60_000, 413),
    ],
    ids=["65 kB", "300 kB", "quotes", "levels", "angles", "brackets", "ampersands"],
)
@pytest.mark.parametrize("kind", ["html", "markdown"])
def test_a_body_that_is_too_much(on_sqlite: City, body: str, status: int, kind: str) -> None:
    pewarta = on_sqlite.desk("nukus_pewarta")
    began = time.process_time()
    answer = pewarta.post("/k/nukus/berita/", form(on_sqlite, isi=body, format=kind))
    assert time.process_time() - began < 1
    assert answer.status_code == status
    assert 'class="problem"' in answer.text
    assert html.unescape(area(answer.text, "isi")).strip() == body.strip()
    assert count(Article) == 0


def test_a_body_beyond_the_forms_limit_has_a_sentence(on_sqlite: City) -> None:
    answer = on_sqlite.desk("nukus_pewarta").post(
        "/k/nukus/berita/", form(on_sqlite, isi="x" * 500_000)
    )
    assert answer.status_code == 413
    assert "64 kB" in answer.text


def test_twenty_thousand_fields(on_sqlite: City) -> None:
    many = {f"f{number}": "x" for number in range(20_000)}
    for path, name in (("/k/nukus/berita/", "nukus_pewarta"), ("/masuk", None), ("/lupa", None)):
        visit = on_sqlite.desk(name)
        for answer in (visit.post(path, many), visit.call("POST", path, **multipart(visit, many))):
            assert 400 <= answer.status_code < 500, (path, answer.status_code)
    assert count(Article) == 0


def test_wrong_content_types(on_sqlite: City) -> None:
    visit = on_sqlite.desk("nukus_pewarta")
    token = {"X-CSRFToken": visit.token()}
    for kind in (
        "application/json",
        "text/plain",
        "application/xml",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 5000,
        "application/x-www-form-urlencoded; charset=utf-16",
        "nonsense",
        ";;;",
    ):
        for data in (b'{"judul": "x"}', b"\xff\xfe\0", b"--\r\n", b""):
            for path in ("/k/nukus/berita/", "/k/nukus/foto/kirim", "/masuk"):
                answer = visit.call("POST", path, data=data, content_type=kind, headers=token)
                assert answer.status_code < 500, (kind, data, path, answer.status_code)


# --- uploads -----------------------------------------------------------------------------------

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
HTML = b"<!doctype html><script>alert(1)</script>"
UPLOADS = [
    ("bomb.png", png(30_000, 30_000), 422),
    ("line.png", png(30_000, 1), 422),
    ("nothing.png", png(0, 0), 422),
    ("foto.jpg", SVG, 422),
    ("foto.svg", SVG, 422),
    ("foto.jpg", HTML, 422),
    ("foto.jpg", picture(600, 400)[:4_000], 422),
    ("foto.jpg", picture(600, 400)[:20], 422),
    ("foto.jpg", picture(600, 400) + HTML, 422),
    ("foto.jpg", b"", 422),
    ("foto.jpg", b"\xff\xd8\xff" + b"\0" * (13_000_000 - 3), 413),
    ("foto.jpg", b"\xff\xd8\xff" + b"\0" * 15_000_000, 413),
]


@pytest.mark.parametrize(("name", "data", "status"), UPLOADS, ids=range(len(UPLOADS)))
def test_what_is_no_photo(on_sqlite: City, name: str, data: bytes, status: int) -> None:
    visit = on_sqlite.desk("nukus_pewarta")
    began = time.process_time()
    answer = whole(visit, data)
    assert time.process_time() - began < 0.5
    assert answer.status_code == status
    assert answer.json["error"].endswith(".")
    assert ("megapiksel" in answer.json["error"]) is (name == "bomb.png")
    assert count(Media) == 0

    if len(data) < 1_000_000:  # the same within the article's form, which keeps the words
        sent = form(on_sqlite, foto=(io.BytesIO(data), name))
        page = visit.post("/k/nukus/berita/", sent)
        if data:
            assert page.status_code == status
            assert "Ketua RW" in page.text
            assert count(Article) == 0
    assert not list(on_sqlite.media.root.rglob("*.jpg"))


# --- bytes that are no text --------------------------------------------------------------------


def test_invalid_bytes_in_path_and_query(city: City) -> None:
    article = city.publish()
    desk = city.desk("nukus_editor")
    for host, visit in (
        ("", city.reader()),
        ("", city.site()),
        ("/k/nukus", desk),
    ):
        for path in (
            "/%ff",
            "/%c3%28/",
            "/%00",
            "/berita/%ff",
            "/berita/%00",
            f"/berita/{article.slug}%00",
            "/topik/%ed%a0%80/",
            "/kecamatan/%00/",
            "/kelurahan/%ff%fe/",
            "/?sesudah=%ff",
            "/berita/?sesudah=%00",
            "/?sesudah=",
            "/?%ff=%fe",
            "/topik/kegiatan/?sesudah=%f0%28%8c%28",
        ):
            status = visit.get(host + path).status_code
            assert status < 500, (visit.host, host + path, status)
    raw = city.site().call("GET", "/", environ_overrides={"QUERY_STRING": "sesudah=\xff\xfe"})
    assert raw.status_code == 404
    raw = city.site().call("GET", "/", environ_overrides={"PATH_INFO": "/berita/\xff\xfe"})
    assert raw.status_code == 404


def test_invalid_bytes_in_cookies(on_sqlite: City) -> None:
    for value in (b"\xff\xfe", b"\0", b".e30.x.y", b"a.b.c", b"\xed\xa0", b"x" * 60_000, b'"'):
        for name in ("__Host-kimcms", "session", "remember_token", "\xff"):
            cookie = {"Cookie": f"{name}={value.decode('latin-1')}"}
            for path in ("/", "/masuk", "/berita/x"):
                answer = on_sqlite.reader("redaksi.localhost").get(path, headers=cookie)
                assert answer.status_code < 500, (name, value[:20], path)
            assert on_sqlite.site().get("/", headers=cookie).status_code == 200


def test_a_missing_slash_leads_to_the_same_host(city: City) -> None:
    for visit, path in (
        (city.reader(), "/kim"),
        (city.reader(), "/klaster"),
        (city.site(), "/topik/kegiatan"),
        (city.desk("diskominfo"), "/tinjauan"),
    ):
        answer = visit.get(path + "?a=b%20c")
        assert answer.status_code == 308
        assert answer.location == f"{visit.base}{path}/?a=b%20c"
    odd = city.reader().call("GET", "/", environ_overrides={"PATH_INFO": "//evil.example/kim"})
    assert "//evil" not in odd.headers.get("Location", "").removeprefix("http://localhost:8000")


def test_line_breaks_in_an_address_make_no_header(on_sqlite: City) -> None:
    for visit in (on_sqlite.reader("www.localhost"), on_sqlite.reader()):
        for path in ("/kim%0d%0aX-Evil:1", "/%0d%0aSet-Cookie:a=b", "/kim?%0d%0aX-Evil:1"):
            answer = visit.get(path)
            assert answer.status_code < 500
            assert "X-Evil" not in answer.headers
            assert "Set-Cookie" not in answer.headers


# --- numbers and dates -------------------------------------------------------------------------


@pytest.mark.parametrize("number", [-1, 0, 10**9, BEYOND - 1, BEYOND, 10**20, HUGE, "9" * 5000])
def test_numbers_that_name_nothing(city: City, number: object) -> None:
    article = city.write()
    pewarta, editor = city.desk("nukus_pewarta"), city.desk("nukus_editor")
    moderator = city.desk("moderator")
    for visit, path in (
        (editor, article_path(number)),
        (editor, article_path(number, "ubah")),
        (editor, f"/media/{number}/480.webp"),
        (moderator, f"/tinjauan/{number}"),
        (city.site(), f"/media/{number}/480.webp"),
        (city.reader(), f"/media/{number}/480.webp"),
    ):
        assert visit.get(path).status_code == 404, path
    assert moderator.post(f"/tinjauan/{number}/terima").status_code == 404
    assert city.desk("diskominfo").post(f"/pengguna/{number}/akhiri").status_code == 404

    sent = form(city, foto_id=number, dasar=number, keterangan="x", alt="x")
    assert pewarta.post("/k/nukus/berita/", sent).status_code in {303, 422}
    assert pewarta.post("/k/nukus/berita/", form(city, topik=number)).status_code == 422
    shown = form(city, isi=f'<p>x</p><img src="/media/{number}/480.webp" alt="x">', format="html")
    assert pewarta.post("/k/nukus/berita/", shown).status_code in {303, 422}
    shown = form(city, isi=f"![x](/media/{number}/480.webp)")
    assert pewarta.post("/k/nukus/berita/", shown).status_code in {303, 422}
    stale = form(city, dasar=number)
    assert pewarta.post(article_path(article.id, "simpan"), stale).status_code in {409, 422}
    out = editor.post(article_path(article.id, "terbit"), {"revisi": number})
    assert out.status_code in {409, 422}
    db.session.refresh(article)
    assert article.public_at is None


def test_a_review_of_a_revision_that_is_none(city: City) -> None:
    article = city.publish()
    moderator = city.desk("moderator")
    for number in (-1, 0, HUGE, "abc", "", "1e9", "٣", "9" * 5000):
        for button in ("terima", "tolak"):
            sent = {"revisi": number, "alasan": "Sumber belum jelas."}
            answer = moderator.post(f"/tinjauan/{article.id}/{button}", sent)
            assert answer.status_code in {409, 422}, (number, button, answer.status_code)
    db.session.refresh(article)
    assert article.feed_state == "pending"


@pytest.mark.parametrize("topic", ["abc", HUGE, "-1", "1.0", " 1", "\0", "999"])
def test_a_topic_that_is_none(on_sqlite: City, topic: object) -> None:
    answer = on_sqlite.desk("nukus_pewarta").post("/k/nukus/berita/", form(on_sqlite, topik=topic))
    assert answer.status_code == 422
    assert "Ketua RW" in answer.text
    assert count(Article) == 0


def test_dates_that_are_none(city: City) -> None:
    article = city.write()
    pewarta, editor = city.desk("nukus_pewarta"), city.desk("nukus_editor")
    for day in ("0000-00-00", "9999-99-99", "2026-02-30", "kemarin", "\0", "-1-01-01", "1" * 9000):
        answer = pewarta.post("/k/nukus/berita/", form(city, tanggal=day))
        assert answer.status_code == 422, day
        assert "Ketua RW" in answer.text
        hour = editor.post(article_path(article.id, "terbit"), {"waktu": day + "T10:00"})
        assert hour.status_code == 422, day
    for day in ("0001-01-01", "9999-12-31"):
        assert pewarta.post("/k/nukus/berita/", form(city, tanggal=day)).status_code == 303
    for hour in ("9999-12-31T23:59", "2028-01-01T00:00", "2026-11-24T25:00", "nanti", "T", "0"):
        for more in ({}, {"nanti": "1"}):
            sent = {"revisi": article.newest_revision_id, "waktu": hour, **more}
            answer = editor.post(article_path(article.id, "terbit"), sent)
            assert answer.status_code == 422, (hour, answer.status_code)
    early = {"waktu": "0001-01-01T00:00", "nanti": "1"}
    assert editor.post(article_path(article.id, "terbit"), early).status_code == 422
    db.session.refresh(article)
    assert article.public_at is None


# --- every field, every route ------------------------------------------------------------------

NASTY = [
    "\0",
    "a\0b",
    "\ufffe\uffff\u202e\u200b",
    "{{7*7}}%(x)s%s{0}<script>alert(1)</script>",
    "../../../etc/passwd",
    "-1",
    "9" * 40,
    "x" * 70_000,
    "\r\nX-Evil: 1",
    "a\0@localhost",
    "0000-00-00",
]
PATHS = ["%00", "x%00", "%ff", "%2e%2e%2f", "-1", str(BEYOND), "9" * 400, "%0d%0aX:1", "%25s"]
QUERIES = [
    "sesudah=%00",
    "sesudah=7fffffffffffffff-7fffffffffffffff",
    "sesudah=-&rak=%00",
    "sesudah=0-0&sesudah=2&rak=x",
    "lanjut=%00&%",
]


def field_names() -> list[str]:
    """The names of all fields of all forms of the newsroom."""
    kinds, more = [], [FlaskForm]
    while more:  # whichever file they are in
        more = [kind for form in more for kind in form.__subclasses__()]
        kinds += more
    return sorted(
        {n for f in kinds for n in dir(f) if isinstance(getattr(f, n, None), UnboundField)}
    )


def routes(city: City, method: str) -> Iterator[Route]:
    for route in city.app.url_map.iter_rules():
        if method in (route.methods or ()):
            yield route


def visit_of(city: City, route: Route, path: str = "") -> Visit:
    """Somebody who may pass this route's gate."""
    if route.host != "redaksi":
        return city.reader(READER_HOSTS[route.host])
    path = path or route.rule
    if path in {"/masuk", "/lupa"} or path.startswith("/tautan/"):
        return city.desk()
    name = next((n for start, n in DOOR.items() if path.startswith(start)), "diskominfo")
    return city.desk("diskominfo" if path.endswith("domain") else name)


def a_proof(city: City) -> int:
    head, today = city.actor("nukus_head"), day_of(city.now)
    return evidence.submit(head, city.kim(), Proof.MEETING, today, "Rapat", city.now).id


def told(city: City) -> int:
    head, kim = city.actor("nukus_head"), city.kim()
    return assistance.tell(head, kim, Difficulty.NEWS, "Sulit.", city.now, "kesulitan").id


def real(city: City, article: Article, photo: Media) -> dict[str, Any]:
    """One existing object for each name that stands in an address."""
    member = accounts.members(city.kim().id)[0]
    return {
        "kim": "nukus",
        "article_id": article.id,
        "media_id": photo.id,
        "name": "480.webp",
        "file_id": 1,
        "decree_id": city.decree(dt.date(2026, 1, 1), dt.date(2026, 12, 1)).id,
        "seat_id": 1,
        "week_id": 1,
        "invitation_id": 1,
        "jenis": "rapat",
        "proof_id": a_proof(city),
        "case_id": 1,
        "version": 99,
        "stamp": 1,
        "page_id": 1,
        "leaf_id": own_page(city),
        "banner_id": 1,
        "phrase_id": 1,
        "kunci": KEY,
        "daftar": "gambling",
        "assistance_id": told(city),
        "langkah": "jawab",
        "kata": "tulis",
        "membership_id": member.membership_id,
        "kelurahan": "dinoyo",
        "token": "none",
        "notice_id": 1,
        "slug": "kegiatan",
        "build": "x",
        "form": "feed.json",
        "year": 2026,
        "number": 11,
        "reply_number": 1,
        "complaint_id": 1,
        "part": 0,
    }


def own_page(city: City) -> int:
    """A page of the KIM's own; one is enough."""
    found = ownpages.pages(city.kim().id)
    if found:
        return found[0].id
    words = Words("Posyandu", "Setiap Rabu.", True)
    return leaves.create(city.actor("nukus_head"), city.kim(), words, city.now).id


def build(city: City, route: Route, values: dict[str, Any]) -> str:
    known = {name: values[name] for name in route.arguments}
    path = city.app.url_map.bind(route.host).build(route.endpoint, known)
    return str(path)


@on_postgres_later
def test_nasty_addresses_on_every_route(city: City) -> None:
    photo = media.add(city.actor("nukus_pewarta"), city.kim(), picture(), city.media, city.now)
    values = real(city, city.publish(), photo)
    wrong, asked = [], 0
    uploads.begin(city.actor("nukus_head"), city.kim(), uploads.Announced(KEY, 100), city.now)
    for route in routes(city, "GET"):
        path = build(city, route, values)
        addresses = [path, *(f"{path}?{query}" for query in QUERIES)]
        for name in route.arguments:
            if name == "form":  # one of few words, the last part
                marked = path.rpartition("/")[0] + "/987654321"
            else:
                marked = build(city, route, values | {name: 987654321})
            addresses += [marked.replace("987654321", nasty) for nasty in PATHS]
        visit = visit_of(city, route)
        for address in addresses:
            asked += 1
            answer = visit.get(address)
            if answer.status_code >= 500:
                wrong.append((visit.host, address[:80], answer.status_code))
            assert "X" not in answer.headers
    assert wrong == []
    assert asked > 300


@on_postgres_later
def test_nasty_forms_on_every_route(city: City) -> None:
    names = field_names()
    assert len(names) > 30
    photo = media.add(city.actor("nukus_pewarta"), city.kim(), picture(), city.media, city.now)
    wrong = []
    for route in routes(city, "POST"):
        article = city.publish() if "/tinjauan" in route.rule else city.write()
        path = build(city, route, real(city, article, photo))
        visit = visit_of(city, route)
        for nasty in NASTY:
            answer = visit.post(path, dict.fromkeys(names, nasty))
            if answer.status_code >= 500:
                wrong.append((path, nasty[:20], answer.status_code))
            if answer.status_code in {401, 404} or "/masuk" in answer.headers.get("Location", ""):
                break  # the object is gone, or the sign-in: the move was made
    assert wrong == []


def test_a_domain_that_another_kim_has(city: City) -> None:
    admin = city.desk("diskominfo")
    statuses = [
        admin.post(f"/k/{kim}/domain", {"domain": "kim.example"}).status_code
        for kim in ("nukus", "gerabah", "nukus")
    ]
    assert statuses == [303, 409, 303]
    assert city.kim("gerabah").alias_domain is None


TEXTS = ["judul", "isi", "ringkasan", "sumber", "keterangan", "alt", "kredit"]


def test_nul_bytes_in_the_article_form(city: City) -> None:
    pewarta = city.desk("nukus_pewarta")
    for name in [*TEXTS, "tanggal", "foto_id", "dasar", "kunci", "format", "topik"]:
        values = form(city)
        values[name] = f"{values.get(name, 'kata')}\0\0 lagi"
        answer = pewarta.post("/k/nukus/berita/", values)
        assert answer.status_code in {303, 409, 422}, (name, answer.status_code)
    for row in db.session.scalars(sa.select(Revision)):
        for column in ("title", "lead", "body", "repost_source", "photo_caption", "photo_alt"):
            assert "\0" not in getattr(row, column)
    assert count(Revision) >= len(TEXTS)


def test_nul_bytes_in_the_other_forms(city: City) -> None:
    article = city.publish()
    draft = city.write()
    head, moderator, admin = (city.desk(n) for n in ("nukus_head", "moderator", "diskominfo"))
    look = dict.fromkeys(("semboyan", "tentang", "alamat"), "a\0b") | {"langkah": "simpan"}
    sent = [
        (head, "/k/nukus/rumah/profil", look),
        (head, "/k/nukus/rumah/profil", look | {"telepon": "a\0b", "surel": "a\0b"}),
        (head, "/k/nukus/rumah/tampilan", {"warna": "daun\0", "langkah": "simpan"}),
        (head, "/k/nukus/rumah/tautan", {"nama_1": "a\0", "alamat_1": "https://a\0b.id/"}),
        (head, "/k/nukus/rumah/redaksi", {"penanggung": "a\0b", "langkah": "simpan"}),
        (head, "/k/nukus/anggota", {"nama": "a\0b", "akun": "081234567890", "peran": "editor"}),
        (head, "/k/nukus/anggota", {"nama": "a", "akun": "a\0@contoh.test", "peran": "editor"}),
        (head, "/k/nukus/anggota", {"nama": "a", "akun": "a\0@localhost", "peran": "editor"}),
        (head, "/k/nukus/anggota", {"nama": "a", "akun": "a@x.test", "peran": "editor\0"}),
        (head, article_path(article.id, "alamat"), {"alamat": "a\0b"}),
        (head, article_path(draft.id, "kembalikan"), {"catatan": "a\0b"}),
        (head, article_path(article.id, "cabut"), {"sebab": "other", "alasan": "\0"}),
        (moderator, f"/tinjauan/{article.id}/tolak", {"revisi": 1, "alasan": "a\0b"}),
        (admin, "/kim/buka/dinoyo", {"nama": "KIM\0", "alamat": "a\0b"}),
        (admin, "/kim/buka/dinoyo", {"nama": "KIM\0 Satu", "alamat": "satu"}),
        (admin, "/k/nukus/domain", {"domain": "a\0b.example"}),
        (city.desk(), "/masuk", {"akun": "a\0@localhost", "sandi": "a\0b"}),
        (city.desk(), "/masuk", {"akun": "nukus.head@contoh.test", "sandi": "\0"}),
        (city.desk(), "/lupa", {"akun": "a\0@localhost"}),
        (head, "/akun", {"sandi_lama": "a\0", "sandi": "b\0" * 8, "sandi_ulang": "b\0" * 8}),
    ]
    for visit, path, values in sent:
        answer = visit.post(path, values)
        assert answer.status_code < 500, (path, values, answer.status_code)
    kim = city.kim()
    shown = [kim.tagline, kim.about, kim.address, kim.phone, kim.email]
    assert shown[0] == "ab"
    names = [*db.session.scalars(sa.select(Kim.name)), *db.session.scalars(sa.select(User.name))]
    assert not [text for text in [*shown, *names] if "\0" in text]


def test_long_fields_are_refused_and_kept(on_sqlite: City) -> None:
    pewarta = on_sqlite.desk("nukus_pewarta")
    for name in TEXTS:
        if name == "isi":
            continue
        answer = pewarta.post("/k/nukus/berita/", form(on_sqlite, **{name: "kata " * 2_000}))
        assert answer.status_code == 422, name
        assert LONG[:80] in answer.text
        assert "kata kata kata" in answer.text
    assert count(Article) == 0
