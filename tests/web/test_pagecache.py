"""The page cache from outside: every reader route, whoever asks, however it is asked."""

from __future__ import annotations

import gzip
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import brotli
import pytest

from kimcms.domain.workflow import Withdrawal
from kimcms.queries import counters
from kimcms.services import publishing, register
from kimcms.web import pagecache
from kimcms.web.pagecache import PageCache, Tally
from tests.instances import Worker
from tests.web.test_reader_pages import filled, is_kept, pages
from tests.world import City

ODD = {
    "Cookie": "__Host-kimcms=x; bahasa=en",
    "Accept": "application/json",
    "Accept-Language": "en",
    "Authorization": "Bearer x",
    "Forwarded": "host=evil.example;proto=https",
    "Origin": "https://evil.example",
    "Range": "bytes=0-9",
    "Referer": "https://evil.example/",
    "User-Agent": "\u00e9vil/1.0".encode().decode("latin-1"),
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "X-Forwarded-Proto": "https",
    "X-HTTP-Method-Override": "POST",
    "X-Original-URL": "/evil",
    "X-Requested-With": "XMLHttpRequest",
}
UNKNOWN = "?utm_source=evil&fbclid=1&sesudah_=evil&tenant=gerabah&bahasa=en&_method=DELETE"


def cache(city: City) -> PageCache:
    found: PageCache = city.app.extensions["pagecache"]
    return found


def kept(city: City) -> Iterator[tuple[str, str]]:
    """Every reader page of the url_map; files are not kept."""
    article = filled(city, 2)
    return (page for page in pages(city, article) if is_kept(page[1]))


def shape(answer: Any) -> tuple[int, dict[str, str], bytes]:
    """What must be the same, apart from the date that a server adds."""
    headers = {name: value for name, value in answer.headers.items() if name != "Date"}
    return answer.status_code, headers, answer.data


def counted(city: City, ask: Callable[[], Any]) -> tuple[Any, int, int]:
    """An answer, and how many hits and renderings it took."""
    before = Tally(**vars(cache(city).tally))
    answer = ask()
    after = cache(city).tally
    return answer, after.hits - before.hits, after.renders - before.renders


def test_every_page_is_rendered_once_and_then_the_same(city: City) -> None:
    for host, path in kept(city):
        asked = city.reader(host)
        first, hits, renders = counted(city, lambda v=asked, p=path: v.get(p))
        assert (first.status_code, hits, renders) == (200, 0, 1), path
        second, hits, renders = counted(city, lambda v=asked, p=path: v.get(p))
        assert (hits, renders) == (1, 0), path
        assert shape(second) == shape(first), path
        assert "Set-Cookie" not in first.headers
        assert first.headers["Vary"] == "Accept-Encoding", path
        assert first.headers["Cache-Control"] == "no-cache", path
        assert first.headers["ETag"].startswith('W/"'), path


def test_nothing_that_somebody_sends_changes_what_others_get(city: City) -> None:
    """Whoever asks first: the same bytes as a plain request gets from an empty cache."""
    for host, path in kept(city):
        reader = city.reader(host)
        plain = shape(reader.get(path))
        cache(city).close()
        headers = {**ODD, "Host": f"{host.upper()}:4711"}
        evil = reader.get(path + UNKNOWN, headers=headers)
        assert shape(evil) == plain, path
        again, hits, renders = counted(city, lambda r=reader, p=path: r.get(p))
        assert shape(again) == plain, path
        assert (hits, renders) == (1, 0), path  # it is even the same entry


def test_hosts_never_mix(city: City) -> None:
    shared = {path for _host, path in kept(city)}
    for path in sorted(shared):
        answers = {host: city.reader(host).get(path) for host in HOSTS}
        good = [answer.data for answer in answers.values() if answer.status_code == 200]
        assert good, path
        if path not in {"/robots.txt"}:
            assert len(set(good)) == len(good), path
        for host, answer in answers.items():
            cache(city).close()
            assert shape(city.reader(host).get(path)) == shape(answer), (host, path)


HOSTS = ("localhost", "nukus.localhost", "gerabah.localhost")


def test_head_is_get_without_a_body(city: City) -> None:
    for host, path in kept(city):
        reader = city.reader(host)
        head = reader.call("HEAD", path)  # even where it comes first
        status, headers, body = shape(reader.get(path))
        assert shape(head) == (status, headers, b""), path
        assert int(headers["Content-Length"]) == len(body), path
        assert shape(reader.call("HEAD", path)) == (status, headers, b""), path


