"""Reader pages on a miss: every request renders, beside a hello world of the same size."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import pages
from bench.client import Client, Job, Outcome
from bench.options import Options
from bench.pages import Page
from bench.servers import KIMS, Server, environ, granian, load_city

HEADING = "Reader pages on a miss"
ARTICLES = 1_500
GOAL_RATIO = 0.2


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


def report(options: Options) -> Iterator[str]:
    """A page and a Flask hello world in turn, by the same client, through one worker each."""
    with tempfile.TemporaryDirectory(prefix="kimcms-bench-") as folder:
        load_city(Path(folder), ARTICLES)
        yield f"{ARTICLES:,} articles, {KIMS} KIMs. A page and a Flask hello world that sends as"
        yield "many bytes are asked in turn, by the same client, through granian with one worker;"
        yield "medians of the rounds. CPU is that of the worker; its ratio suffers less from"
        yield "neighbours.\n"
        yield HEAD
        measured = []
        for row in _measured(Path(folder), options):
            measured.append(row)
            yield row.line
        if measured:
            yield from _summary(measured)


def _measured(folder: Path, options: Options) -> Iterator[Measured]:
    found = [page for page in pages.counted(folder) if options.pages in page.name]
    sizes = {"BENCH_SIZES": ",".join(str(page.raw) for page in found)}
    with (
        granian("wsgi:app", environ(folder)) as ours,
        granian("bench.hello:app", environ(folder, **sizes)) as hello,
        Client() as client,
    ):
        for page in found:
            yield _beside(client, page, ours, hello, options)


def _beside(client: Client, page: Page, ours: Server, hello: Server, options: Options) -> Measured:
    us = Job(ours.port, page.host, page.path, options.seconds)
    them = Job(hello.port, "127.0.0.1", f"/{page.raw}", options.seconds)
    for job in (us, them):
        client.run(Job(job.port, job.host, job.path, seconds=0.2))  # warm
    before = ours.cpu(), hello.cpu()
    turns: list[tuple[Outcome, Outcome]] = [
        (client.run(us), client.run(them)) for _ in range(options.rounds)
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
