"""What taking a Word file over would make of a draft, as both stand now; nothing is saved here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from charters import text
from charters.blocks import Block, Run
from charters.models import Charter, WordFile
from charters.pairing import moved
from charters.word_facts import Fact, Remark, facts_of, remarks_on
from charters.word_suggestion import Suggested, suggested_by


@dataclass(frozen=True)
class Choice:
    """What somebody ticked."""

    sections: frozenset[int] = frozenset()
    apart: frozenset[int] = frozenset()  # sections that are another than the one they were taken for
    renamed: frozenset[int] = frozenset()  # sections that are to have the file's heading
    facts: frozenset[str] = frozenset()
    is_reordered: bool = False
    passages: Mapping[int, str] = field(default_factory=dict)  # the headings given them, by number

    @property
    def is_nothing(self) -> bool:
        ticked = (self.sections, self.apart, self.renamed, self.facts, self.passages, self.is_reordered)
        return not any(ticked)


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


@dataclass(frozen=True)
class Members:
    """How the members that the file names differ from the group's."""

    unknown: list[dict[str, Any]]  # whom the group has not; with the name that may be meant
    misspelt: list[dict[str, Any]]  # who is a member under a name much like it
    absent: list[str]  # members of the group whom the file does not name

    def __bool__(self) -> bool:
        return bool(self.unknown or self.misspelt or self.absent)


@dataclass
class Preview:
    """What taking a file over would do, as the draft stands now."""

    file: WordFile
    suggested: list[Suggested]
    missing: list[str]  # headings that the file has not
    members: Members
    facts: list[Fact]
    remarks: list[Remark]
    passages: list[Passage]
    rewritten: list[dict[str, Any]]  # what is in the text in another form
    leftovers: list[dict[str, Any]]  # what can only be told of
    titles: list[str]  # of the file, where they say more than whose it is
    others: list[str]  # the words by which the file says that it is another group's
    is_older: bool  # somebody wrote in the draft since the file was made from it
    in_file_order: list[int]  # the sections' ids, where the file has them in another order
    is_reordered: bool = False

    @property
    def changed(self) -> list[Suggested]:
        return [one for one in self.suggested if not one.is_same]

    @property
    def heading(self) -> dict[str, str]:
        """What differs: "project_name", "level", "dated_on" or "reason"."""
        return {fact.name: fact.value for fact in self.facts}

    @property
    def is_same(self) -> bool:
        return not (self.changed or self.facts or self.remarks or self.in_file_order)

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to choose from."""
        return not (self.changed or self.facts or self.in_file_order or self.passages)


def preview(file: WordFile, *, choice: Choice | None = None) -> Preview:
    """What the file would make of the draft as it stands now.

    Args:
        file: what was read.
        choice: what is ticked; everything that differs when it is not given, but what only would empty.
    """
    charter, content = file.charter, file.content
    suggested = suggested_by(file)
    for one in suggested:
        one.is_ticked = one.number in choice.sections if choice else not one.is_emptied
        one.is_renamed = one.number in choice.renamed if choice else one.is_renamed
        one.is_apart = choice is not None and one.number in choice.apart
    named = {one.section.pk for one in suggested if one.section}
    origin = content.get("origin")
    is_older = bool(origin) and origin["revision"] != charter.revision
    leftovers = list(enumerate(content["leftovers"]))
    told = [one for _number, one in leftovers if not one.get("is_text")]
    return Preview(
        file=file,
        suggested=suggested,
        missing=[section.heading for section in charter.standing_sections() if section.pk not in named],
        members=_members(file),
        facts=facts_of(file, ticked=choice.facts if choice else None),
        remarks=remarks_on(file),
        passages=[_passage(number, one, choice) for number, one in leftovers if one.get("is_text")],
        rewritten=[one for one in told if one.get("is_kept")],
        leftovers=[one for one in told if not one.get("is_kept")],
        titles=content.get("titles", []),
        others=content.get("others", []),
        is_older=is_older,
        in_file_order=_other_order(charter, suggested),
        is_reordered=choice.is_reordered if choice else not is_older,
    )


def _other_order(charter: Charter, suggested: Sequence[Suggested]) -> list[int]:
    """The sections that the file has too, in its order; none where that is the draft's."""
    places = {section.pk: place for place, section in enumerate(charter.standing_sections())}
    order = [one.section.pk for one in suggested if one.section and one.section.pk in places]
    return order if moved([places[pk] for pk in order]) else []


def _members(file: WordFile) -> Members:
    members = {membership.person_id for membership in file.charter.group.roster()}
    named = file.content["members"]
    known = [one for one in named if members.intersection(one["people"])]
    return Members(
        unknown=[one for one in named if one not in known],
        misspelt=[one for one in known if not one.get("is_sure", True)],
        absent=file.content["absent"],
    )


def paragraphs(words: str) -> str:
    """A body of some lines.

    Raises:
        ValidationError: they are more than a section can hold.
    """
    lines = [line.strip() for line in words.splitlines()]
    return text.clean(text.to_html(Block("p", 0, (Run(line),)) for line in lines if line))


def _passage(number: int, one: Mapping[str, Any], choice: Choice | None) -> Passage:
    given = (choice.passages if choice else {}).get(number)
    return Passage(number, one["what"], one["words"], given or one["what"], is_ticked=given is not None)