def test_who_has_it_gets_304(city: City) -> None:
    for host, path in kept(city):
        reader = city.reader(host)
        full = reader.get(path)
        tag = full.headers["ETag"]
        for sent in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
            asked = {"headers": {"If-None-Match": sent}}
            again, hits, _renders = counted(city, lambda r=reader, p=path, a=asked: r.get(p, **a))
            assert (again.status_code, again.data, hits) == (304, b"", 1), (path, sent)
            assert again.headers["ETag"] == tag
            for name in ("Cache-Control", "Vary", "Content-Security-Policy"):
                assert again.headers[name] == full.headers[name]
            assert "Content-Length" not in again.headers
        other = reader.get(path, headers={"If-None-Match": '"another"'})
        assert shape(other) == shape(full)


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("gzip;q=1, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("zstd", ""),
        ("identity", ""),
        ("", ""),
        ("gzip;q=0", ""),
        ("x" * 9_000, ""),
    ],
)
def test_each_encoding_from_one_rendering(on_sqlite: City, asked: str, way: str) -> None:
    undo: dict[str, Callable[[bytes], bytes]] = {
        "br": brotli.decompress,
        "gzip": gzip.decompress,
        "": bytes,
    }
    filled(on_sqlite, 2)
    reader = on_sqlite.reader()
    plain = reader.get("/").data
    cache(on_sqlite).close()
    for first in (asked, "gzip", "br", "identity"):
        reader.get("/", headers={"Accept-Encoding": first})
        answer = reader.get("/", headers={"Accept-Encoding": asked})
        assert answer.headers.get("Content-Encoding", "") == way
        assert undo[way](answer.data) == plain
        assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert cache(on_sqlite).tally.renders == 1


def test_what_is_no_page_is_never_kept(city: City) -> None:
    article = filled(city, 1)
    assert article.live
    gone = city.publish(title="Akan dicabut")
    why = Withdrawal.FALSE
    publishing.withdraw(city.actor("nukus_editor"), gone, why, "Keliru.", city.now)
    asked = [
        ("nukus.localhost", f"/berita/{gone.slug}"),
        ("localhost", "/tidak-ada"),
        ("nukus.localhost", "/berita/tidak-ada"),
        ("nukus.localhost", "/?sesudah=bukan-kursor"),
        ("localhost", "/kim"),
        ("www.localhost", "/"),
        ("lain.localhost", "/"),
        ("nukus.localhost", f"/media/{article.live.photo_id}/480.webp"),
        ("localhost", "/static/x/site.css"),
        ("localhost", "/healthz"),
        ("redaksi.localhost", "/masuk"),
    ]
    for host, path in asked:
        for _ in range(2):
            city.reader(host).get(path)
        assert len(cache(city).shelf) == 0, (host, path)
    for method in ("POST", "PUT", "OPTIONS"):
        city.reader().call(method, "/")
        assert len(cache(city).shelf) == 0, method


def test_parameters_of_a_page_are_part_of_the_key_and_others_are_not(on_sqlite: City) -> None:
    filled(on_sqlite, 14)
    reader = on_sqlite.reader()
    first = reader.get("/")
    cursor = first.text.split("?sesudah=")[1].split('"')[0]
    second = reader.get(f"/?sesudah={cursor}")
    assert second.data != first.data
    assert len(cache(on_sqlite).shelf) == 2
    for query in (f"sesudah={cursor}&x=1", f"x=1&sesudah={cursor}&sesudah=0-0", "x"):
        wanted = second if cursor in query else first
        answer, hits, _renders = counted(on_sqlite, lambda q=query: reader.get(f"/?{q}"))
        assert (shape(answer), hits) == (shape(wanted), 1), query
    assert len(cache(on_sqlite).shelf) == 2


def test_a_visitor_cannot_fill_the_memory(on_sqlite: City) -> None:
    filled(on_sqlite, 1)
    shelf = cache(on_sqlite).shelf
    shelf.limit = 64 * 1024
    chance = random.Random(1)
    for _ in range(60):
        cursor = f"{chance.randrange(2**50):x}-{chance.randrange(2**30):x}"
        assert on_sqlite.site().get(f"/?sesudah={cursor}").status_code == 200
        on_sqlite.site().get(f"/berita/{cursor}")
        assert 0 < shelf.size <= shelf.limit
    assert 1 < len(shelf) < 60


