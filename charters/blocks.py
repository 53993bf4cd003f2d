"""The blocks of a text: its paragraphs and points in reading order, read from HTML and written as HTML.

``text.py`` is the door to this module; nothing else needs to come here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import Literal

MAX_DEPTH = 8

Kind = Literal["p", "ul", "ol"]

# None of these is kept, but each ends the block before it, so that words from two never run together.
BREAKS = frozenset(
    "p br div h1 h2 h3 h4 h5 h6 hr pre blockquote section article header footer main aside nav address "  # noqa: SIM905
    "figure figcaption details summary form fieldset legend table caption thead tbody tfoot tr td th dl dt "
    "dd option center".split()
)
# Characters nobody sees: controls, halves of surrogate pairs, zero width, and those that turn text around.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_SAFE_LINK = re.compile(r"(https?://|mailto:)[^\s\"<>]{1,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one formatting."""

    text: str
    strong: bool = False
    em: bool = False
    href: str = ""

    def same_format(self, other: Run) -> bool:
        return (self.strong, self.em, self.href) == (other.strong, other.em, other.href)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (depth 0), a point in a list (depth 1 to 8), or a further paragraph of a point."""

    kind: Kind
    depth: int
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_point(self) -> bool:
        return self.kind != "p"


def without_unseen(words: str) -> str:
    return _UNSEEN.sub("", words)


def safe_link(href: str | None) -> str:
    """The address, if it is one a charter may link to; otherwise nothing."""
    href = without_unseen(href or "").strip()
    return href if _SAFE_LINK.fullmatch(href) else ""


def read(html: str) -> tuple[Block, ...]:
    """The blocks of some HTML, well-formed or not."""
    reader = _Reader()
    reader.feed(html.replace("<![", "&lt;!["))  # HTMLParser gives up at such a section; no body holds one
    reader.close()
    reader.end_block()
    return tuple(reader.blocks)


def write(blocks: Iterable[Block]) -> str:
    """The one HTML for these blocks."""
    out: list[str] = []
    lists: list[Kind] = []  # those that are open, outermost first

    def close_to(depth: int) -> None:
        while len(lists) > depth:
            out.append(f"</li></{lists.pop()}>")

    for block in _levelled(blocks):
        close_to(block.depth)
        if block.is_point:
            if len(lists) == block.depth and lists[-1] != block.kind:
                close_to(block.depth - 1)
            if len(lists) == block.depth:
                out.append("</li><li>")
            else:
                lists.append(block.kind)
                out.append(f"<{block.kind}><li>")
        out.append(f"<p>{inline(block.runs)}</p>")
    close_to(0)
    return "".join(out)


def _levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with none more than one step deeper than what it stands under.

    Where a point lost the one it stood under, those beside it come out with it and stay beside it.
    """
    above: list[int] = []  # how deep each point we are inside was
    for block in blocks:
        while above and above[-1] > block.depth - block.is_point:
            above.pop()
        if block.is_point:
            above.append(block.depth)
        yield replace(block, depth=len(above))


def tidy(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with neighbours of one formatting joined, and space doubled or at either end taken out."""
    joined: list[Run] = []
    for run in runs:
        text = run.text
        if not joined or joined[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if not text:
            continue
        if joined and joined[-1].same_format(run):
            joined[-1] = replace(joined[-1], text=joined[-1].text + text)
        else:
            joined.append(replace(run, text=text))
    if joined:
        text = joined[-1].text.rstrip(" ")
        joined[-1:] = [replace(joined[-1], text=text)] if text else []
    return tuple(joined)


def inline(runs: Iterable[Run]) -> str:
    """Formatting as HTML: a link holds bold, and bold holds italics."""
    return "".join(
        _wrap(_strong_and_em(linked), "a", f' href="{escape(href)}"' if href else "", on=bool(href))
        for href, linked in groupby(runs, key=lambda run: run.href)
    )


def _strong_and_em(runs: Iterable[Run]) -> str:
    return "".join(
        _wrap(
            "".join(_wrap(escape(run.text, quote=False), "em", on=run.em) for run in bold),
            "strong",
            on=strong,
        )
        for strong, bold in groupby(runs, key=lambda run: run.strong)
    )


def _wrap(html: str, tag: str, attributes: str = "", *, on: bool) -> str:
    return f"<{tag}{attributes}>{html}</{tag}>" if on else html


@dataclass(slots=True)
class _List:
    """A list being read; a point that was opened waits for its first words."""

    kind: Kind
    point_waits: bool = False


class _Reader(HTMLParser):
    """Reads HTML into blocks; every change of place in the lists ends the block before it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._lists: list[_List] = []
        self._stray = _List("ul")  # for points outside any list
        self._runs: list[Run] = []
        self._strong = self._em = 0
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "ul" | "ol":
                self.end_block()
                self._lists.append(_List("ul" if tag == "ul" else "ol"))
            case "li":
                self.end_block()
                self._list.point_waits = True
            case "strong" | "b":
                self._strong += 1
            case "em" | "i":
                self._em += 1
            case "a":
                self._href = safe_link(dict(attrs).get("href"))
            case _ if tag in BREAKS:
                self.end_block()

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "ul" | "ol":
                self.end_block()
                if self._lists:
                    self._lists.pop()
            case "li":
                self.end_block()
                self._list.point_waits = False
            case "strong" | "b":
                self._strong = max(0, self._strong - 1)
            case "em" | "i":
                self._em = max(0, self._em - 1)
            case "a":
                self._href = ""
            case _ if tag in BREAKS:
                self.end_block()

    def handle_data(self, data: str) -> None:
        words = _SPACES.sub(" ", without_unseen(data))
        if words:
            self._runs.append(Run(words, self._strong > 0, self._em > 0, self._href))

    @property
    def _list(self) -> _List:
        return self._lists[-1] if self._lists else self._stray

    def end_block(self) -> None:
        """Keep what was read since the last block, if it holds any words."""
        runs = tidy(self._runs)
        self._runs = []
        if runs:
            kind, depth = self._place()
            self.blocks.append(Block(kind, depth, runs))

    def _place(self) -> tuple[Kind, int]:
        """Where the words stand: at most one step deeper than what is above them, and never below 8."""
        above = self.blocks[-1].depth if self.blocks else 0
        if self._list.point_waits or (self._lists and not above):
            self._list.point_waits = False
            return self._list.kind, min(max(len(self._lists), 1), above + 1, MAX_DEPTH)
        return "p", min(len(self._lists), above)


def runs_after(runs: tuple[Run, ...], count: int) -> Iterator[Run]:
    """What is left of some runs after their first characters."""
    for run in runs:
        if count < len(run.text):
            yield replace(run, text=run.text[count:])
        count = max(0, count - len(run.text))
