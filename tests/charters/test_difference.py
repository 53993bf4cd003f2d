"""What changed from one text to another: by blocks, by words, and in words."""

from __future__ import annotations

import re

import pytest
from django.template import Context, Template
from hypothesis import given, settings
from hypothesis import strategies as st

from charters import text
from charters.blocks import tidy
from charters.difference import Change, Unchanged, difference, folded, summary
from charters.text import Block, Run

pytestmark = pytest.mark.no_database


def change(before: str, after: str) -> Change:
    """What became of the only block of a body."""
    (only,) = difference(text.blocks(before), text.blocks(after))
    return only


def told(change: Change) -> str:
    """The words of a change as people mark them: [-gone-] and {+come+}."""
    marks = {"same": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"}
    return "".join(marks[piece.state].format(piece.text) for piece in change.pieces)


def page(changes: list[Change], tag: str = "{% difference changes %}") -> str:
    return Template("{% load charters %}" + tag).render(Context({"changes": changes}))


LIST = text.blocks("<p>Gruppen skal</p><ul><li>a</li><li>b</li><li>c</li><li>d</li></ul>")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Godkende budget", "Godkende budget og regnskab", "Godkende budget{+ og regnskab+}"),
        ("Godkende budget og regnskab", "Godkende budget", "Godkende budget[- og regnskab-]"),
        ("Vi mødes i maj.", "Vi mødes i juni.", "Vi mødes i [-maj-]{+juni+}."),
        ("Gruppen mødes", "Hele gruppen mødes", "[-Gruppen-]{+Hele gruppen+} mødes"),
        ("Budget og plan", "Budget, plan", "Budget[- og-]{+,+} plan"),
        ("vælge en formand hvert år", "vælge to næstformænd hvert år",
         "vælge [-en formand-]{+to næstformænd+} hvert år"),
        ("mødes hver måned", "mødes hver  måned", "mødes hver måned"),
    ],
)  # fmt: skip
def test_words_are_told_apart_by_words(before: str, after: str, shown: str) -> None:
    assert told(change(before, after)) == shown


def test_a_text_of_which_little_stayed_is_shown_as_a_whole_out_and_a_whole_in() -> None:
    before, after = "Følge op på planen hvert kvartal", "Orientere pressen på vegne af OS2"
    assert told(change(before, after)) == f"[-{before}-]{{+{after}+}}"


def test_a_longer_text_that_keeps_all_its_former_words_is_the_same_and_more() -> None:
    assert told(change("Vælge formand", "Vælge formand, næstformand og kasserer for et år")) == (
        "Vælge formand{+, næstformand og kasserer for et år+}"
    )


def test_blocks_are_the_same_changed_added_or_removed_in_the_order_of_both() -> None:
    new = text.blocks("<p>Gruppen skal</p><ul><li>a</li><li>c og d</li><li>d</li><li>e</li></ul>")
    changes = difference(LIST, new)
    assert [(found.kind, found.block.text) for found in changes] == [
        ("same", "Gruppen skal"), ("same", "a"), ("removed", "b"), ("changed", "c og d"), ("same", "d"),
        ("added", "e"),
    ]  # fmt: skip
    assert changes[3].before == Block("ul", 1, (Run("c"),))


def test_formatting_is_kept_and_a_new_one_is_told_in_words() -> None:
    found = change("<p>Læs <strong>hele</strong> planen</p>", "<p>Læs hele <em>planen</em> nu</p>")
    assert told(found) == "Læs hele planen{+ nu+}"
    assert [piece.html for piece in found.pieces] == ["Læs hele <em>planen</em>", " nu"]
    assert found.notes == ["fed, kursiv eller link ændret"]


def test_words_that_came_in_bold_are_no_change_of_formatting() -> None:
    found = change("<p>Læs planen</p>", "<p>Læs <strong>hele</strong> planen</p>")
    assert not found.reformatted
    assert [piece.html for piece in found.pieces] == ["Læs ", "<strong>hele</strong> ", "planen"]


def test_another_address_of_a_link_is_told() -> None:
    assert change(
        '<p><a href="https://a.example">her</a></p>', '<p><a href="https://b.example">her</a></p>'
    ).notes


@pytest.mark.parametrize(
    ("before", "after", "notes"),
    [
        (Block("ul", 1, (Run("a"),)), Block("ul", 2, (Run("a"),)), ["rykket ind"]),
        (Block("ul", 2, (Run("a"),)), Block("ul", 1, (Run("a"),)), ["rykket ud"]),
        (Block("ul", 1, (Run("a"),)), Block("ol", 1, (Run("a"),)), ["nu et punkt med nummer"]),
        (Block("ol", 2, (Run("a"),)), Block("ul", 1, (Run("a"),)), ["rykket ud", "nu et punkt uden nummer"]),
        (Block("p", 0, (Run("a"),)), Block("ul", 1, (Run("a"),)), ["nu et punkt uden nummer"]),
        (Block("ul", 1, (Run("a"),)), Block("p", 0, (Run("a"),)), ["nu et tekstafsnit"]),
        (Block("ul", 1, (Run("a"),)), Block("ul", 1, (Run("b"),)), []),
    ],
)
def test_what_the_words_do_not_show_is_told_in_words(before: Block, after: Block, notes: list[str]) -> None:
    (found,) = difference([before], [after])
    assert (found.kind, found.notes) == ("changed", notes)


def test_a_point_that_moved_is_told_at_both_places_and_counted_once() -> None:
    changes = difference(LIST, [LIST[0], *LIST[2:], LIST[1]])
    assert [(found.kind, found.notes) for found in changes if not found.is_same] == [
        ("removed", ["flyttet herfra"]),
        ("added", ["flyttet hertil"]),
    ]
    assert summary(changes) == "1 punkt flyttet"


