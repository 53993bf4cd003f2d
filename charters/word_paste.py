"""Points from Microsoft Word, which writes them as paragraphs that only look like points.

Word says what they are in a style ("mso-list:l0 level2 lfo1") and in a piece of text marked
"mso-list:Ignore" that holds the bullet or the number. Cleaning takes styles away, so this comes first.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nh3

from charters.blocks import BREAKS

_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level(\d)", re.IGNORECASE)
_IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\(?(?:\d+|[a-z]|[ivxlc]+)[.)]", re.IGNORECASE)
# Well-formed and without comments, so that the reader below neither stumbles nor slows down.
_WELL_FORMED = nh3.Cleaner(
    tags={"span", "ul", "ol", "li", "strong", "b", "em", "i", "a", *BREAKS},
    attributes={"*": {"style"}, "a": {"style", "href"}},
    link_rel=None,
    strip_comments=True,
    clean_content_tags={"script", "style", "title", "template", "svg", "math", "xml"},
)
_VOID = frozenset(["br", "hr"])


def is_from_word(html: str) -> bool:
    return "mso-list" in html


def with_real_points(html: str) -> str:
    """The same HTML with each of Word's points as an item, inside as many lists as it has levels."""
    reader = _WordReader()
    reader.feed(_WELL_FORMED.clean(html))
    reader.close()
    reader.end_point()
    return "".join(reader.out)


class _WordReader(HTMLParser):
    """Copies what it reads, except Word's points and their marks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._level = 0  # of the point being read; 0 outside points
        self._held: list[str] = []  # the point's content, until its mark has told what it is
        self._mark = ""
        self._ignoring = 0  # how many elements deep inside the mark

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = dict(attrs).get("style") or ""
        if self._ignoring or _IGNORED.search(style):
            self._ignoring += tag not in _VOID
        elif tag == "p":
            self.end_point()
            level = _LEVEL.search(style)
            self._level = int(level[1]) if level else 0
            self._copy("" if level else "<p>")
        else:
            self._copy(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p" and self._level:
            self.end_point()
        elif self._ignoring:
            self._ignoring -= 1
        else:
            self._copy(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._ignoring:
            self._mark += data
        else:
            self._copy(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def end_point(self) -> None:
        """Write the point that was being read, if any."""
        if self._level:
            kind = "ol" if _NUMBERED.match(self._mark) else "ul"
            around = self._level - 1
            self.out += ["<ul>" * around, f"<{kind}><li>", *self._held, f"</li></{kind}>", "</ul>" * around]
        self._level = self._ignoring = 0
        self._held, self._mark = [], ""

    def _copy(self, html: str) -> None:
        (self._held if self._level else self.out).append(html)
