"""In which form a file has its headings, and which of its lines are headings therefore."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import takewhile

from charters.word.labels import (
    LONGEST_HEADING,
    Headings,
    is_charter_title,
    is_kind_word,
    key_of,
    speaks_of_charter,
)
from charters.word.lines import Line


class Form(IntEnum):
    STYLE = 1  # one of Word's headings
    BOLD = 2  # a line in bold, underlined or in capitals; or bold words that a paragraph begins with
    POINT = 3  # an outermost point: "• Rolle: Styregruppen er ..."
    BARE = 4  # a line that says nothing else: "Rolle", or "Rolle: Styregruppen er ..."


@dataclass(frozen=True)
class Found:
    """A heading, and what its line says after it."""

    form: Form
    heading: str
    rest: Line | None = None
    is_point: bool = False  # what stands under it is a step further in for that


class Forms:
    """The form of the headings in one file."""

    def __init__(self, lines: Sequence[Line], headings: Headings) -> None:
        self._headings = headings
        known = [found for line in lines if (found := self._known(line))]
        counted = Counter(found.form for found in known)
        styled = [line for line in lines if line.level]
        levels = [line.level for line in styled if line.level and not _is_about_the_whole(line)]
        levels = levels or [line.level for line in styled if line.level]
        self.main: Form | None = max(counted, key=lambda form: (counted[form], -form)) if counted else None
        if self.main is None:
            self.main = Form.STYLE if levels else Form.BOLD
        known_levels = [line.level for line in lines if line.level and self._known(line)]
        self.level = _level(known_levels) or _level_of_unknown(levels)

    def found_in(self, line: Line, following: Line | None, *, used: Collection[str]) -> Found | None:
        """The heading in a line, if it is one.

        Args:
            line: the line.
            following: the next.
            used: the headings, as keys, that the charter has already.
        """
        if line.as_written:
            return None
        if (known := self._known(line)) and self._is_trusted(known, used):
            return known
        if line.level:
            return (
                Found(Form.STYLE, line.text) if line.level <= self.level or self.main != Form.STYLE else None
            )
        if self.main == Form.BOLD:
            return _bold(line)
        return _point(line, following) if self.main == Form.POINT else None

    def _is_trusted(self, found: Found, used: Collection[str]) -> bool:
        if found.form in (self.main, Form.STYLE):
            return True
        return found.form != Form.POINT and key_of(found.heading) not in used

    def _known(self, line: Line) -> Found | None:
        """The heading of the standard text that a line is or begins with."""
        if line.as_written:
            return None
        whole = line.text.rstrip(" :")
        if line.level is not None:
            return Found(Form.STYLE, line.text) if self._headings.has(line.text) else None
        form = Form.BOLD if line.stands_out else Form.BARE
        ways: tuple[Found | None, ...] = (Found(form, whole), _lead(line), _split(line, Form.BARE))
        if is_point := line.kind != "p":
            # A heading whose number was typed, "1. ROLLE", is a line like those whose number is no point's.
            form = form if line.is_typed and line.kind == "ol" else Form.POINT
            ways = (_split(line, form), Found(form, whole))
        found = next((found for found in ways if self._is_one(found, line)), None)
        return found and replace(found, is_point=is_point)

    def _is_one(self, found: Found | None, line: Line) -> bool:
        return found is not None and line.depth <= 1 and self._headings.has(found.heading)


def _is_about_the_whole(line: Line) -> bool:
    return is_kind_word(line.text) or is_charter_title(line.text) or speaks_of_charter(line.text)


def _level(levels: Sequence[int]) -> int:
    return max(levels, key=levels.count) if levels else 0


def _level_of_unknown(levels: Sequence[int]) -> int:
    """The level of the sections: the highest, unless only one heading stands there, above all others."""
    counted = sorted(Counter(levels).items())
    if len(counted) > 1 and counted[0][1] == 1:
        return counted[1][0]
    return counted[0][0] if counted else 9


def _split(line: Line, form: Form) -> Found | None:
    """The words before a colon as the heading."""
    head, colon, _rest = line.text.partition(":")
    if not colon or len(head) > LONGEST_HEADING:
        return None
    return Found(form, head.strip(), line.after(len(head) + 1))


def _lead(line: Line) -> Found | None:
    """The bold words that a paragraph begins with as the heading."""
    head = "".join(run.text for run in takewhile(lambda run: run.strong, line.runs))
    rest = line.after(len(head))
    if not head.strip(" :") or not rest.runs or len(head) > LONGEST_HEADING:
        return None
    if rest.text.startswith(":"):
        rest = rest.after(1)
    return Found(Form.BOLD, head.rstrip(" :"), rest)


def _bold(line: Line) -> Found | None:
    if line.kind != "p" or line.depth:
        return None
    if line.stands_out:
        short = len(line.text) <= LONGEST_HEADING and not line.text.endswith(".")
        return Found(Form.BOLD, line.text.rstrip(" :")) if short else None
    lead = _lead(line)
    return lead if lead and ":" in line.text[len(lead.heading) : len(lead.heading) + 3] else None


def _point(line: Line, following: Line | None) -> Found | None:
    if line.kind == "p" or line.depth != 1:
        return None
    if (split := _split(line, Form.POINT)) and len(split.heading) <= 80:
        return replace(split, is_point=True)
    has_points = following is not None and following.depth > 1
    is_short = len(line.text) <= 80 and not line.text.endswith(".")
    if not is_short or not (has_points or line.stands_out):
        return None
    return Found(Form.POINT, line.text.rstrip(" :"), is_point=True)
