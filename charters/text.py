"""Charter text: the small HTML subset a section's body is written in, and the blocks behind it.

A body is p, ul, ol, nested li, strong, em and a, nothing else. ``clean`` is the only way in. ``blocks``
turns a body into a flat tuple of paragraphs and points; ``to_html`` turns blocks back into the one
canonical body for them. Comparison, merging, documents and obligations are all made from blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from typing import Literal

import nh3
from django.core.exceptions import ValidationError
from django.utils.html import mark_safe
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

MAX_DEPTH = 8
MAX_CHARACTERS = 20_000
MAX_BLOCKS = 400

Kind = Literal["p", "ul", "ol"]

# Not kept, but each ends the block before it, so that words from two of them never run together.
_BREAKS = frozenset(
    "p br div h1 h2 h3 h4 h5 h6 hr pre blockquote section article header footer table tr td th dl dt dd".split()
)
_CLEANER = nh3.Cleaner(
    tags={"ul", "ol", "li", "strong", "b", "em", "i", "a", *_BREAKS},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    strip_comments=True,
    clean_content_tags={"script", "style", "title", "template", "svg", "math", "head", "xml"},
)
# A point typed or pasted as text ("• Godkende budget") is a point all the same.
_TYPED_BULLET = re.compile(r"^\s*[•·▪◦‣●■§\uf0b7]\s*")
_SAFE_LINK = re.compile(r"^(https?://|mailto:)[^\s\"<>]+$", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")


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


def clean(html: str) -> str:
    """The canonical, safe body for whatever was typed, pasted or posted.

    Args:
        html: anything at all; plain text is taken as such.

    Returns:
        HTML in the subset; cleaning it again changes nothing.

    Raises:
        ValidationError: the text is longer than a section can be.
    """
    if len(html) > MAX_CHARACTERS * 10:
        raise ValidationError(_too_long(), code="too_long")
    html = _CONTROL.sub("", html)
    if "<" not in html:  # a textarea without its editor: a line is a paragraph
        html = "".join(f"<p>{line}</p>" for line in html.splitlines())
    found = blocks(_CLEANER.clean(html))
    if sum(len(block.text) for block in found) > MAX_CHARACTERS or len(found) > MAX_BLOCKS:
        raise ValidationError(_too_long(), code="too_long")
    return to_html(found)


def _too_long() -> str:
    return _(
        "Afsnittet er for langt. Et afsnit kan højst have %(characters)s tegn og %(blocks)s punkter."
    ) % {
        "characters": f"{MAX_CHARACTERS:,}".replace(",", "."),
        "blocks": MAX_BLOCKS,
    }


@lru_cache(maxsize=2048)
def blocks(html: str) -> tuple[Block, ...]:
    """The blocks of a body, in reading order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(reader.finish())


def to_html(found: Iterable[Block]) -> str:
    """The canonical body of some blocks."""
    out: list[str] = []
    stack: list[Kind] = []  # the lists that are open, outermost first

    def close_to(depth: int) -> None:
        while len(stack) > depth:
            out.append(f"</li></{stack.pop()}>")

    for block in found:
        if block.kind == "p":
            close_to(min(block.depth, len(stack)))
            out.append(f"<p>{_inline(block.runs)}</p>")
            continue
        depth = min(block.depth, len(stack) + 1)
        close_to(depth)
        if len(stack) == depth and stack[-1] != block.kind:
            close_to(depth - 1)
        if len(stack) == depth:
            out.append("</li><li>")
        else:
            stack.append(block.kind)
            out.append(f"<{block.kind}><li>")
        out.append(f"<p>{_inline(block.runs)}</p>")
    close_to(0)
    return "".join(out)


def render(html: str) -> SafeString:
    """A stored body, ready for a template. The body is cleaned once more: stored HTML is not trusted."""
    return mark_safe(clean(html))  # noqa: S308 - clean() is what makes it safe


def plain(html: str) -> str:
    """The body as plain text: a line a block, points with a dash."""
    return "\n".join("  " * (b.depth - 1) + "- " + b.text if b.is_point else b.text for b in blocks(html))


