"""What Word's styles and lists say of a paragraph: a heading, a point, how far in, bold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from charters.word.package import Package, W

_HEADING = re.compile(r"(?:heading|overskrift) ?([1-9])")
_LIST_STYLE = re.compile(r"list (bullet|number)(?: ([2-9]))?")
_TITLES = ("title", "titel")
STRUCK = ("strike", "dstrike")  # ways to strike words through
TITLE = 0  # the level of a title; headings are 1 to 9


@dataclass(frozen=True)
class ListMark:
    """Which list a point belongs to, and where in it."""

    is_numbered: bool
    list_id: str
    level: int


@dataclass(frozen=True)
class Look:
    """What styles make of a paragraph."""

    style: str = ""  # its name, in lower case
    level: int | None = None  # as a heading
    mark: ListMark | None = None
    indent: int = 0  # of its text, in twentieths of a point
    is_bold: bool = False
    is_struck: bool = False


def value(parent: Any, name: str, attribute: str = "val") -> str | None:
    """An attribute of a child, if there is such a child."""
    child = None if parent is None else parent.find(W + name)
    return None if child is None else child.get(W + attribute)


def is_on(properties: Any, name: str) -> bool | None:
    """Whether a run has a property that is on or off; None where nothing is said of it."""
    child = None if properties is None else properties.find(W + name)
    return None if child is None else child.get(W + "val", "1") not in ("0", "false", "off", "none")


def number(text: str | None, *, otherwise: int = 0) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text) else otherwise


class Styles:
    """The styles and lists of one document."""

    def __init__(self, package: Package) -> None:
        self._styles = _by_id(package.styles, "style", "styleId")
        self._default = next(
            (
                key
                for key, style in self._styles.items()
                if style.get(W + "default") in ("1", "true") and style.get(W + "type") == "paragraph"
            ),
            "",
        )
        self._abstract = _by_id(package.numbering, "abstractNum", "abstractNumId")
        self._lists = _by_id(package.numbering, "num", "numId")
        self._known: dict[str, Look] = {}
        self._levels: dict[tuple[str, int], Any] = {}
        self._faces: dict[tuple[str, str], bool | None] = {}

    def look_of(self, properties: Any) -> Look:
        """What a paragraph is, by its own properties and its style's."""
        own = value(properties, "pStyle") or self._default
        look = self._look_of_style(own)
        level = look.level
        if (outline := value(properties, "outlineLvl")) is not None and level is None:
            level = number(outline, otherwise=9) + 1 if number(outline, otherwise=9) < 9 else None
        mark = look.mark
        if properties is not None and properties.find(W + "numPr") is not None:
            mark = self._mark(properties.find(W + "numPr"), below=look.mark)
        return replace(look, level=level, mark=mark, indent=self._indent(properties, mark, look.indent))

    def says(self, style: str | None, face: str) -> bool | None:
        """Whether a style makes its text bold ("b"), say; None where it leaves that open."""
        key = (style or "", face)
        if key not in self._faces:
            said = (is_on(ancestor.find(W + "rPr"), face) for ancestor in self._chain(style))
            self._faces[key] = next((on for on in said if on is not None), None)
        return self._faces[key]

    def _look_of_style(self, style: str) -> Look:
        if style not in self._known:
            self._known[style] = self._read(style)
        return self._known[style]

    def _read(self, style: str) -> Look:
        names, level, mark, indent = [], None, None, None
        for ancestor in self._chain(style):
            properties = ancestor.find(W + "pPr")
            names.append((value(ancestor, "name") or "").lower())
            outline = value(properties, "outlineLvl")
            if level is None:
                level = _level(names[-1], outline)
            if mark is None and properties is not None and properties.find(W + "numPr") is not None:
                mark = self._mark(properties.find(W + "numPr"), below=None, style=style)
            if indent is None:
                indent = _left(properties)
        listed = next((found for name in names if (found := _LIST_STYLE.fullmatch(name))), None)
        if listed:  # "List Bullet 2" says by its name what its own list does not: how deep it is
            list_id = mark.list_id if mark else ""
            mark = ListMark(listed[1] == "number", list_id, number(listed[2], otherwise=1) - 1)
        if indent is None:
            indent = self._list_indent(mark) if mark else 0
        is_struck = any(self.says(style, face) for face in STRUCK)
        return Look(names[0] if names else "", level, mark, indent, bool(self.says(style, "b")), is_struck)

    def _chain(self, style: str | None) -> Iterator[Any]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while style and style in self._styles and style not in seen and len(seen) < 20:
            seen.add(style)
            yield self._styles[style]
            style = value(self._styles[style], "basedOn")

    def _mark(self, properties: Any, *, below: ListMark | None, style: str = "") -> ListMark | None:
        list_id = value(properties, "numId") or (below.list_id if below else "")
        if number(list_id) == 0:
            return None
        given = value(properties, "ilvl")
        level = number(given) if given else below.level if below else self._level_of_style(list_id, style)
        shape = value(self._level(list_id, level), "numFmt")
        return None if shape == "none" else ListMark(shape != "bullet", list_id, level)

    def _level_of_style(self, list_id: str, style: str) -> int:
        for level in range(9):
            if style and value(self._level(list_id, level), "pStyle") == style:
                return level
        return 0

    def _level(self, list_id: str, level: int) -> Any:
        """How a list says that its points at a level look."""
        if (list_id, level) not in self._levels:
            self._levels[list_id, level] = self._found_level(list_id, str(level))
        return self._levels[list_id, level]

    def _found_level(self, list_id: str, wanted: str) -> Any:
        found = self._lists.get(list_id)
        for override in () if found is None else found.iterchildren(W + "lvlOverride"):
            if override.get(W + "ilvl") == wanted and override.find(W + "lvl") is not None:
                return override.find(W + "lvl")
        abstract = self._abstract.get(value(found, "abstractNumId") or "")
        levels = () if abstract is None else abstract.iterchildren(W + "lvl")
        return next((lvl for lvl in levels if lvl.get(W + "ilvl") == wanted), None)

    def _list_indent(self, mark: ListMark) -> int:
        level = self._level(mark.list_id, mark.level)
        return (_left(level.find(W + "pPr")) if level is not None else None) or 0

    def _indent(self, properties: Any, mark: ListMark | None, by_style: int) -> int:
        own = _left(properties)
        if own is not None:
            return own
        return (self._list_indent(mark) if mark else 0) or by_style


def _by_id(part: Any, name: str, key: str) -> dict[str, Any]:
    return {} if part is None else {child.get(W + key, ""): child for child in part.iterchildren(W + name)}


def _left(properties: Any) -> int | None:
    found = value(properties, "ind", "left") or value(properties, "ind", "start")
    return None if found is None else number(found)


def _level(name: str, outline: str | None) -> int | None:
    if name in _TITLES:
        return TITLE
    if found := _HEADING.fullmatch(name):
        return int(found[1])
    return int(outline) + 1 if outline and outline in "012345678" else None
