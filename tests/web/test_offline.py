"""The worker of readers' devices: on reader hosts only, and undone by a setting."""

from __future__ import annotations

import pytest

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
    assert on_sqlite.desk().get("/sw.js").status_code == 404


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


@pytest.mark.parametrize("path", ["/sw.js"])
def test_nothing_of_it_in_the_newsroom(on_sqlite: City, path: str) -> None:
    page = on_sqlite.desk("nukus_head").get("/").text
    assert "reader.js" not in page
    assert "serviceWorker" not in page
