"""Photos in pieces: what breaks off goes on, and the same file is one photo."""

from __future__ import annotations

import hashlib
import io
import threading
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from kimcms.db import db
from kimcms.domain.refusal import Refused
from kimcms.jobs import tidy
from kimcms.models.media import Media, Upload
from kimcms.services import media, uploads
from tests.world import City, Visit, picture

KEY = "0123456789abcdef"
AT = "/k/nukus/foto/kirim"


def announce(visit: Visit, data: bytes, key: str = KEY, **more: Any) -> Any:
    facts = {"kunci": key, "ukuran": len(data), **more}
    return visit.call("POST", AT, json=facts, headers=headers(visit))


def headers(visit: Visit, **more: str) -> dict[str, str]:
    return {"X-CSRFToken": visit.token(), "Accept": "application/json", **more}


def piece(visit: Visit, data: bytes, offset: int, key: str = KEY) -> Any:
    return visit.call(
        "PATCH",
        f"{AT}/{key}",
        data=data,
        content_type="application/partial-upload",
        headers=headers(visit, **{"Upload-Offset": str(offset)}),
    )


def state(visit: Visit, key: str = KEY) -> Any:
    return visit.get(f"{AT}/{key}", headers=headers(visit))


def whole(visit: Visit, data: bytes, key: str = KEY) -> Any:
    """As a script sends a file: announced, then what is not there yet in one piece."""
    begun = announce(visit, data, key)
    if begun.status_code != 201:
        return begun
    offset = begun.json["offset"]
    return piece(visit, data[offset:], offset, key)


def photos() -> int:
    return db.session.scalar(sa.select(sa.func.count(Media.id))) or 0


def test_a_photo_in_three_pieces_is_one_photo(city: City) -> None:
    visit, data = city.desk("nukus_pewarta"), picture(1200, 900)
    begun = announce(visit, data, sha256=hashlib.sha256(data).hexdigest())
    assert (begun.status_code, begun.json["offset"]) == (201, 0)
    assert begun.headers["Upload-Complete"] == "?0"
    third = len(data) // 3
    assert piece(visit, data[:third], 0).json["offset"] == third
    assert announce(visit, data, sha256=hashlib.sha256(data).hexdigest()).json["offset"] == third
    lost = piece(visit, data[:third], 0)  # its answer had not come
    assert (lost.status_code, lost.json["error"][-1]) == (409, ".")
    assert state(visit).headers["Upload-Offset"] == str(third)
    assert piece(visit, data[third:-100], third).status_code == 200
    assert photos() == 0

    made = piece(visit, data[-100:], len(data) - 100)
    assert (made.status_code, made.headers["Upload-Complete"]) == (201, "?1")
    assert visit.get(made.json["src"]).status_code == 200
    for again in (
        piece(visit, data[-100:], len(data) - 100),
        state(visit),
        announce(visit, data, sha256=hashlib.sha256(data).hexdigest()),
    ):
        assert again.json["id"] == made.json["id"]
    assert photos() == 1
    assert not [path for path in pieces(city).root.rglob("*") if path.is_file()]


def pieces(city: City) -> Any:
    return city.app.extensions["kimcms"].pieces


def test_a_server_that_was_killed_before_the_photo_was_made(city: City) -> None:
    visit, data = city.desk("nukus_pewarta"), picture()
    announce(visit, data)
    upload = db.session.scalars(sa.select(Upload)).one()
    pieces(city).add(upload.pieces, 0, [data], len(data))  # all is here, nobody has finished it
    assert state(visit).json == {"offset": len(data), "ukuran": len(data)}
    assert piece(visit, b"", len(data)).json["id"]
    assert photos() == 1


def test_a_connection_that_breaks_keeps_what_came(city: City) -> None:
    visit, data = city.desk("nukus_pewarta"), picture()

    def broken() -> Any:
        yield data[:5000]
        raise ConnectionError

    announce(visit, data)
    upload = db.session.scalars(sa.select(Upload)).one()
    with pytest.raises(ConnectionError):
        uploads.receive(upload, 0, broken(), pieces(city))
    assert state(visit).json["offset"] == 5000
    assert piece(visit, data[5000:], 5000).status_code == 201


def test_the_last_piece_at_once_makes_one_photo(city: City) -> None:
    visits, data = [city.desk("nukus_pewarta") for _ in range(6)], picture()
    announce(visits[0], data)
    piece(visits[0], data[:-10], 0)
    for visit in visits:
        visit.token()
    db.session.remove()
    answers: list[Any] = []
    barrier = threading.Barrier(len(visits))

    def send(visit: Visit) -> None:
        barrier.wait()
        answers.append(piece(visit, data[-10:], len(data) - 10))

    threads = [threading.Thread(target=send, args=(visit,)) for visit in visits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert 201 in {answer.status_code for answer in answers}
    assert state(visits[0]).json["id"]
    assert photos() == 1


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"<!doctype html><script>alert(1)</script>", 422, "JPEG, PNG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 422, "JPEG, PNG"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 64, 422, "Paling Kompatibel"),
        (picture()[:3000], 422, "terpotong"),
        (b"%PDF-1.7 <script>alert(1)</script> %%EOF", 422, "bukan PDF"),
        (b"%PDF-1.7 cut off", 422, "terpotong"),
    ],
    ids=["html", "svg", "heic", "cut", "pdf page", "pdf cut"],
)
def test_what_is_refused_is_gone_and_can_be_sent_again(
    city: City, data: bytes, status: int, words: str
) -> None:
    visit = city.desk("nukus_pewarta")
    announce(visit, data)
    answer = piece(visit, data, 0)
    assert answer.status_code == status
    assert words in answer.json["error"]
    assert state(visit).status_code == 404
    assert photos() == 0
    good = picture()
    assert announce(visit, good).status_code == 201
    assert piece(visit, good, 0).status_code == 201


