"""What taking a Word file over would make of a draft, as both stand now; nothing is saved here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from charters import text
from charters.blocks import Block, Run
from charters.difference import Change, difference
from charters.models import Section, SectionRevision, WordFile
from charters.wording import Joined, Wording, join
from members.models import Project

_LABELS = {"project_name": _("Projektets navn"), "level": _("Produktniveau"), "dated_on": _("Dato")}


@dataclass(frozen=True)
class Choice:
    """What somebody ticked."""

    sections: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()  # sections that are another than the one they were taken for
    facts: frozenset[str] = frozenset()
    passages: Mapping[int, str] = field(default_factory=dict)  # the headings given them, by number

    @property
    def is_nothing(self) -> bool:
        return not (self.sections or self.apart or self.facts or self.passages)


@dataclass
class Suggested:
    """A section as the file has it; ``section`` is the draft's own, None for one that the draft has not."""

    number: int
    heading: str
    body: str
    section: Section | None
    base: int  # the revision of the draft's that it was read beside
    is_sure: bool
    named: str  # the heading that the file gives it
    read_beside: Wording | None = None  # what that revision says
    is_ticked: bool = False
    is_apart: bool = False  # it is to be a section of its own all the same

    @property
    def wording(self) -> Wording:
        return Wording(self.heading, self.body)

    @cached_property
    def _joined(self) -> Joined | None:
        """The file's text with what others wrote since it was read; None for a new section."""
        if self.section is None:
            return None
        return join(self.wording, theirs=self.section.wording, base=self.read_beside)

    @cached_property
    def outcome(self) -> Wording:
        """What would stand, or what the file says where that cannot be had without a choice."""
        joined = self._joined
        return joined.with_mine if joined and not self.is_contested else self.wording

    @property
    def is_removed(self) -> bool:
        """Whether the section was taken out since the file was read."""
        return self.section is not None and self.section.is_removed

    @cached_property
    def is_contested(self) -> bool:
        """Whether somebody wrote the same words since the file was read, or took the section out."""
        return self.is_removed or (self._joined is not None and not self._joined.is_clean)

    @property
    def is_moved(self) -> bool:
        """Whether somebody wrote in the section since the file was read."""
        return self.section is not None and self.section.revision != self.base

    @cached_property
    def changes(self) -> Sequence[Change]:
        """From the draft as it stands now to what would stand."""
        before = self.section.wording.blocks if self.section else ()
        return difference(before, self.outcome.blocks)

    @cached_property
    def is_same(self) -> bool:
        return self.section is not None and not self.is_removed and self.section.wording == self.outcome

    @property
    def is_emptied(self) -> bool:
        """Whether the file has nothing where the draft has something: seldom what is meant."""
        return self.section is not None and not self.body and not self.section.is_empty


@dataclass
class Fact:
    """A field of the heading that the file has otherwise than the draft."""

    name: str
    label: str
    words: str
    now: str  # what the draft says
    is_ticked: bool


@dataclass
class Passage:
    """Words that have no place in the draft, and may be a section of their own."""

    number: int
    what: str
    words: str
    heading: str
    is_ticked: bool

    @property
    def body(self) -> str:
        return paragraphs(self.words)


@dataclass
class Preview:
    """What taking a file over would do, as the draft stands now."""

    file: WordFile
    suggested: list[Suggested]
    missing: list[str]  # headings that the file has not
    unknown: list[str]  # members that the register does not know, or knows more than one of
    absent: list[str]  # members of the group whom the file does not name
    heading: dict[str, str]  # what differs: "project_name", "level", "dated_on"
    facts: list[Fact]
    passages: list[Passage]
    leftovers: list[dict[str, Any]]  # what can only be told of

    @property
    def changed(self) -> list[Suggested]:
        return [one for one in self.suggested if not one.is_same]

    @property
    def day(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.heading["dated_on"]) if "dated_on" in self.heading else None

    @property
    def is_same(self) -> bool:
        return not (self.changed or self.heading)

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to choose from."""
        return self.is_same and not self.passages


def preview(file: WordFile, *, choice: Choice | None = None) -> Preview:
    """What the file would make of the draft as it stands now.

    Args:
        file: what was read.
        choice: what is ticked; everything that differs when it is not given, but what only would empty.
    """
    charter, content = file.charter, file.content
    suggested = _suggested(file)
    for one in suggested:
        one.is_ticked = one.number in choice.sections if choice else not one.is_emptied
        one.is_apart = choice is not None and one.number in choice.apart
    named = {one.section.pk for one in suggested if one.section}
    standing = {"project_name": charter.project_name, "level": charter.level}
    standing["dated_on"] = charter.dated_on.isoformat() if charter.dated_on else ""
    if charter.group.project_id is None:
        standing.pop("level")
    heading = {name: content[name] for name, now in standing.items() if content[name] not in ("", now)}
    members = {membership.person_id for membership in charter.group.roster()}
    leftovers = list(enumerate(content["leftovers"]))
    return Preview(
        file=file,
        suggested=suggested,
        missing=[section.heading for section in charter.standing_sections() if section.pk not in named],
        unknown=[one["name"] for one in content["members"] if not members.intersection(one["people"])],
        absent=content["absent"],
        heading=heading,
        facts=[_fact(name, value, standing[name], choice) for name, value in heading.items()],
        passages=[_passage(number, one, choice) for number, one in leftovers if one.get("is_text")],
        leftovers=[one for _number, one in leftovers if not one.get("is_text")],
    )


def paragraphs(words: str) -> str:
    """A body of some lines.

    Raises:
        ValidationError: they are more than a section can hold.
    """
    lines = [line.strip() for line in words.splitlines()]
    return text.clean(text.to_html(Block("p", 0, (Run(line),)) for line in lines if line))


def _suggested(file: WordFile) -> list[Suggested]:
    own = {section.pk: section for section in file.charter.sections.all()}
    found = [
        Suggested(
            number=number,
            heading=one["heading"],
            body=one["body"],
            section=own.get(one["section"]),
            base=one["base"],
            is_sure=one["is_sure"],
            named=one.get("named") or one["heading"],
        )
        for number, one in enumerate(file.content["sections"])
    ]
    before = _revisions(one for one in found if one.is_moved)
    for one in found:
        if one.section:
            now = one.section.wording
            one.read_beside = before.get((one.section.pk, one.base)) if one.is_moved else now
    return found


def _revisions(moved: Iterable[Suggested]) -> dict[tuple[int, int], Wording]:
    """What the sections said that were rewritten since the file was read, in one query."""
    wanted = Q()
    for one in moved:
        if one.section:
            wanted |= Q(section=one.section, number=one.base)
    kept = SectionRevision.objects.filter(wanted) if wanted else []
    return {(revision.section_id, revision.number): revision.wording for revision in kept}


def _fact(name: str, value: str, now: str, choice: Choice | None) -> Fact:
    is_ticked = choice is None or name in choice.facts
    return Fact(name, str(_LABELS[name]), _said(name, value), _said(name, now), is_ticked)


def _said(name: str, value: str) -> str:
    """What stands in a field of the heading, for a reader."""
    if not value:
        return ""
    if name == "level":
        return str(Project.Level(value).label)
    return date_format(datetime.date.fromisoformat(value)) if name == "dated_on" else value


def _passage(number: int, one: Mapping[str, Any], choice: Choice | None) -> Passage:
    given = (choice.passages if choice else {}).get(number)
    return Passage(number, one["what"], one["words"], given or one["what"], is_ticked=given is not None)
