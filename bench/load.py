"""Bulk load: how many articles a second a fresh database takes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.options import Options
from bench.servers import load_city

HEADING = "Bulk load into a fresh SQLite"
ARTICLES = (1_500, 10_000)
GOAL = 5_000


def report(_options: Options) -> Iterator[str]:
    """The difference of two loads is the insert itself."""
    with tempfile.TemporaryDirectory(prefix="kimcms-bench-") as folder:
        seconds = [load_city(Path(folder, str(number)), number) for number in ARTICLES]
    few, many = ARTICLES
    yield "| what | articles/s | seconds |\n| --- | ---: | ---: |"
    for articles, took in zip(ARTICLES, seconds, strict=True):
        rate = f"{articles / took:,.0f}"
        yield f"| whole command, {articles:,} articles, with its start | {rate} | {took:.2f} |"
    more = seconds[1] - seconds[0]
    rate = f"{(many - few) / more:,.0f}" if more > 0 else "too noisy"
    yield (
        f"| the insert itself: {many - few:,} more articles (goal {GOAL:,}) | {rate} | {more:.2f} |"
    )
