"""Small questions to the XML of a Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from charters.word.package import W

# Elements around text that say nothing of it that matters here; tracked insertions among them.
THROUGH = frozenset(["ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent"])
GONE = frozenset(["del", "moveFrom"])


def within(parent: Any, name: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those that a form's field or a tracked change is around."""
    for child in parent.iterchildren(W + "*"):
        if name_of(child) == name:
            yield child
        elif name_of(child) in ("sdt", *THROUGH):
            yield from within(child, name)


def outermost(thing: Any, name: str) -> list[Any]:
    """The elements of a name that stand in no other of it."""
    found: list[Any] = []
    for element in thing.iter(W + name):
        if not any(above in found for above in element.iterancestors(W + name)):
            found.append(element)
    return found


def choice_of(alternatives: Any) -> Any:
    """Of two ways to show the same thing, the newer."""
    found = (alternatives.find(f"{{*}}{name}") for name in ("Choice", "Fallback"))
    return next((way for way in found if way is not None), alternatives)


def said(child: Any) -> str:
    """The text that a part of a run stands for; a line break is a new line."""
    match name_of(child):
        case "t":
            return child.text or ""
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "\n"
        case "noBreakHyphen":
            return "-"
        case "sym":
            return _symbol(child.get(W + "char", ""))
    return ""


def _symbol(code: str) -> str:
    """A character by its number; those that only some font knows are bullets and the like."""
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,4}", code) else 0
    return chr(number) if 0 < number < 0xD800 else "•"


def words_of(element: Any) -> str:
    """All text inside, without its formatting."""
    found = element.iter(W + "t", W + "delText", W + "tab", W + "br", W + "p")
    return "".join(part.text or " " for part in found)


def name_of(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
