"""`python -m bench [--write]`: one run on this machine, printed; with --write also kept."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench import pages
from bench.client import Client, Job, Outcome
from bench.pages import Page
from bench.servers import KIMS, Server, environ, granian, load_city

ARTICLES = (1_500, 10_000)
GOAL_RATIO = 0.2
GOAL_LOAD = 5_000
RESULTS = Path(__file__).parent / "RESULTS.md"
PACKAGES = ("granian", "Flask", "SQLAlchemy", "Jinja2")


@dataclass(frozen=True)
class Measured:
    """A page beside a hello world of the same size: medians of the rounds."""

    page: Page
    rate: float
    hello: float
    ratio: float
    cpu: float  # milliseconds a request
    hello_cpu: float

    @property
    def line(self) -> str:
        page = self.page
        return (
            f"| {page.name} | {self.ratio:.3f} | {self.hello_cpu / self.cpu:.3f} "
            f"| {self.rate:,.0f} | {self.hello:,.0f} | {self.cpu:.2f} | {self.hello_cpu:.3f} "
            f"| {page.queries} | {page.raw:,} | {page.gzipped:,} |"
        )


HEAD = (
    f"| page | ratio (goal {GOAL_RATIO}) | CPU ratio | requests/s | hello/s | CPU ms "
    "| hello CPU ms | queries | bytes | gzip |\n"
    "| --- |" + " ---: |" * 9
)


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("--write", action="store_true", help=f"keep the run in {RESULTS.name}")
    asked.add_argument("--rounds", type=int, default=7, help="page and hello in turn (default 7)")
    asked.add_argument("--seconds", type=float, default=0.35, help="of one turn (default 0.35)")
    asked.add_argument("--only", default="", help="pages whose name holds this")
    options = asked.parse_args()
    lines: list[str] = []
    for line in _report(options.rounds, options.seconds, options.only):
        print(line, flush=True)
        lines.append(line)
    if options.write:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _report(rounds: int, seconds: float, only: str) -> Iterator[str]:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="kimcms-bench-") as temporary:
        folders = [Path(temporary, str(articles)) for articles in ARTICLES]
        loads = [load_city(*city) for city in zip(folders, ARTICLES, strict=True)]
        yield from _introduction()
        yield f"\n## Reader pages on a miss, {ARTICLES[0]:,} articles, {KIMS} KIMs\n"
        yield HEAD
        measured = []
        for row in _measured(folders[0], rounds, seconds, only):
            measured.append(row)
            yield row.line
        if measured:
            yield from _summary(measured)
    yield "\n## Bulk load into a fresh SQLite\n"
    yield from _loads(loads)
    yield f"\nThe run took {time.monotonic() - started:.0f} seconds."


def _introduction() -> Iterator[str]:
    yield "# Bench\n"
    yield "Ratios first: they hold elsewhere too. Absolute numbers are of this machine, which may"
    yield "have been shared. A page and a Flask hello world that sends as many bytes are asked in"
    yield "turn, by the same client, through granian with one worker; medians of the rounds. There"
    yield "is no page cache yet: every request renders. CPU is that of the worker; its ratio"
    yield "suffers less from neighbours.\n"
    facts = [f"{os.cpu_count()} cores", platform.machine(), f"Python {platform.python_version()}"]
    facts += [f"{name} {version(name)}" for name in PACKAGES]
    yield f"{dt.date.today().isoformat()}: {', '.join(facts)}."
    yield f"Load of the machine at the start: {os.getloadavg()[0]:.1f}."


def _measured(folder: Path, rounds: int, seconds: float, only: str) -> Iterator[Measured]:
    found = [page for page in pages.counted(folder) if only in page.name]
    sizes = {"BENCH_SIZES": ",".join(str(page.raw) for page in found)}
    with (
        granian("wsgi:app", environ(folder)) as ours,
        granian("bench.hello:app", environ(folder, **sizes)) as hello,
        Client() as client,
    ):
        for page in found:
            yield _beside(client, page, ours, hello, rounds, seconds)


def _beside(
    client: Client, page: Page, ours: Server, hello: Server, rounds: int, seconds: float
) -> Measured:
    us = Job(ours.port, page.host, page.path, seconds)
    them = Job(hello.port, "127.0.0.1", f"/{page.raw}", seconds)
    for job in (us, them):
        client.run(Job(job.port, job.host, job.path, seconds=0.2))  # warm
    before = ours.cpu(), hello.cpu()
    turns: list[tuple[Outcome, Outcome]] = [
        (client.run(us), client.run(them)) for _ in range(rounds)
    ]
    spent = ours.cpu() - before[0], hello.cpu() - before[1]
    asked = sum(turn[0].requests for turn in turns), sum(turn[1].requests for turn in turns)
    return Measured(
        page,
        rate=statistics.median(turn[0].rate for turn in turns),
        hello=statistics.median(turn[1].rate for turn in turns),
        ratio=statistics.median(turn[0].rate / turn[1].rate for turn in turns),
        cpu=spent[0] / asked[0] * 1000,
        hello_cpu=spent[1] / asked[1] * 1000,
    )


def _summary(measured: list[Measured]) -> Iterator[str]:
    below = [row for row in measured if row.ratio < GOAL_RATIO]
    most = max(row.page.queries for row in measured)
    middle = statistics.median(row.ratio for row in measured)
    yield f"\n{len(measured) - len(below)} of {len(measured)} pages reach {GOAL_RATIO}; the lowest"
    yield f"ratio is {min(row.ratio for row in measured):.3f}, the median {middle:.3f}. A page asks"
    yield f"{most} queries at most."


def _loads(seconds: list[float]) -> Iterator[str]:
    few, many = ARTICLES
    yield "| what | articles/s | seconds |\n| --- | ---: | ---: |"
    for articles, took in zip(ARTICLES, seconds, strict=True):
        rate = f"{articles / took:,.0f}"
        yield f"| whole command, {articles:,} articles, with its start | {rate} | {took:.2f} |"
    more = seconds[1] - seconds[0]
    rate = f"{(many - few) / more:,.0f}" if more > 0 else "too noisy"
    yield (
        f"| the insert itself: {many - few:,} more articles (goal {GOAL_LOAD:,}) "
        f"| {rate} | {more:.2f} |"
    )


if __name__ == "__main__":
    main()