def test_numbered_points_keep_their_new_number_and_removed_ones_have_none() -> None:
    old, new = (text.blocks(f"<ol><li>{words}</ol>") for words in ("a<li>b<li>c", "a<li>c<ol><li>d</ol>"))
    changes = difference(old, new)
    assert [(found.kind, found.number) for found in changes] == [
        ("same", 1), ("removed", 0), ("same", 2), ("added", 1),
    ]  # fmt: skip


def test_how_much_changed_is_said_in_a_sentence() -> None:
    new = text.blocks("<p>Gruppen skal altid</p><ul><li>a</li><li>c</li><li>d</li><li>e</li><li>f</li></ul>")
    assert summary(difference(LIST, new)) == "2 punkter tilføjet, 1 punkt fjernet, 1 tekstafsnit ændret"
    assert summary(difference(LIST, LIST)) == summary([]) == "Ingen ændringer"


def test_what_is_far_from_any_change_is_folded_away() -> None:
    new = [*LIST, Block("ul", 1, (Run("e"),))]
    lines = list(folded(difference(LIST, new)))
    assert lines[0] == Unchanged(4)
    assert [line.kind for line in lines[1:] if isinstance(line, Change)] == ["same", "added"]
    assert list(folded(difference(LIST, LIST))) == [Unchanged(5)]
    assert len(list(folded(difference(new[:1], new[:1])))) == 1  # one line takes no more room than its count


def test_a_screen_reader_is_told_what_was_added_and_removed() -> None:
    html = page([change("Vi mødes i maj.", "Vi mødes i juni.")])
    assert (
        'Vi mødes i <del><span class="visually-hidden"> fjernet: </span>maj</del>'
        '<ins><span class="visually-hidden"> tilføjet: </span>juni</ins>.'
    ) in html
    assert "1 tekstafsnit ændret" in html


def test_of_a_space_that_went_nothing_is_said() -> None:
    html = page([change("Ja og nej.", "Ja og nej .")])
    assert "<ins> </ins>" in html
    assert "tilføjet" not in html.split("difference-summary")[1].split("</p>", 1)[1]


def test_the_page_shows_depth_number_and_notes_and_folds_unless_the_whole_is_asked_for() -> None:
    old, new = (text.blocks(f"<ol><li>a<li>b<li>c<li>d{last}</ol>") for last in ("<li>e", "<ol><li>e</ol>"))
    html = page(difference(old, new))
    assert '<li class="difference-changed ol depth-2">' in html
    assert '<span class="difference-notes">(rykket ind)</span>' in html
    assert '<span class="difference-number">4.</span>' in html
    assert "3 uændrede linjer" in html
    assert "uændrede" not in page(difference(old, new), "{% difference changes whole=True %}")


def test_the_page_escapes_the_words_and_has_no_style_of_its_own() -> None:
    script = "<script>alert(1)</script> & mere"
    html = page(
        [*difference([Block("p", 0, (Run(script),))], []), *difference([], [Block("p", 0, (Run(script),))])]
    )
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; mere") == 2
    assert not re.search(r"<script|style=", html)


def test_a_long_text_that_changed_all_over_is_shown_whole_and_one_that_did_not_by_words() -> None:
    old = [f"ord{number} og" for number in range(1_500)]
    everywhere = [words if number % 10 else f"nyt{number}" for number, words in enumerate(old)]
    found = change(" ".join(old), " ".join(everywhere))
    assert [piece.text for piece in found.pieces] == [" ".join(old), " ".join(everywhere)]
    found = change(" ".join(old), " ".join(["nyt", *old[1:99], "nyt", *old[100:]]))
    assert told(found).startswith("[-ord0 og-]{+nyt+} ord1 og ord2 og")
    assert [piece.text for piece in found.pieces if piece.state == "added"] == ["nyt", "nyt"]


WORDS = st.lists(st.sampled_from(["budget", "plan", "og", ",", "»", "Å"]), min_size=1, max_size=9)
RUNS = st.lists(
    st.builds(
        Run, WORDS.map(" ".join), st.booleans(), st.just(False), st.sampled_from(["", "https://os2.eu"])
    ),
    min_size=1,
    max_size=3,
)
BLOCKS = st.lists(
    st.builds(Block, st.sampled_from(["p", "ul", "ol"]), st.integers(0, 3), RUNS.map(tuple)), max_size=5
)
TEXTS = BLOCKS.map(text.to_html).map(text.clean).map(text.blocks)


@settings(max_examples=400)
@given(TEXTS, TEXTS)
def test_what_stayed_and_came_is_the_new_text_and_what_stayed_and_went_the_old(
    old: tuple[Block, ...], new: tuple[Block, ...]
) -> None:
    changes = difference(old, new)
    for unseen, whole in (("removed", new), ("added", old)):
        kept = [
            "".join(piece.text for piece in found.pieces if piece.state != unseen)
            for found in changes
            if found.kind != unseen
        ]
        assert kept == [block.text for block in whole]


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_the_new_text_keeps_its_formatting_and_removed_words_theirs(
    old: tuple[Block, ...], new: tuple[Block, ...]
) -> None:
    for found in difference(old, new):
        runs = [run for piece in found.pieces if piece.state != "removed" for run in piece.runs]
        assert found.kind == "removed" or tidy(runs) == found.block.runs
        gone = {run for piece in found.pieces if piece.state == "removed" for run in piece.runs}
        was = found.before or found.block
        assert all(any(run.text in had.text and run.same_format(had) for had in was.runs) for run in gone)
