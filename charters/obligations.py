"""From the points of an adopted charter to the obligations of its group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from charters import text
from charters.models import Charter, Obligation


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


def take_on(charter: Charter) -> None:
    """Make the group's obligations those of an adopted charter.

    One with the same wording lives on, with its history; a new one begins here; the others end here.
    """
    standing = {(o.area, o.wording): o for o in charter.group.obligations.in_force()}
    for position, (area, wording) in enumerate(stated(charter.standing_sections()), start=1):
        if (obligation := standing.pop((area, wording), None)) is None:
            obligation = Obligation(group=charter.group, area=area, wording=wording, introduced_in=charter)
        obligation.position = position
        obligation.save()
    for gone in standing.values():
        gone.retired_in = charter
        gone.save(update_fields=["retired_in"])
