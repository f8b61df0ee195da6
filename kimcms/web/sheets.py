"""Lists as files for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from flask import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def csv_file(name: str, head: list[str], lines: Iterable[Iterable[Any]]) -> Response:
    """A download. A text that a spreadsheet would take for a formula stays a text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for line in lines:
        writer.writerow([text(cell) if isinstance(cell, str) else cell for cell in line])
    # The mark tells Excel that it is UTF-8.
    response = Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
