"""CSV files from the operator: values by column, problems by line and column."""

from __future__ import annotations

import pytest

from kimcms.domain.refusal import Refused
from kimcms.domain.tables import YES_NO, read


def rows(text: str, needed: tuple[str, ...] = ()):
    return read(text, ("kim", "hari", "ya"), needed)


def test_lines_are_numbered_as_an_editor_shows_them():
    found = rows("kim,hari\nnukus,2026-01-05\n,\ngerabah,2026-01-06\n")
    assert [(row.line, row.text("kim")) for row in found] == [(2, "nukus"), (4, "gerabah")]
    assert found[0].day("hari").isoformat() == "2026-01-05"


def test_a_spreadsheet_with_semicolons_and_a_byte_order_mark():
    (row,) = rows("\ufeffKIM;Ya\r\nnukus;Tidak\r\n")
    assert row.text("kim") == "nukus"
    assert row.one_of("ya", YES_NO) is False


def test_what_is_wrong_names_line_and_column():
    (row,) = rows("kim,hari,ya\n,31/12/2026,mungkin\n")
    row.text("kim", needed=True)
    row.day("hari")
    row.one_of("ya", YES_NO)
    assert [(p.line, p.column, p.refusal.code) for p in row.problems] == [
        (2, "kim", "cell_empty"),
        (2, "hari", "cell_day"),
        (2, "ya", "cell_choice"),
    ]


def test_too_many_cells_are_a_problem_of_the_line():
    (row,) = rows("kim\nnukus,sukun\n")
    assert [p.refusal.code for p in row.problems] == ["cells_many"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kim,warna\nnukus,merah\n", "columns_unknown"),
        ("hari\n2026-01-05\n", "columns_missing"),
        ("", "columns_missing"),
        ('kim\n"nukus\n', "csv_broken"),
    ],
)
def test_a_file_that_is_no_such_table(text, code):
    with pytest.raises(Refused) as refused:
        rows(text, ("kim",))
    assert refused.value.code == code