def test_a_cold_page_is_rendered_once(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(city, 1)
    monkeypatch.setattr(pagecache, "PATIENCE", 60.0)
    together = threading.Barrier(6)

    def until_all_others_wait() -> None:
        until = time.monotonic() + 20
        while cache(city).tally.waits < 5 and time.monotonic() < until:
            time.sleep(0.01)

    slow(city, monkeypatch, until_all_others_wait)
    answers: list[tuple[int, bytes]] = []

    def ask() -> None:
        together.wait()
        answer = city.reader().get("/")
        answers.append((answer.status_code, answer.data))

    crowd(ask, 6)
    assert len(answers) == 6
    assert len(set(answers)) == 1
    assert cache(city).tally == Tally(hits=5, renders=1, waits=5)


def slow(city: City, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """Something happens in the middle of a rendering."""
    inner = cache(city)._app

    def app(environ: dict[str, Any], start: Any) -> Any:
        answer = inner(environ, start)
        meanwhile()
        return answer

    monkeypatch.setattr(cache(city), "_app", app)


def crowd(ask: Callable[[], None], size: int) -> None:
    threads = [threading.Thread(target=ask) for _ in range(size)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_who_waits_too_long_renders_alone(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(city, 1)
    monkeypatch.setattr(pagecache, "PATIENCE", 0.05)
    second = threading.Event()

    def meanwhile() -> None:
        if cache(city).tally.renders == 1:
            assert second.wait(60)
        else:
            second.set()

    slow(city, monkeypatch, meanwhile)
    crowd(lambda: city.reader().get("/"), 2)
    assert cache(city).tally == Tally(hits=0, renders=2, waits=1)


@pytest.mark.parametrize("first", ["change", "version"])
@pytest.mark.parametrize("host", ["localhost", "nukus.localhost"])
def test_a_change_during_the_rendering_is_not_lost(
    city: City, monkeypatch: pytest.MonkeyPatch, host: str, first: str
) -> None:
    """It comes after the tenant was found, just before or after the version is read: the page of
    before is never kept as that of after."""
    filled(city, 1)
    at_once = counters.version
    left = ["Nukus Baru"]

    def rename() -> None:
        with city.app.app_context():
            diskominfo, name = city.actor("diskominfo"), left.pop()
            register.describe(diskominfo, city.kim(), city.now, name=name, founded_on=None)

    def version(*asked: Any) -> counters.Version:
        found = at_once(*asked) if first == "version" else None
        if left:
            crowd(rename, 1)
        return found or at_once(*asked)

    monkeypatch.setattr(counters, "version", version)
    city.reader(host).get("/")
    assert not left
    assert "Nukus Baru" in city.reader(host).get("/").text


def test_a_fault_is_not_kept_and_nobody_waits_for_it(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(city, 1)

    def broken(_environ: Any, _start: Any) -> Any:
        raise RuntimeError("broken")

    with monkeypatch.context() as patch:
        patch.setattr(cache(city), "_app", broken)
        with pytest.raises(RuntimeError, match="broken"):
            city.reader().get("/")
    assert city.reader().get("/").status_code == 200
    assert len(cache(city).shelf) == 1


def test_proxies_ask_each_time_unless_the_operator_allows_otherwise(on_sqlite: City) -> None:
    allowed = Worker(on_sqlite, KIMCMS_SHARED_MAXAGE="30")
    without = Worker(on_sqlite, KIMCMS_CACHE_MB="0")
    try:
        for worker, wanted in ((allowed, "public, max-age=0, s-maxage=30"), (without, "no-cache")):
            for _ in range(2):
                answer = worker.get("localhost", "/")
                assert (answer.status, answer.headers["Cache-Control"]) == (200, wanted)
            assert answer.hit is (worker is allowed)
            assert worker.get("localhost", "/tidak-ada").headers["Cache-Control"] == "no-store"
    finally:
        allowed.close()
        without.close()


def test_a_fork_begins_with_a_memory_of_its_own(on_sqlite: City) -> None:
    """Locks that another thread holds and connections of the parent are not its own."""
    reader, own = on_sqlite.reader(), cache(on_sqlite)
    reader.get("/")
    parent = own.watch
    with own._own.lock:  # held while the child is born
        child = os.fork()
        if child == 0:  # pragma: no cover - in another process
            answers = [reader.get("/").status_code for _ in range(2)]
            fine = answers == [200, 200] and own.watch is not parent
            os._exit(0 if fine and own.tally == Tally(hits=1, renders=1) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    reader.get("/")
    assert (own.watch, own.tally.hits) == (parent, 1)
