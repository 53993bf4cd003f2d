"""Where an obligation came from, and how its words changed from edition to edition."""

from __future__ import annotations

from dataclasses import dataclass

from charters.models import Charter, Obligation


@dataclass(frozen=True)
class Chapter:
    """What one edition said."""

    edition: Charter
    wording: str
    heading: str = ""  # of the section it stood in
    anchor: str = ""
    is_changed: bool = False  # in other words than the edition before

    @property
    def url(self) -> str:
        place = f"#{self.anchor}" if self.anchor else ""
        return f"{self.edition.get_absolute_url()}{place}"


def story_of(obligation: Obligation) -> list[Chapter]:
    """The editions that state an obligation, first to last: one query.

    Those that were adopted before each was noted are known by the first alone.
    """
    chapters: list[Chapter] = []
    for statement in obligation.statements.in_order():
        statement.charter.group = obligation.group
        is_changed = bool(chapters) and chapters[-1].wording != statement.wording
        section = statement.section
        chapters.append(
            Chapter(statement.charter, statement.wording, section.heading, section.anchor, is_changed)
        )
    if not chapters:
        obligation.introduced_in.group = obligation.group
        chapters = [Chapter(obligation.introduced_in, obligation.wording)]
    return chapters
