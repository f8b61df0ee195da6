"""1,000,000 articles against 10,000: every reader page on a miss, the middle of a list against
its first page, and what a serving process holds in memory."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from flask import Flask

from bench import cities, routes
from bench.cities import DATABASES, SIZES, City
from bench.client import Client, Job
from bench.options import Options
from bench.routes import Address
from bench.servers import granian
from kimcms.app import create_app
from kimcms.config import Settings

HEADING = "1,000,000 articles against 10,000"
GOAL = 1.25
GOAL_BEST = 3
GOAL_MEMORY = 150
GOAL_LOAD = 5_000
CALLS = 4  # of one page in a row


def report(options: Options) -> Iterator[str]:
    """The two cities are asked in turn within one process, so that neighbours slow both."""
    yield "Each page is asked in the small city and in the large one in turn, in one process and"
    yield f"without a page cache; ratios of the medians. Goals: {GOAL}, a search that ranks"
    yield f"{GOAL_BEST}, memory {GOAL_MEMORY} MB, load {GOAL_LOAD:,} articles/s. BENCH_CITIES names"
    yield "a folder that keeps the cities for the next run."
    with ExitStack() as stack:
        folder = cities.kept_folder()
        if folder is None:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kimcms-bench-")))
        for database in DATABASES:
            yield f"\n### {database}\n"
            pair = [cities.city(folder, database, size) for size in SIZES]
            yield from _database(pair, options)


def _database(pair: list[City], options: Options) -> Iterator[str]:
    small, large = (create_app(Settings.read(city.environ)) for city in pair)
    yield "| page | ms small | ms large | ratio |\n| --- | ---: | ---: | ---: |"
    above, missing = [], []
    theirs = {one.name: one for one in routes.addresses(small, routes.examples(small))}
    given = routes.examples(large)
    for there in routes.addresses(large, given):
        here = theirs.get(there.name)
        if here is None or options.pages not in there.name:
            continue
        if not _answers(small, here) or not _answers(large, there):
            missing.append(there.name)
            continue
        few, many = _beside(_asking(small, here), _asking(large, there), options.rounds)
        if many / few > (GOAL_BEST if there.best else GOAL):
            above.append(there.name)
        yield f"| {there.name} | {few:.2f} | {many:.2f} | {many / few:.2f} |"
    if missing:
        yield f"\nNot measured, since these cities hold none: {', '.join(missing)}."
    yield f"\n{len(above)} above their goal{': ' if above else ''}{', '.join(above)}.\n"
    yield "| a page from the middle against the first, large city | ms first | ms middle | ratio |"
    yield "| --- | ---: | ---: | ---: |"
    for name, host, path in _lists(given.kim):
        first = _asking(large, Address(name, host, path))
        middle = _asking(large, Address(name, host, f"{path}?sesudah={given.middle}"))
        one, other = _beside(first, middle, options.rounds)
        yield f"| {name} | {one:.2f} | {other:.2f} | {other / one:.2f} |"
    yield ""
    yield from _memory(pair[1], [a for a in routes.addresses(large, given) if _answers(large, a)])
    for city in pair:
        if city.loaded:
            rate = city.articles / city.loaded
            yield f"Load of {city.articles:,} articles: {rate:,.0f} a second, its start included."


def _lists(kim: str) -> Iterator[tuple[str, str, str]]:
    yield "portal /", routes.DOMAIN, "/"
    yield "portal /topik/umkm/", routes.DOMAIN, "/topik/umkm/"
    yield "site /", f"{kim}.{routes.DOMAIN}", "/"
    yield "site /topik/umkm/", f"{kim}.{routes.DOMAIN}", "/topik/umkm/"


def _answers(app: Flask, address: Address) -> bool:
    got = app.test_client().get(address.path, base_url=f"http://{address.host}:8000")
    return got.status_code == 200


def _asking(app: Flask, address: Address) -> Callable[[], None]:
    client = app.test_client(use_cookies=False)

    def ask() -> None:
        answer = client.get(address.path, base_url=f"http://{address.host}:8000")
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answers {answer.status_code}")

    return ask


def _beside(one: Callable[[], None], other: Callable[[], None], rounds: int) -> tuple[float, float]:
    """Medians in milliseconds."""
    spent: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        for ask, times in zip((one, other), spent, strict=True):
            for _ in range(CALLS):
                started = time.perf_counter()
                ask()
                if turn:  # the first warms
                    times.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent[0]), statistics.median(spent[1])


def _memory(city: City, addresses: list[Address]) -> Iterator[str]:
    """A worker with its usual switches that has served each page a hundred times."""
    with granian("wsgi:app", city.environ) as server, Client() as client:
        for address in addresses:
            client.run(Job(server.port, address.host, address.path, seconds=20, requests=100))
        worker = psutil.Process(server.worker.pid)
        held = worker.memory_full_info()
        yield f"A serving process at {city.articles:,} articles holds {held.rss / 2**20:.0f} MB"
        yield f"({held.uss / 2**20:.0f} MB of its own) after a hundred requests of each page."
