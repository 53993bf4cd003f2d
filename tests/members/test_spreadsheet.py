"""Lists for a spreadsheet."""

from __future__ import annotations

from members.spreadsheet import cell, csv_of


def test_no_cell_is_a_formula() -> None:
    assert [cell(words) for words in ("=1+1", "+45", "-2", "@a", "\tx", " =1", "＝1", "OS2")] == [
        "'=1+1", "'+45", "'-2", "'@a", "'\tx", "' =1", "'＝1", "OS2",
    ]  # fmt: skip
    assert cell(None) == ""


def test_danish_excel_opens_the_list_as_it_is() -> None:
    assert csv_of(["navn", "antal"], [["Åse; Øjvind", 2]]) == '\ufeffnavn;antal\r\n"Åse; Øjvind";2\r\n'
