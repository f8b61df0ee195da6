"""CSV files from the operator: each line as typed values, each problem with line and column.

Pure: what is read here is not in the database yet, and whether it fits there is asked later.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kimcms.domain.refusal import Refused

T = TypeVar("T")
LONGEST = 10_000  # lines of a file


@dataclass(frozen=True)
class Problem:
    """What is wrong on a line; `column` is empty where it is the line as a whole."""

    line: int
    column: str
    refusal: Refused


@dataclass
class Row:
    """One line, read column by column; `problems` gathers what could not be read."""

    line: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def text(self, column: str, *, needed: bool = False) -> str:
        found = " ".join((self.cells.get(column) or "").split())
        if needed and not found:
            self.wrong(column, "cell_empty")
        return found

    def day(self, column: str, *, needed: bool = False) -> dt.date | None:
        return self._as(column, dt.date.fromisoformat, "cell_day", needed)

    def one_of(self, column: str, known: Mapping[str, T], *, needed: bool = True) -> T | None:
        """A word of a list; the sentence names the list."""
        found = self.text(column, needed=needed).lower()
        if found in known:
            return known[found]
        if found:
            self.wrong(column, "cell_choice", found=found, known=", ".join(known))
        return None

    def wrong(self, column: str, code: str, **values: object) -> None:
        self.problems.append(Problem(self.line, column, Refused(code, **values)))

    def _as(self, column: str, read: Callable[[str], T], code: str, needed: bool) -> T | None:
        found = self.text(column, needed=needed)
        if not found:
            return None
        try:
            return read(found)
        except ValueError:
            self.wrong(column, code, found=found)
            return None


YES_NO: dict[str, bool] = {"1": True, "ya": True, "0": False, "tidak": False}


def read(text: str, columns: Sequence[str], required: Sequence[str]) -> list[Row]:
    """The lines below the heading. Raises `Refused` for a file that is no such table.

    Lines are numbered as an editor shows them; empty ones are left out. A byte order mark and
    semicolons, as a spreadsheet in Indonesian writes them, are taken.
    """
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    try:
        reader = csv.DictReader(io.StringIO(text), delimiter=mark, strict=True)
        names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        unknown = [name for name in names if name not in columns]
        missing = [name for name in required if name not in names]
        if unknown:
            raise Refused("columns_unknown", names=", ".join(unknown), known=", ".join(columns))
        if missing:
            raise Refused("columns_missing", names=", ".join(missing))
        return [_row(reader.line_num, cells) for cells in reader if any(cells.values())][:LONGEST]
    except csv.Error as error:
        raise Refused("csv_broken", why=str(error)) from None


def _row(line: int, cells: dict[Any, Any]) -> Row:
    row = Row(line, {name: value for name, value in cells.items() if isinstance(value, str)})
    if None in cells:  # more cells than headings
        row.wrong("", "cells_many")
    return row
