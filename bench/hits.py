"""Reader pages out of the page cache, beside a bare WSGI app that sends the same bytes."""

from __future__ import annotations

import http.client
import json
import statistics
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from bench import pages
from bench.cities import DATABASES, city
from bench.client import Client, Job
from bench.options import Options
from bench.servers import Server, granian

HEADING = "Reader pages out of the page cache"
ARTICLES = 1_500
GOAL_RATIO = 0.75
_SERVERS_OWN = {"date", "server"}
_SHOWN = ("portal /", "portal /rss.xml", "site /", "site /berita/...", "portal /tentang")

Headers = list[tuple[str, str]]


def report(options: Options) -> Iterator[str]:
    """A page and the bare app in turn, by the same client, through one worker each."""
    yield f"{ARTICLES:,} articles. A page as a browser gets it (brotli, all headers) and a bare"
    yield "WSGI app that sends the same headers and bytes are asked in turn, by the same client,"
    yield "through granian with one worker; medians of the rounds. The client takes a core of its"
    yield "own and may be the slower one: processor time of the worker is the stricter ratio.\n"
    yield f"| page | CPU ratio (goal {GOAL_RATIO}) | ratio | hits/s | bare/s | CPU us | bare us |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory(prefix="kimcms-bench-") as folder:
        for database in DATABASES:
            yield from _on(database, Path(folder), options)


def _on(database: str, folder: Path, options: Options) -> Iterator[str]:
    env = city(folder, database, ARTICLES).environ | {"KIMCMS_CACHE_MB": "32"}
    # The same city on both databases: its addresses are found on the first.
    found = [
        page
        for page in pages.counted(folder / f"{DATABASES[0]}-{ARTICLES}")
        if page.name in _SHOWN and options.pages in page.name
    ]
    answers = folder / f"answers-{database}.json"
    with granian("wsgi:app", env) as ours, Client() as client:
        kept = {
            f"/{number}": _answer(ours.port, page.host, page.path)
            for number, page in enumerate(found)
        }
        answers.write_text(json.dumps(kept))
        with granian("bench.bare:app", env | {"BENCH_ANSWERS": str(answers)}) as bare:
            for number, page in enumerate(found):
                us = Job(ours.port, page.host, page.path, options.seconds, encoding="br")
                them = Job(bare.port, "localhost", f"/{number}", options.seconds, encoding="br")
                yield f"| {database}, {page.name} {_beside(client, us, ours, them, bare, options)}"


def _answer(port: int, host: str, path: str) -> tuple[Headers, str]:
    """What the server says to a browser the second time, out of its memory."""
    for _ in range(2):
        asked = http.client.HTTPConnection("127.0.0.1", port)
        asked.request("GET", path, headers={"Host": host, "Accept-Encoding": "br"})
        answer = asked.getresponse()
        body = answer.read()
        asked.close()
        assert answer.status == 200, path
    headers = [pair for pair in answer.getheaders() if pair[0].lower() not in _SERVERS_OWN]
    return headers, b64encode(body).decode()


def _beside(
    client: Client, us: Job, ours: Server, them: Job, bare: Server, options: Options
) -> str:
    client.run(us), client.run(them)  # warm
    before = ours.cpu(), bare.cpu()
    turns = [(client.run(us), client.run(them)) for _ in range(options.rounds)]
    spent = ours.cpu() - before[0], bare.cpu() - before[1]
    asked = sum(turn[0].requests for turn in turns), sum(turn[1].requests for turn in turns)
    each = [seconds / number * 1e6 for seconds, number in zip(spent, asked, strict=True)]
    rates = [statistics.median(turn[side].rate for turn in turns) for side in (0, 1)]
    ratio = statistics.median(turn[0].rate / turn[1].rate for turn in turns)
    return (
        f"| {each[1] / each[0]:.2f} | {ratio:.2f} | {rates[0]:,.0f} | {rates[1]:,.0f} "
        f"| {each[0]:.1f} | {each[1]:.1f} |"
    )
