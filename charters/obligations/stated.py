"""Which points of a text are obligations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from charters import text


class Marked(Protocol):
    """A section, with the area of the obligations that its points are, if they are."""

    @property
    def area(self) -> str: ...
    @property
    def body(self) -> str: ...
    @property
    def choices(self) -> Mapping[str, Any]:
        """What was said of single points, by their words."""


@dataclass(frozen=True)
class Point:
    """A point of a section, and the area of the obligation that it states, if it does."""

    section: Any
    wording: str
    area: str
    choice: Any = None  # the PointChoice, where the group has said something of it

    @property
    def obligation(self) -> tuple[str, str]:
        """What it is known by among those that a text states."""
        return self.area, self.wording

    @property
    def key(self) -> str:
        """A short name for forms; the words themselves are too long, and the place is not its own."""
        return key_of(self.section.pk, self.wording)


def key_of(section: int, wording: str) -> str:
    return f"{section}-{hashlib.sha256(wording.encode()).hexdigest()[:16]}"


def wordings(body: str) -> list[str]:
    """The points of a section that can be obligations, each once.

    Each outermost point is one, with what stands under it; a section without points is one as a whole
    (standard text, styregruppe: Økonomiske forpligtelser).
    """
    found = text.points(body) or [text.plain(body)]
    return [wording for wording in dict.fromkeys(" ".join(one.split()) for one in found) if wording]


def points(section: Marked) -> list[Point]:
    """The points of a section, each an obligation or not: as the group said, or else as the section is."""
    choices = section.choices
    found = []
    for wording in wordings(section.body):
        choice = choices.get(wording)
        area = choice.area_in(section.area) if choice else section.area
        found.append(Point(section, wording, area, choice))
    return found


def stated(sections: Iterable[Marked]) -> Iterator[Point]:
    """Each obligation that the sections of a charter state. What is stated twice is one obligation."""
    seen = set()
    for section in sections:
        for point in points(section):
            if point.area and point.obligation not in seen:
                seen.add(point.obligation)
                yield point