def is_empty(html: str) -> bool:
    return not any(block.text.strip() for block in blocks(html))


def points(html: str) -> list[str]:
    """The text of each outermost point; nested points belong to the one they stand under."""
    found: list[str] = []
    for block in blocks(html):
        if block.is_point and block.depth == 1:
            found.append(block.text)
        elif found and block.depth >= 1:
            found[-1] += " " + block.text
    return found


def _inline(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    html = escape(run.text, quote=False)
    if run.em:
        html = f"<em>{html}</em>"
    if run.strong:
        html = f"<strong>{html}</strong>"
    if run.href:
        html = f'<a href="{escape(run.href)}">{html}</a>'
    return html


@dataclass(slots=True)
class _Open:
    """A block under construction."""

    kind: Kind = "p"
    depth: int = 0
    runs: list[Run] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads cleaned HTML, well-formed or not, into blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._lists: list[Kind] = []
        self._open = _Open()
        self._point_is_new = False
        self._strong = self._em = 0
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ul", "ol"):
            self._break()
            self._lists.append("ul" if tag == "ul" else "ol")
            self._start()
        elif tag == "li":
            self._break()
            self._point_is_new = True
            self._start()
        elif tag in _BREAKS:
            self._break()
            self._start()
        elif tag in ("strong", "b"):
            self._strong += 1
        elif tag in ("em", "i"):
            self._em += 1
        elif tag == "a":
            href = (dict(attrs).get("href") or "").strip()
            self._href = href if _SAFE_LINK.match(href) else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._break()
            if self._lists:
                self._lists.pop()
            self._point_is_new = False
            self._start()
        elif tag == "li" or tag in _BREAKS:
            self._break()
            if tag == "li":
                self._point_is_new = False
            self._start()
        elif tag in ("strong", "b"):
            self._strong = max(0, self._strong - 1)
        elif tag in ("em", "i"):
            self._em = max(0, self._em - 1)
        elif tag == "a":
            self._href = ""

    def handle_data(self, data: str) -> None:
        run = Run(_SPACES.sub(" ", data), self._strong > 0, self._em > 0, self._href)
        if run.text:
            self._open.runs.append(run)

    def finish(self) -> list[Block]:
        self._break()
        return self._blocks

    def _start(self) -> None:
        """Begin the next block, as a point if a point was just opened."""
        depth = min(len(self._lists), MAX_DEPTH)
        kind: Kind = self._lists[-1] if self._lists and self._point_is_new else "p"
        self._open = _Open(kind, depth)

    def _break(self) -> None:
        """End the current block, if it holds any text."""
        runs = _tidy(self._open.runs)
        if not runs:
            return
        kind, depth = self._open.kind, self._open.depth
        if kind == "p" and _TYPED_BULLET.match(runs[0].text):
            first = replace(runs[0], text=_TYPED_BULLET.sub("", runs[0].text))
            runs = _tidy([first, *runs[1:]])
            kind, depth = "ul", max(depth, 1)
            if not runs:
                return
        if kind == "p" and depth and not (self._blocks and self._blocks[-1].depth):
            kind = self._lists[-1] if self._lists else "ul"  # text straight inside a list is a point
        self._blocks.append(Block(kind, self._fitting(kind, depth), runs))
        self._point_is_new = False
        self._open = _Open("p", depth if self._lists else 0)

    def _fitting(self, kind: Kind, depth: int) -> int:
        """A point is at most one step deeper than what it stands under; so is a point's paragraph."""
        above = self._blocks[-1].depth if self._blocks else 0
        return min(depth, above + 1) if kind != "p" else min(depth, above)


def _tidy(runs: list[Run]) -> tuple[Run, ...]:
    """Runs with neighbours of one formatting joined, and the space at both ends and doubled taken out."""
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
    while joined:
        last = joined[-1].text.rstrip(" ")
        if last:
            joined[-1] = replace(joined[-1], text=last)
            break
        joined.pop()
    return tuple(joined)
