"""The worker of readers' devices: on reader hosts only, and undone by a setting."""

from __future__ import annotations

import gzip
import html
import io
import posixpath
import re
from typing import Any

import pytest
from PIL import Image

from kimcms.web.desk.skeletons import SKELETONS
from tests.world import City


def test_the_worker_is_fresh_and_changes_with_the_setting(on_sqlite: City) -> None:
    for visit in (on_sqlite.reader(), on_sqlite.site()):
        answer = visit.get("/sw.js")
        assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert answer.headers["Cache-Control"] == "no-cache"
        tag = {"If-None-Match": answer.headers["ETag"]}
        assert visit.get("/sw.js", headers=tag).status_code == 304
        assert "reader.js" in visit.get("/").text
        assert "di perangkat Anda" in visit.get("/privasi").text


def test_switched_off_it_undoes_itself(on_sqlite: City, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = on_sqlite.app.extensions["kimcms"].settings
    monkeypatch.setitem(on_sqlite.app.jinja_env.globals, "offline", False)
    on = on_sqlite.site().get("/sw.js")
    try:
        object.__setattr__(settings, "offline", False)
        off = on_sqlite.site().get("/sw.js", headers={"If-None-Match": on.headers["ETag"]})
        assert off.status_code == 200
        assert "registration.unregister()" in off.text
        assert "reader.js" not in on_sqlite.site().get("/").text
        assert "di perangkat Anda" not in on_sqlite.site().get("/privasi").text
    finally:
        object.__setattr__(settings, "offline", True)


def test_the_newsroom_has_a_worker_of_its_own(on_sqlite: City) -> None:
    stranger = on_sqlite.desk()
    answer = stranger.get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert stranger.get("/sw.js", headers=tag).status_code == 304
    assert answer.text != on_sqlite.reader().get("/sw.js").text
    assert "BUILD" not in answer.text
    for path in re.findall(r'"(/static/[^"]+)"', answer.text):
        assert stranger.get(path).status_code == 200, path
    head = on_sqlite.desk("nukus_head").get("/").text
    assert "reader.js" not in head
    assert " data-luring" in head
    settings = on_sqlite.app.extensions["kimcms"].settings
    try:
        object.__setattr__(settings, "offline", False)
        assert "registration.unregister()" in stranger.get("/sw.js", headers=tag).text
    finally:
        object.__setattr__(settings, "offline", True)


def test_the_page_without_a_connection_names_nobody_and_everything_it_needs(
    on_sqlite: City,
) -> None:
    stranger = on_sqlite.desk()
    page = stranger.get("/luring")
    assert page.status_code == 200
    assert "Set-Cookie" not in page.headers
    # To somebody signed in it is the same page, byte for byte.
    assert on_sqlite.desk("nukus_pewarta").get("/luring").text == page.text
    files = set(re.findall(r"/static/[^\"]+", page.text))
    scripts = {path for path in files if path.endswith(".js")}
    size = 0
    for path in sorted(files):
        found = stranger.get(path, headers={"Accept-Encoding": "gzip"})
        assert found.status_code == 200, path
        size += len(found.data)
        for name in re.findall(r'(?:from |import\()"([^"]+)"', gunzip(found)):
            assert posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) in scripts, (
                name
            )
    assert size + len(gzip.compress(page.data)) < 250 * 1024


def gunzip(answer: Any) -> str:
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return str((gzip.decompress(answer.data) if packed else answer.data).decode("utf-8", "replace"))


def test_the_manifest_makes_it_an_app_that_can_be_shared_with(on_sqlite: City) -> None:
    stranger, pewarta = on_sqlite.desk(), on_sqlite.desk("nukus_pewarta")
    answer = stranger.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    manifest = answer.json
    assert (manifest["display"], manifest["start_url"]) == ("standalone", "/")
    for icon in manifest["icons"]:
        size = int(icon["sizes"].split("x")[0])
        with Image.open(io.BytesIO(stranger.get(icon["src"]).data)) as picture:
            assert picture.size == (size, size)
    for visit in (stranger, pewarta):
        assert "/manifest.webmanifest" in visit.get("/masuk" if visit is stranger else "/").text
    target = manifest["share_target"]
    names = target["params"]
    words = {
        names["title"]: "Panen raya",
        names["text"]: "*Warga* panen",
        names["url"]: "https://contoh.test/",
    }
    assert stranger.call("POST", target["action"], data=words).status_code == 401
    form = pewarta.call("POST", target["action"], data=words)  # an app sends no token of ours
    assert form.status_code == 200
    assert "Panen raya" in form.text
    assert "*Warga* panen\n\nhttps://contoh.test/" in form.text.replace("\r", "")
    assert pewarta.get("/bagi").location == "/k/nukus/berita/baru"
    assert on_sqlite.desk("diskominfo").get("/bagi").status_code == 403


@pytest.mark.parametrize("name", list(SKELETONS))
def test_a_usual_item_begins_with_its_skeleton(on_sqlite: City, name: str) -> None:
    pewarta = on_sqlite.desk("nukus_pewarta")
    page = pewarta.get(f"/k/nukus/berita/baru?pola={name}").text
    assert html.escape(str(SKELETONS[name].body).split("\n")[0]) in page
    assert (
        "…"
        not in pewarta.get("/k/nukus/berita/baru?pola=lain")
        .text.split("<form")[1]
        .split("data-said")[0]
    )
