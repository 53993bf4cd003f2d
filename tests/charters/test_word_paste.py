"""Points pasted from Word reach the server as points, even when no editor has been at them first."""

from __future__ import annotations

import pytest

from charters import text

pytestmark = pytest.mark.no_database


def word_point(words: str, *, level: int, mark: str, conditions: tuple[str, str]) -> str:
    before, after = conditions
    ignored = f"<span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Arial\"'>&nbsp; </span></span>"
    style = f"margin-left:{level}cm;text-indent:-18.0pt;mso-list:l0 level{level} lfo1"
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='{style}'>{before}"
        f"<span style='font-family:Symbol'>{ignored}</span>{after}<span lang=DA>{words}<o:p></o:p></span></p>"
    )


@pytest.mark.parametrize(
    "conditions",
    [("<![if !supportLists]>", "<![endif]>"), ("<!--[if !supportLists]-->", "<!--[endif]-->"), ("", "")],
)
def test_points_from_word_are_points_with_their_levels(conditions: tuple[str, str]) -> None:
    points = [
        ("Godkende <b>budget</b>", 1, "·"),
        ("og regnskab", 2, "o"),
        ("først", 3, "1."),
        ("så", 3, "b)"),
        ("sidst", 1, "§"),
    ]
    html = (
        "<html><head><style>@list l0:level1 {}</style></head><body><p class=MsoNormal>Vi skal</p>"
        + "".join(
            word_point(words, level=level, mark=mark, conditions=conditions) for words, level, mark in points
        )
    )
    assert text.clean(html + "<p>Slut</p>") == (
        "<p>Vi skal</p><ul><li><p>Godkende <strong>budget</strong></p><ul><li><p>og regnskab</p>"
        "<ol><li><p>først</p></li><li><p>så</p></li></ol></li></ul></li><li><p>sidst</p></li></ul><p>Slut</p>"
    )


def test_a_paragraph_that_word_took_out_of_its_list_is_a_paragraph() -> None:
    assert text.clean("<p style='mso-list:none'>a</p>") == "<p>a</p>"
