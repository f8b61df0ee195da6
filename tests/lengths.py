"""What the quick run leaves to `make long`, so that it stays short."""

from __future__ import annotations

from typing import Any

import pytest


def later(*params: Any) -> list[Any]:
    """Parameters of a test that are part of the long run only."""
    return [
        pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=pytest.mark.long)
        for one in params
    ]


# A `city` on both databases, of which the quick run takes SQLite alone.
on_postgres_later = pytest.mark.parametrize("city", ["sqlite", *later("postgresql")], indirect=True)
