"""Which points of a text are obligations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from charters import text


class Marked(Protocol):
    """A section, with the area of the obligations that its points are, if they are."""

    @property
    def area(self) -> str: ...
    @property
    def body(self) -> str: ...


def stated(sections: Iterable[Marked]) -> Iterator[tuple[str, str]]:
    """Area and wording of each obligation that the sections of a charter state.

    Each outermost point of a marked section is one; a marked section without points is one as a whole
    (standard text, styregruppe: Økonomiske forpligtelser). What is stated twice is one obligation.
    """
    seen = set()
    for section in sections:
        if not section.area:
            continue
        for wording in text.points(section.body) or [text.plain(section.body)]:
            obligation = (section.area, wording.strip())
            if obligation[1] and obligation not in seen:
                seen.add(obligation)
                yield obligation
