"""Another's text brought into an open editor: it then says what the server says, whatever the two were."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Page

from charters import text
from charters.models import Charter
from charters.text import Block, Run
from tests.browser.conftest import OpenPage
from tests.cast import Cast

BRING = """async (pairs) => {
  const [{ openEditor }, { bring }] = await Promise.all([import("editor"), import("editor/bring")]);
  const form = document.createElement("form");
  document.body.append(form);
  return pairs.map(([have, want]) => {
    const textarea = document.createElement("textarea");
    Object.assign(textarea.dataset, { editor: have, editorLabel: "Prøve" });
    form.append(textarea);
    const editor = openEditor(textarea);
    let steps = 0;
    editor.on("transaction", ({ transaction }) => { steps += transaction.docChanged ? 1 : 0; });
    bring(editor, want);
    const brought = editor.getHTML();
    const again = steps;
    bring(editor, want);
    const canUndo = editor.can().undo();
    editor.destroy();
    form.replaceChildren();
    return { brought, steps: again, idle: steps === again, canUndo };
  });
}"""
WORDS = ["gruppen", "skal", "godkende", "budget", "hvert", "år", "og", "følge", "op", "på", "alle", "krav"]


@pytest.fixture
def page(open_page: OpenPage, cast: Cast, charter: Charter) -> Page:
    page = open_page(cast.karen)
    page.goto(charter.get_absolute_url())
    return page


def some_block(dice: random.Random) -> Block:
    words = " ".join(dice.choices(WORDS, k=dice.randint(1, 6)))
    runs = (Run(words, strong=dice.random() < 0.2, em=dice.random() < 0.1),)
    return Block(dice.choice(["p", "ul", "ul", "ul", "ol"]), dice.randint(0, 3), runs)


def edited(blocks: list[Block], dice: random.Random) -> list[Block]:
    """A few blocks changed, put in, taken out or moved."""
    blocks = blocks[:]
    for _ in range(dice.randint(0, 4)):
        place = dice.randint(0, len(blocks))
        match dice.randint(0, 3):
            case 0:
                blocks.insert(place, some_block(dice))
            case 1:
                blocks[place : place + dice.randint(1, 3)] = []
            case 2 if blocks[place:]:
                old = blocks[place]
                blocks[place] = Block(
                    old.kind, old.depth, (*old.runs, Run(" og mere", em=dice.random() < 0.3))
                )
            case _ if blocks:
                blocks.insert(dice.randint(0, len(blocks)), blocks.pop(dice.randrange(len(blocks))))
    return blocks


def written(blocks: list[Block]) -> str:
    return text.clean(
        text.to_html([b if b.depth or b.kind == "p" else Block("p", 0, b.runs) for b in blocks])
    )


def test_any_text_brought_over_any_other_is_what_the_server_holds(page: Page) -> None:
    dice = random.Random(2026)
    pairs = []
    for _ in range(400):
        have = [some_block(dice) for _ in range(dice.randint(0, 9))]
        pairs.append((written(have), written(edited(have, dice))))
    for (have, want), result in zip(pairs, page.evaluate(BRING, pairs), strict=True):
        assert text.clean(result["brought"]) == want, have
        assert result["steps"] == (0 if have == want else 1)
        assert result["idle"]
        assert not result["canUndo"]
