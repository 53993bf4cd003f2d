"""What a screen reader says of an adopted charter, in the order it says it: of the page, and of its PDF.

What is expected stands in ``reading_order/``, to be read by people. After a change that is meant, write it
anew with ``READING_ORDER=write`` in the environment, and read what differs.
"""

from __future__ import annotations

import datetime
import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from charters.models import Charter
from tests import factories
from tests.browser.conftest import OpenPage
from tests.cast import Cast
from tests.charters.documents import reading

EXPECTED = Path(__file__).with_name("reading_order")
DAY = datetime.date(2026, 11, 24)
# What no screen reader stops at, or says nothing of: what is inside them is told all the same.
UNTOLD = {
    "none",
    "generic",
    "InlineTextBox",
    "LineBreak",
    "ListMarker",
    "RootWebArea",
    "StaticText",
    "strong",
}
# Not the same twice: what the names are bound by is drawn by lot, and so is the fingerprint; and the port.
DRAWN = re.compile(r"\b[0-9a-f]{4}( [0-9a-f]{4}){2,}|\b[0-9a-f]{12,}|(?<=http://localhost:)\d+")


@pytest.fixture
def adopted(cast: Cast) -> Charter:
    with transaction.atomic():
        return factories.adopted(cast.steering, on=DAY, real_pdf=True)


def assert_reads(name: str, lines: list[str]) -> None:
    """The lines are those of the file, and the file is written where it is asked for."""
    file = EXPECTED / f"{name}.txt"
    said = "\n".join(DRAWN.sub("…", line) for line in lines) + "\n"
    if os.environ.get("READING_ORDER") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(said, encoding="utf-8")
    assert said == file.read_text(encoding="utf-8")


def told_of(page: Page) -> list[str]:
    """The accessibility tree as Chromium hands it to a screen reader: role, name, and how deep."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    lines: list[str] = []

    def tell(node: dict[str, Any], depth: int) -> None:
        role, name = node["role"]["value"], " ".join(node.get("name", {}).get("value", "").split())
        is_text = role == "StaticText"
        if not node["ignored"] and name and is_text:
            lines.append(f"{'  ' * depth}{name}")
        elif not node["ignored"] and role not in UNTOLD:
            level = next(
                (p["value"]["value"] for p in node.get("properties", []) if p["name"] == "level"), ""
            )
            level = level if role == "heading" else ""
            lines.append(f"{'  ' * depth}{role}{level}{f': {name}' if name else ''}")
            depth += 1
        for kid in node.get("childIds", []):
            # What a link or a heading holds is what it is called: said once.
            if kid in by_id and not (
                by_id[kid]["role"]["value"] == "StaticText" and _is_in(by_id[kid], name)
            ):
                tell(by_id[kid], depth)

    tell(nodes[0], 0)
    return lines


def _is_in(text: dict[str, Any], name: str) -> bool:
    return " ".join(text.get("name", {}).get("value", "").split()) in name if name else False


def test_the_page_is_read_in_the_order_it_is_meant(open_page: OpenPage, adopted: Charter) -> None:
    page = open_page()
    page.goto(adopted.get_absolute_url())
    assert_reads("charter_page", told_of(page))


def test_the_pdf_is_read_in_the_order_it_is_meant(adopted: Charter) -> None:
    assert_reads("charter_pdf", reading.told(bytes(adopted.document.pdf)))
