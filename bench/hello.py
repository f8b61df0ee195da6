"""The Flask hello world that pages are held against: one route for each size in BENCH_SIZES."""

from __future__ import annotations

import os
from collections.abc import Callable

from flask import Flask

app = Flask("hello")


def _saying(body: str) -> Callable[[], str]:
    return lambda: body


for size in {int(size) for size in os.environ.get("BENCH_SIZES", "13").split(",")}:
    text = ("Hello, World! " * (size // 14 + 1))[:size]
    app.add_url_rule(f"/{size}", str(size), _saying(text))
