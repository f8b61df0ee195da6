"""Lists as files for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response
from xlsxwriter import Workbook

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook: its name, its head and its lines."""

    name: str
    head: Sequence[Any]
    lines: Iterable[Iterable[Any]]


def xlsx_file(name: str, sheets: Iterable[Sheet]) -> Response:
    """A download. Numbers are numbers; every text is written as a text, whatever it begins with."""
    out = io.BytesIO()
    quiet = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, quiet) as book:
        bold = book.add_format({"bold": True, "text_wrap": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 1)
            page.set_column(0, 0, 28)
            for row, line in enumerate([sheet.head, *sheet.lines]):
                for column, cell in enumerate(line):
                    if isinstance(cell, int | float):
                        page.write_number(row, column, cell)
                    else:
                        page.write_string(row, column, str(cell), bold if row == 0 else None)
    response = Response(out.getvalue(), mimetype=_XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
