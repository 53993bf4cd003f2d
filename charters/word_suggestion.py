"""A section as a Word file has it, beside the draft's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from charters.difference import Change, difference
from charters.models import Section, SectionRevision, WordFile
from charters.wording import Joined, Wording, join


@dataclass
class Suggested:
    """A section as the file has it; ``section`` is the draft's own, None for one that the draft has not."""

    number: int
    heading: str  # the draft's, as the file was made or read
    body: str
    section: Section | None
    base: int  # the revision of the draft's that it was made from, or else was read beside
    is_sure: bool
    named: str  # the heading that the file gives it
    read_beside: Wording | None = None  # what that revision says
    is_ticked: bool = False
    is_renamed: bool = False  # the file's heading is to stand
    is_apart: bool = False  # it is to be a section of its own all the same

    @property
    def wording(self) -> Wording:
        return Wording(self.named if self.is_renamed else self.heading, self.body)

    @property
    def chosen(self) -> Wording:
        """What is saved of it: the draft's own words where only the heading is to be taken."""
        if self.is_ticked or self.read_beside is None:
            return self.wording
        return Wording(self.wording.heading, self.read_beside.body)

    @cached_property
    def _joined(self) -> Joined | None:
        """The file's text with what others wrote since it was made; None for a new section."""
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
        """Whether the section was taken out since the file was made."""
        return self.section is not None and self.section.is_removed

    @cached_property
    def is_contested(self) -> bool:
        """Whether somebody wrote the same words since the file was made, or took the section out."""
        return self.is_removed or (self._joined is not None and not self._joined.is_clean)

    @property
    def is_moved(self) -> bool:
        """Whether somebody wrote in the section since the file was made."""
        return self.section is not None and self.section.revision != self.base

    @cached_property
    def changes(self) -> Sequence[Change]:
        """From the draft as it stands now to what would stand."""
        before = self.section.wording.blocks if self.section else ()
        return difference(before, self.outcome.blocks)

    @property
    def has_other_heading(self) -> bool:
        """Whether the file calls the section something else, and the draft does not call it so by now."""
        return self.section is not None and self.named not in (self.heading, self.section.heading)

    @cached_property
    def has_other_text(self) -> bool:
        """Whether the file has words to bring: where only the draft was written in, it has none."""
        if self.section is None:
            return True
        if self.read_beside is not None and self.read_beside.body == self.body:
            return False
        return self.is_removed or self.section.body != self.outcome.body

    @property
    def is_same(self) -> bool:
        return not (self.has_other_text or self.has_other_heading)

    @property
    def is_taken(self) -> bool:
        """Whether anything of it was ticked that the draft has not already."""
        return (
            self.is_apart
            or (self.is_ticked and self.has_other_text)
            or (self.is_renamed and self.has_other_heading)
        )

    @property
    def is_emptied(self) -> bool:
        """Whether the file has nothing where the draft has something: seldom what is meant."""
        return bool(self.section and not self.body and not self.section.is_empty and self.has_other_text)


def suggested_by(file: WordFile) -> list[Suggested]:
    """What a file has, each beside the draft's section as it stands now; nothing of it is ticked."""
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
            is_renamed=one.get("is_renamed", False),
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
    """What the sections said that were rewritten since the file was made, in one query."""
    wanted = Q()
    for one in moved:
        if one.section:
            wanted |= Q(section=one.section, number=one.base)
    kept = SectionRevision.objects.filter(wanted) if wanted else []
    return {(revision.section_id, revision.number): revision.wording for revision in kept}
