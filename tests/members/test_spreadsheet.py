"""Lists for a spreadsheet."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from members.spreadsheet import cell, csv_of, excel_of

pytestmark = pytest.mark.no_database
FORMULAS = ("=1+1", "+45", "-2", "@a", "\tx", " =1", "＝1")


def opened(columns: list[str], rows: list[list[Any]]) -> Any:
    return load_workbook(excel_of(columns, rows)).active


def test_no_cell_is_a_formula() -> None:
    assert [cell(words) for words in (*FORMULAS, "OS2")] == [
        "'=1+1", "'+45", "'-2", "'@a", "'\tx", "' =1", "'＝1", "OS2",
    ]  # fmt: skip
    assert cell(None) == ""


def test_danish_excel_opens_the_list_as_it_is() -> None:
    assert csv_of(["navn", "antal"], [["Åse; Øjvind", 2]]) == '\ufeffnavn;antal\r\n"Åse; Øjvind";2\r\n'


def test_no_cell_of_a_workbook_is_a_formula_or_an_error() -> None:
    sheet = opened(["navn"], [[words] for words in (*FORMULAS, "#N/A", "OS2")])
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [(c.value, c.data_type) for c in cells] == [(words, "s") for words in (*FORMULAS, "#N/A", "OS2")]
    assert [bool(c.quotePrefix) for c in cells] == [True] * len(FORMULAS) + [False, False]


def test_a_workbook_keeps_numbers_and_days_as_such() -> None:
    day = datetime.date(2026, 11, 24)
    moment = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=timezone.get_default_timezone())
    sheet = opened(["antal", "dag", "tid", "tom"], [[2, day, moment, None]])
    number, date, time, empty = sheet[2]
    assert (number.value, number.data_type, empty.value) == (2, "n", None)
    assert (date.value.date(), date.number_format) == (day, "dd-mm-yyyy")
    assert (time.value, time.is_date) == (moment.replace(tzinfo=None), True)


def test_a_workbook_has_its_headings_bold_and_always_in_sight_and_room_for_its_words() -> None:
    sheet = opened(["navn", "id"], [["Koordinationsgruppen for OS2ærø", 1], ["x" * 200, 2]])
    assert sheet.freeze_panes == "A2"
    assert [c.font.bold for c in sheet[1]] == [True, True]
    assert sheet["A2"].font.bold is False
    wide, narrow = (sheet.column_dimensions[letter].width for letter in "AB")
    assert (wide, narrow) == (62, 4)


def test_a_workbook_takes_what_excel_cannot_hold_out_of_the_words() -> None:
    assert opened(["navn"], [["Å\x00s\x0be"]])["A2"].value == "Åse"
    assert len(opened(["navn"], [["x" * 40_000]])["A2"].value) == 32_767


def test_a_list_without_rows_is_a_workbook_too() -> None:
    assert [[c.value for c in row] for row in opened(["navn", "dag"], []).iter_rows()] == [["navn", "dag"]]
