"""The library of a KIM: found, described, blurred for good, deleted where nothing uses it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image

from kimcms.db import db
from kimcms.models.media import Media
from kimcms.services import articles, media
from kimcms.services.articles import Edit
from tests.world import City, picture

FACE = {"kiri": "0", "atas": "0", "lebar": "50", "tinggi": "50"}


def stripes() -> bytes:
    """Black and white lines that nothing blurred still shows."""
    line = Image.new("L", (8, 1))
    line.putdata([0, 0, 0, 0, 255, 255, 255, 255])
    image = Image.new("L", (1600, 1200))
    for x in range(0, 1600, 8):
        image.paste(line.resize((8, 1200), Image.Resampling.NEAREST), (x, 0))
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue()


def add(city: City, data: bytes | None = None, by: str = "nukus_pewarta") -> Media:
    return media.add(city.actor(by), city.kim(), data or picture(), city.media, city.now)


def contrast(data: bytes, left: bool) -> float:
    """How far the pixels of a quarter are apart: above left, or below right."""
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
        box = (4, 4, width // 2 - 8, height // 2 - 8)
        if not left:
            box = (width // 2 + 8, height // 2 + 8, width - 4, height - 4)
        low, high = image.convert("L").crop(box).getextrema()
    assert isinstance(low, int)
    assert isinstance(high, int)
    return high - low


def test_blurring_is_for_good_and_everywhere_at_once(city: City) -> None:
    photo = add(city, stripes())
    figure = (
        f'<figure><img src="/media/{photo.id}/960.webp" alt="x"><figcaption>y</figcaption></figure>'
    )
    article = city.publish(
        photo_id=photo.id, photo_caption="Anak", photo_alt="Anak", body=f"<p>Kata.</p>{figure}"
    )
    city.accept(article)
    site, reader = city.site(), city.reader()
    names = sorted(photo.names)
    sharp = {name: site.get(f"/media/{photo.id}/{name}") for name in names}
    assert all(contrast(answer.data, left=True) > 100 for answer in sharp.values())
    page = site.get(f"/berita/{article.slug}")
    card = shared(page.text)
    kept = site.get(card)
    assert kept.status_code == 200
    tag = page.headers["ETag"]

    done = city.desk("nukus_pewarta").post(f"/k/nukus/media/{photo.id}/samarkan", FACE)
    assert done.status_code == 303
    db.session.refresh(photo)
    assert photo.version == 1
    for name in names:
        path = f"/media/{photo.id}/{name}"
        # Who has the sharp one asks with its tag, and gets the other.
        again = site.get(path, headers={"If-None-Match": sharp[name].headers["ETag"]})
        assert again.status_code == 200, name
        assert again.headers["Cache-Control"] == "no-cache"
        assert contrast(again.data, left=True) < 60, name
        assert contrast(again.data, left=False) > 100, name
        assert reader.get(path).data == again.data
    fresh = site.get(f"/berita/{article.slug}", headers={"If-None-Match": tag})
    assert fresh.status_code == 200
    assert shared(fresh.text) != card
    assert site.get(card).location.endswith(shared(fresh.text))
    assert site.get(shared(fresh.text)).data != kept.data
    stored = list((city.media.root / photo.folder).iterdir())
    assert len([path for path in stored if path.name.startswith("card-")]) == 1
    for path in stored:  # nothing of what was there is left
        if not path.name.startswith("card-"):
            assert contrast(path.read_bytes(), left=True) < 60, path.name


def shared(page: str) -> str:
    """The path of the picture that messengers are told of."""
    return "/bagikan/" + page.partition("/bagikan/")[2].partition('"')[0]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        dict.fromkeys(FACE, ""),
        FACE | {"lebar": "x"},
        FACE | {"lebar": "nan"},
        FACE | {"kiri": "inf"},
        FACE | {"kiri": "101"},
        FACE | {"lebar": "-5"},
        FACE | {"lebar": "0.1"},
        FACE | {"lebar": "1e400"},
    ],
    ids=str,
)
def test_no_area(on_sqlite: City, sent: dict[str, str]) -> None:
    photo = add(on_sqlite)
    answer = on_sqlite.desk("nukus_pewarta").post(f"/k/nukus/media/{photo.id}/samarkan", sent)
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    db.session.refresh(photo)
    assert photo.version == 0


def test_who_may_change_a_photo(city: City) -> None:
    photo = add(city, by="nukus_editor")
    base = f"/k/nukus/media/{photo.id}"
    pewarta = city.desk("nukus_pewarta")
    assert pewarta.get(base).status_code == 200
    assert "Samarkan" not in pewarta.get(base).text
    for path in (base, f"{base}/samarkan", f"{base}/hapus", f"{base}/wajah"):
        assert pewarta.post(path, FACE).status_code == 403
        assert city.desk("gerabah_head").post(path, FACE).status_code == 404
    assert city.desk("nukus_head").post(f"{base}/wajah", {"wajah": "ya"}).json["faces"] is True
    assert city.desk("nukus_head").post(f"{base}/wajah", {"wajah": "?"}).status_code == 422


def test_a_photo_in_use_is_not_deleted(city: City) -> None:
    photo, base = add(city), "/k/nukus/media"
    lone = add(city)
    city.write(photo_id=photo.id, title="Draf pewarta")
    hidden = city.write("nukus_editor", photo_id=photo.id, title="Draf editor yang tertutup")
    pewarta, editor = city.desk("nukus_pewarta"), city.desk("nukus_editor")
    page = pewarta.get(f"{base}/{photo.id}")
    assert "Draf pewarta" in page.text
    assert "Draf editor" not in page.text
    refused = pewarta.post(f"{base}/{photo.id}/hapus")
    assert refused.status_code == 409
    assert "“Draf pewarta”, 1 naskah lain" in refused.text
    assert "“Draf editor yang tertutup”" in editor.post(f"{base}/{photo.id}/hapus").text

    assert pewarta.post(f"{base}/{lone.id}/hapus").status_code == 303
    assert pewarta.get(f"{base}/{lone.id}").status_code == 404
    assert pewarta.get(f"/media/{lone.id}/480.webp").status_code == 404
    assert not (city.media.root / lone.folder).exists()
    answer = pewarta.post(f"/k/nukus/berita/{hidden.id}/simpan")
    assert answer.status_code == 403
    with pytest.raises(media.Refused, match="photo_unknown"):
        city.write(photo_id=lone.id)


def test_an_older_revision_does_not_hold_a_photo(city: City) -> None:
    photo = add(city)
    article = city.write(photo_id=photo.id, body=f'<p>x</p><img src="/media/{photo.id}/480.webp">')
    old = article.newest
    assert old
    edit = Edit(city.draft(), base_revision_id=old.id)
    articles.save(city.actor("nukus_pewarta"), article, edit, city.now)
    assert city.desk("nukus_pewarta").post(f"/k/nukus/media/{photo.id}/hapus").status_code == 303
    db.session.refresh(old)
    assert old.photo_id is None


def test_finding_and_paging(city: City) -> None:
    pewarta = city.actor("nukus_pewarta")
    for number in range(30):
        photo = add(city)
        words = media.Words(f"Panen raya {number}", "Padi 100%", "Bu Rini" if number % 2 else "")
        media.describe(pewarta, photo, words, city.clock.forward(seconds=1))
    other = add(city, by="nukus_head")
    visit = city.desk("nukus_editor")
    first = listed(visit.get("/k/nukus/media/", headers={"Accept": "application/json"}))
    assert len(first["rows"]) == 24
    assert first["rows"][0]["id"] == other.id
    rest = visit.get(
        f"/k/nukus/media/?sesudah={first['sesudah']}", headers={"Accept": "application/json"}
    )
    ids = [row["id"] for row in first["rows"] + listed(rest)["rows"]]
    assert len(ids) == len(set(ids)) == 31
    for words, count in (
        ("RINI", 15),
        ("rini panen", 15),
        ("100%", 24),
        ("%", 24),
        ("_", 0),
        ("raya 17", 1),
        ("\0", 24),
    ):
        found = visit.get(
            "/k/nukus/media/",
            query_string={"cari": words},
            headers={"Accept": "application/json"},
        )
        assert len(listed(found)["rows"]) == count, words
    assert "Tidak ada yang cocok" in visit.get("/k/nukus/media/?cari=zzz").text
    assert visit.get("/k/nukus/media/?sesudah=x").status_code == 404
    with city.counting() as many:
        visit.get("/k/nukus/media/")
    assert len(many) < 16


def listed(answer: Any) -> Any:
    assert answer.status_code == 200
    return answer.json


def test_the_library_learns_from_texts_until_somebody_says_otherwise(city: City) -> None:
    lead, within = add(city), add(city)
    figure = (
        f'<figure><img src="/media/{within.id}/480.webp" alt="Sapu &amp; cangkul">'
        "<figcaption>Alat kerja bakti</figcaption></figure>"
    )
    words = {"photo_caption": "Kerja bakti", "photo_alt": "Warga", "photo_credit": "Pak Budi"}
    article = city.write(photo_id=lead.id, body=f"<p>Kata.</p>{figure}", **words)
    db.session.refresh(lead)
    assert (lead.caption, lead.alt, lead.credit) == ("Kerja bakti", "Warga", "Pak Budi")
    db.session.refresh(within)
    assert (within.caption, within.alt) == ("Alat kerja bakti", "Sapu & cangkul")
    visit = city.desk("nukus_pewarta")
    own = {"keterangan": "Saluran bersih", "alt": "Saluran", "kredit": "", "wajah": "tidak"}
    assert visit.post(f"/k/nukus/media/{lead.id}", own).status_code == 303
    assert article.newest
    draft = city.draft(photo_id=lead.id, photo_caption="Lain", body=figure.replace("kerja", "k"))
    articles.save(city.actor("nukus_pewarta"), article, Edit(draft, article.newest.id), city.now)
    db.session.refresh(lead)
    db.session.refresh(within)
    assert (lead.caption, lead.faces) == ("Saluran bersih", False)
    assert within.caption == "Alat k bakti"
    assert "Saluran bersih" in visit.get("/k/nukus/media/?cari=saluran").text


def test_without_a_script(city: City) -> None:
    visit = city.desk("nukus_pewarta")
    files = [
        (io.BytesIO(picture()), "a.jpg"),
        (io.BytesIO(b"%PDF-1.4 x %%EOF"), "Surat edaran.pdf"),
    ]
    sent = visit.post("/k/nukus/media/", {"berkas": [*files, (io.BytesIO(b"GIF"), "c.gif")]})
    assert sent.status_code == 303
    page = visit.get(sent.location).text
    assert "Surat edaran" in page
    assert "c.gif: Berkas itu bukan foto" in page
    assert visit.post("/k/nukus/media/").status_code == 303
    long = visit.post(f"/k/nukus/media/{add(city).id}", {"keterangan": "k" * 301})
    assert long.status_code == 422


def test_editors_see_a_childs_face_before_publishing(city: City) -> None:
    photo = add(city)
    words = {"photo_caption": "Anak PAUD", "photo_alt": "Anak-anak"}
    article = city.write(photo_id=photo.id, **words)
    page = f"/k/nukus/berita/{article.id}/terbit"
    editor = city.desk("nukus_editor")
    assert "Ada wajah anak" not in editor.get(page).text
    editor.post(f"/k/nukus/media/{photo.id}/wajah", {"wajah": "ya"})
    assert "Ada wajah anak di foto “Anak PAUD”" in editor.get(page).text
    editor.post(f"/k/nukus/media/{photo.id}/samarkan", FACE)
    assert "Ada wajah anak" not in editor.get(page).text