def test_what_is_announced_is_checked(city: City) -> None:
    visit = city.desk("nukus_pewarta")
    for facts in (
        None,
        [],
        {},
        {"kunci": KEY},
        {"kunci": KEY, "ukuran": "9"},
        {"kunci": KEY, "ukuran": True},
        {"kunci": KEY, "ukuran": 9, "sha256": "x"},
        {"kunci": KEY, "ukuran": 9, "nama": 5},
        {"kunci": "short", "ukuran": 9},
        {"kunci": "a\0" * 8, "ukuran": 9},
        {"kunci": KEY, "ukuran": 0},
        {"kunci": KEY, "ukuran": -1},
        {"kunci": KEY, "ukuran": 10**30},
        {"kunci": KEY, "ukuran": 12_000_001},
    ):
        answer = visit.call("POST", AT, json=facts, headers=headers(visit))
        assert 400 <= answer.status_code < 500, facts
        assert answer.json["error"].endswith(".")
    data = picture()
    assert announce(visit, data).status_code == 201
    assert announce(visit, data + b"x").status_code == 409  # another file under the same key
    assert piece(visit, data + b"x", 0).status_code == 413
    assert piece(visit, b"x", -1).status_code == 422
    assert visit.call("PATCH", f"{AT}/{KEY}", headers=headers(visit)).status_code == 422
    assert piece(visit, b"\0" * 60_000_000, 0).status_code == 413
    assert visit.call("DELETE", f"{AT}/{KEY}", headers=headers(visit)).status_code == 204
    wrong = announce(visit, data, sha256="0" * 64)
    assert wrong.status_code == 201
    assert "utuh" in piece(visit, data, 0).json["error"]


def test_whose_it_is(city: City) -> None:
    mine, data = city.desk("nukus_pewarta"), picture()
    announce(mine, data)
    colleague, stranger = city.desk("nukus_editor"), city.desk("gerabah_pewarta")
    assert state(colleague).status_code == 404
    assert piece(colleague, data, 0).status_code == 404
    assert state(stranger).status_code == 404
    assert announce(stranger, data).status_code == 404
    assert mine.call("PATCH", f"{AT}/{KEY}", data=data).status_code == 400  # no token
    assert city.desk().call("POST", AT, json={}).status_code in {400, 401}


def test_how_many_wait_and_how_long(city: City) -> None:
    visit, data = city.desk("nukus_pewarta"), picture()
    for number in range(uploads.MOST_UNFINISHED):
        assert announce(visit, data, f"{KEY}-{number}").status_code == 201
    assert announce(visit, data).status_code == 429
    piece(visit, data, 0, f"{KEY}-0")
    assert announce(visit, data).status_code == 201
    piece(visit, data[:50], 0)
    city.clock.forward(days=3)
    tidy()
    assert state(city.desk("nukus_pewarta")).status_code == 404
    assert db.session.scalar(sa.select(sa.func.count(Upload.id))) == 0
    assert not [path for path in pieces(city).root.rglob("*") if path.is_file()]
    assert photos() == 1
    # The key of a photo that is there gives that photo, long after its pieces are forgotten.
    visit = city.desk("nukus_pewarta")
    announce(visit, data, f"{KEY}-0")
    piece(visit, data, 0, f"{KEY}-0")
    assert photos() == 1


def test_a_heavy_photo_with_a_place_in_it_is_light_and_tells_nothing(city: City) -> None:
    shapes = Image.effect_noise((500, 375), 90).resize((4000, 3000), Image.Resampling.BICUBIC)
    grain = Image.effect_noise((4000, 3000), 40)
    noise = Image.blend(shapes, grain, 0.3).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # the phone was held upright
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 58.0, 48.0), 3: "E", 4: (112.0, 37.0, 48.0)})
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=97, exif=exif, comment=b"rahasia")
    data = out.getvalue()
    assert 8_000_000 < len(data) < 12_000_000
    visit = city.desk("nukus_pewarta")
    announce(visit, data)
    for start in range(0, len(data), 1_000_000):
        made = piece(visit, data[start : start + 1_000_000], start)
    found = media_of(made)
    assert found.width < found.height
    for name in found.names:
        served = visit.get(f"/media/{found.id}/{name}").data
        assert len(served) < 400_000, name
        # Long enough not to stand in noise by chance, as the three letters of GPS do.
        assert not any(word in served for word in (b"Exif\0\0", b"rahasia", b"ICC_PROFILE"))
        with Image.open(io.BytesIO(served)) as image:
            assert image.width < image.height
            assert not image.getexif()
            assert not image.info.keys() & {"exif", "xmp", "comment", "icc_profile"}


def media_of(answer: Any) -> Media:
    return db.session.get_one(Media, answer.json["id"])


def test_a_photo_that_was_deleted_is_not_made_again(city: City) -> None:
    data = picture()
    pewarta = city.actor("nukus_pewarta")
    made = media.add(pewarta, city.kim(), data, city.media, city.now, KEY)
    with media.atomic("", city.now, eventless=True):
        db.session.delete(made)
    with pytest.raises(Refused, match="photo_gone"):
        media.add(pewarta, city.kim(), data, city.media, city.now, KEY)
