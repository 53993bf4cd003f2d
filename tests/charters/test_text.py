"""Charter text: whatever comes in, only the subset comes out, and no word is lost."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import assume, example, given
from hypothesis import strategies as st

from charters import text
from charters.text import Block, Run

pytestmark = pytest.mark.no_database

WORDS = st.from_regex(r"[a-zæøå0-9&<>\"'.,;%]{1,8}( [a-zæøå]{1,8}){0,3}", fullmatch=True)
LINKS = st.sampled_from(["", "", "", "https://os2.eu/?a=1&b=2", "mailto:mail@os2.example"])
SCRAPS = """
 <p> </p> <ul> </ul> <ol> </ol> <li> </li> <strong> </strong> <b> <em> </em> <a> </a> <br> <div> </div>
<h1> </h1> <table> <tr> <td> </table> <script> </script> <style> </style> <svg> </svg> <!-- --> <![if
</span> <textarea> <select> <span~style='mso-list:l0~level2'> <p~style='mso-list:l0~level2~lfo1'>
<p~style='mso-list:Ignore'> &amp; &lt; &#0; &#x202e; &nbsp; <a~href='javascript:x'>
<a~href="https://os2.eu"> < > </ & • - 1. ~
"""
PIECES = st.one_of(
    st.sampled_from([scrap.replace("~", " ") for scrap in SCRAPS.split()]), st.text(max_size=6), WORDS
)
SOUP = st.lists(PIECES, max_size=30).map("".join)


def tidied(runs: list[Run]) -> tuple[Run, ...]:
    """Runs as blocks hold them: neighbours differ, and one space stands between them."""
    kept: list[Run] = []
    for run in runs:
        if kept and kept[-1].same_format(run):
            continue
        words = run.text if not kept else f" {run.text}"
        kept.append(Run(words, run.strong, run.em, run.href))
    return tuple(kept)


RUNS = st.lists(st.builds(Run, WORDS, st.booleans(), st.booleans(), LINKS), min_size=1, max_size=4).map(
    tidied
)


@st.composite
def trees(draw: st.DrawFn) -> tuple[Block, ...]:
    """Blocks as a document can hold them: nothing more than one step deeper than what it stands under."""
    found: list[Block] = []
    above = 0
    for runs in draw(st.lists(RUNS, max_size=12)):
        kind = draw(st.sampled_from(["p", "ul", "ol"]))
        if kind == "p":
            above = draw(st.integers(0, above))
        else:
            above = draw(st.integers(1, min(above + 1, text.MAX_DEPTH)))
        found.append(Block(kind, above, runs))
    return tuple(found)


def words_of(visible: str) -> list[str]:
    return re.findall(r"\w+", visible)


@given(SOUP)
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    once = text.clean(html)
    assert text.clean(once) == once


@given(SOUP)
def test_any_html_reads_as_blocks_that_write_and_read_alike(html: str) -> None:
    found = text.blocks(html)
    assert text.blocks(text.to_html(found)) == found


@given(trees())
@example(
    (
        Block("ul", 1, (Run("a"),)),
        Block("p", 1, (Run("b"),)),
        Block("ul", 2, (Run("c"),)),
        Block("p", 1, (Run("d"),)),
    )
)
def test_any_document_survives_being_written_and_read(tree: tuple[Block, ...]) -> None:
    html = text.to_html(tree)
    assert text.blocks(html) == tree
    assert text.clean(html) == html


@given(SOUP)
def test_what_comes_out_is_the_subset_and_nothing_else(html: str) -> None:
    body = text.clean(html)
    assert (
        re.sub(r'</?(?:p|ul|ol|li|strong|em|a)>|<a href="(?:https?://|mailto:)[^"]*">', "", body).count("<")
        == 0
    )
    assert all(block.depth <= text.MAX_DEPTH for block in text.blocks(body))


@given(st.text(max_size=200))
@example("·")
@example("• •")
def test_any_string_is_cleaned_without_an_error(anything: str) -> None:
    for clean in (text.clean, text.clean_typed):
        assert clean(clean(anything)) == clean(anything)


@given(st.text("aæ1.-*•) <b/>&p", max_size=40))
def test_no_letter_of_what_is_typed_without_an_editor_is_lost(typed: str) -> None:
    assume(not typed.lstrip().startswith("<"))
    shown = "".join(block.text for block in text.blocks(text.clean_typed(typed)))
    assert re.sub(r"[^aæbp<>/&]", "", shown) == re.sub(r"[^aæbp<>/&]", "", typed)


def test_what_looks_like_html_is_words_to_whoever_types_without_an_editor() -> None:
    typed = "Grænse <b 100 kr.\n- <b>fed</b>\n- <script>x</script>"
    assert text.plain(text.clean_typed(typed)) == typed


def test_what_the_editor_sends_is_html() -> None:
    assert text.clean_typed("<p>Grænse <strong>100</strong></p>") == "<p>Grænse <strong>100</strong></p>"


TAGS = [
    "p",
    "li",
    "h1",
    "h3",
    "td",
    "div",
    "span",
    "blockquote",
    "address",
    "u",
    "font",
    "o:p",
    "textarea",
    "option",
]


@given(
    st.lists(st.tuples(st.sampled_from(TAGS), st.from_regex(r"[a-zæøå]{2,9}", fullmatch=True)), max_size=12)
)
def test_no_word_of_the_visible_text_is_lost(pieces: list[tuple[str, str]]) -> None:
    html = "<p>start</p>" + " ".join(f"<{tag} class=x>{word}</{tag}>" for tag, word in pieces)
    assert words_of(text.plain(text.clean(html))) == ["start", *(word for _, word in pieces)]


@given(st.lists(st.text("aæ1.-*•) <&", min_size=1, max_size=12), max_size=8))
def test_no_word_of_plain_lines_is_lost(lines: list[str]) -> None:
    typed = "\n".join(lines)
    assume("<a" not in typed)
    shown = text.plain(text.clean(typed))
    assert re.findall(r"[aæ]+", shown) == re.findall(r"[aæ]+", typed)


@pytest.mark.long(10)
@given(trees())
def test_plain_text_comes_back_as_the_same_points_without_formatting(tree: tuple[Block, ...]) -> None:
    assume(not any(re.match(r"[-*–•]|\d", block.text) for block in tree))
    assume(not any(re.search(r"</?[a-z]", block.text) for block in tree))
    bare = tuple(Block(block.kind, block.depth, (Run(block.text),)) for block in tree)
    shown = text.plain(text.to_html(tree))
    assert text.blocks(text.clean(shown)) == tuple(text.blocks(text.to_html(bare)))


@pytest.mark.parametrize(
    ("given_html", "body"),
    [
        ('<p><a href="javascript:alert(1)">Læs</a> mere</p>', "<p>Læs mere</p>"),
        ('<p><a href="/grupper/">Læs</a></p>', "<p>Læs</p>"),
        ('<p><a href="data:text/html,x">Læs</a></p>', "<p>Læs</p>"),
        (
            '<p><a href="https://os2.eu" onclick="x()" target="_blank">OS2</a></p>',
            '<p><a href="https://os2.eu">OS2</a></p>',
        ),
        ('<p>a<a href="mailto:x@os2.example">b</a></p>', '<p>a<a href="mailto:x@os2.example">b</a></p>'),
    ],
)
def test_links_lead_out_or_are_plain_words(given_html: str, body: str) -> None:
    assert text.clean(given_html) == body


@pytest.mark.parametrize("tag", ["script", "style", "svg", "math", "template"])
def test_what_is_not_text_is_taken_out_whole(tag: str) -> None:
    assert text.clean(f"<p>før</p><{tag}>skjult</{tag}><p>efter</p>") == "<p>før</p><p>efter</p>"


@pytest.mark.parametrize(
    "unseen", ["\x00", "\ud800", "\u202e", "\u200b", "\x0b", "&#0;", "&#x202e;", "&#xd800;", "&#1;"]
)
def test_characters_nobody_sees_do_not_come_through(unseen: str) -> None:
    body = text.clean(f"<p>før{unseen}efter</p>")
    assert body in ("<p>førefter</p>", "<p>før\ufffdefter</p>")


def test_points_nested_a_hundred_deep_end_at_eight() -> None:
    body = text.clean("".join(f"<ul><li>{number}" for number in range(100)))
    assert max(block.depth for block in text.blocks(body)) == text.MAX_DEPTH
    assert words_of(text.plain(body)) == [str(number) for number in range(100)]


def test_points_nested_a_thousand_deep_are_refused_or_kept_but_never_crash() -> None:
    with pytest.raises(ValidationError):
        text.clean("<ul><li>a" * 1_000)
    assert text.clean("<ul><li>" * 1_000 + "dybt") == "<ul><li><p>dybt</p></li></ul>"
    assert text.clean("<p>" + "<b><i>" * 1_000 + "fed") == "<p><strong><em>fed</em></strong></p>"


def test_what_would_take_seconds_to_clean_is_refused_in_words() -> None:
    assert text.clean("<ul><li>" * (text.MAX_LAYERS // 2) + "dybt")
    with pytest.raises(ValidationError, match="i for mange lag inden i hinanden"):
        text.clean("<ul><li>" * (text.MAX_LAYERS // 2 + 1) + "dybt")


def test_elements_that_are_closed_again_and_line_breaks_are_no_layers() -> None:
    many = text.MAX_LAYERS + 1
    assert text.clean("<p>" + "<b>a</b>" * many + "</p>")
    assert text.clean("<p>a" + "<br>" * many + "</p>")


@pytest.mark.parametrize(
    "html",
    [
        "x" * 2_000_000,
        "x" * (text.MAX_CHARACTERS + 1),
        "<p>x</p>" * (text.MAX_BLOCKS + 1),
        # Short as text, but each letter brings an address of its own.
        "".join(f'<a href="https://os2.eu/{"&" * 300}{n}">x</a>' for n in range(600)),
    ],
)
def test_text_that_is_too_long_is_refused_with_a_reason(html: str) -> None:
    with pytest.raises(ValidationError, match="for lang"):
        text.clean(html)


def test_text_of_just_the_length_there_is_room_for_is_kept() -> None:
    assert text.clean("x" * text.MAX_CHARACTERS) == f"<p>{'x' * text.MAX_CHARACTERS}</p>"
    assert len(text.blocks(text.clean("<p>x</p>" * text.MAX_BLOCKS))) == text.MAX_BLOCKS


def test_an_item_keeps_its_several_paragraphs() -> None:
    body = (
        "<ul><li><p>a</p><p>b</p><ol><li><p>c</p><p>d</p></li></ol><p>e</p></li><li><p>f</p></li></ul>"
        "<p>g</p>"
    )
    assert text.clean(body) == body
    assert [(block.kind, block.depth) for block in text.blocks(body)] == [
        ("ul", 1), ("p", 1), ("ol", 2), ("p", 2), ("p", 1), ("ul", 1), ("p", 0),
    ]  # fmt: skip


def test_a_list_beside_its_item_is_read_as_standing_under_it() -> None:
    assert text.clean("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>") == (
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>"
    )


def test_a_typed_bullet_is_a_point_and_a_paragraph_sign_is_not() -> None:
    assert text.clean("<p>• a</p><p>§ 3. b</p>") == "<ul><li><p>a</p></li></ul><p>§ 3. b</p>"


def test_typed_lines_become_points_with_their_levels() -> None:
    typed = "Vi skal\n- a\n  - b\n    1. c\n    2. d\n    også\n- e\n\nSlut"
    assert [(block.kind, block.depth, block.text) for block in text.blocks(text.clean(typed))] == [
        ("p", 0, "Vi skal"), ("ul", 1, "a"), ("ul", 2, "b"), ("ol", 3, "c"), ("ol", 3, "d"), ("p", 2, "også"),
        ("ul", 1, "e"), ("p", 0, "Slut"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["24. november 2026", "1. november mødes vi", "7. punkt uden de seks før", "3 < 4 & 5"]
)
def test_a_line_that_only_looks_like_a_point_keeps_its_number(line: str) -> None:
    assert text.plain(text.clean(line)) == line


def test_words_in_angle_brackets_are_words() -> None:
    assert (
        text.clean("Højst <antal> medlemmer &amp; to") == "<p>Højst &lt;antal&gt; medlemmer &amp;amp; to</p>"
    )


def test_plain_text_numbers_numbered_points_level_by_level() -> None:
    body = text.clean("<ol><li>a<ol><li>b<li>c</ol><li>d<ul><li>e</ul></ol><p>f</p><ol><li>g</ol>")
    assert text.plain(body) == "1. a\n  1. b\n  2. c\n2. d\n  - e\nf\n1. g"


def test_points_are_the_outermost_with_what_stands_under_them() -> None:
    body = text.clean("<p>før</p><ul><li>a<p>mere</p><ul><li>b</li></ul></li><li>c</li></ul><p>efter</p>")
    assert text.points(body) == ["a mere b", "c"]
    assert text.points("<p>ingen punkter</p>") == []


@pytest.mark.parametrize(
    ("html", "empty"), [("", True), ("<p> &nbsp;</p><ul><li></li></ul>", True), ("<p>.</p>", False)]
)
def test_a_body_without_words_is_empty(html: str, empty: bool) -> None:
    assert text.is_empty(html) is empty


def test_rendering_cleans_what_was_stored() -> None:
    assert text.render("<p onclick=x>a</p><script>b</script>") == "<p>a</p>"


def test_a_link_that_is_partly_bold_is_one_link() -> None:
    body = '<p><a href="https://os2.eu">læs <strong>det</strong> hele</a></p>'
    assert text.clean(body) == body
