"""What became of a draft since somebody read it: told to whoever is about to adopt it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, prefetch_related_objects

from charters.difference import Change, difference
from charters.models import Charter, Section, SectionRevision
from charters.models.manuscript import MAX_SECTIONS
from charters.wording import Wording

_FORMAT = re.compile(
    rf"[0-9a-f]{{12}}(-[0-9a-f]{{12}})?(;[0-9]{{1,18}}\.[0-9]{{1,9}}){{0,{MAX_SECTIONS}}}", re.ASCII
)
_NOTHING = Wording("", "")


@dataclass(frozen=True)
class SectionSince:
    """A section that is not as it was read; ``before`` is None where its text then is not known."""

    section: Section
    before: Wording | None

    @property
    def is_new(self) -> bool:
        return self.before is _NOTHING

    @property
    def heading_before(self) -> str:
        """What it was called, where it is called something else now."""
        if self.before is None or self.is_new or self.before.heading == self.section.heading:
            return ""
        return self.before.heading

    @property
    def changes(self) -> list[Change]:
        """Line by line; none where the text is the same."""
        if self.before is None or self.section.is_removed or self.before.body == self.section.body:
            return []
        return difference(self.before.blocks, self.section.wording.blocks)


@dataclass(frozen=True)
class Since:
    """All that is not as it was read."""

    sections: list[SectionSince]
    is_heading_changed: bool
    is_reordered: bool
    is_marked_anew: bool  # something else is said of which points are obligations, or of where they come from

    def __bool__(self) -> bool:
        is_told = self.is_heading_changed or self.is_reordered or self.is_marked_anew
        return bool(self.sections) or is_told


@dataclass(frozen=True)
class Reading:
    """A draft as somebody read it, as short as a form can carry: its sections and their revisions."""

    heading: str
    revisions: dict[int, int]
    choices: str = ""  # a mark of what was said of single points

    @classmethod
    def of(cls, charter: Charter) -> Reading:
        prefetch_related_objects([charter], "sections__point_choices")
        standing = charter.standing_sections()
        facts = f"{charter.project_name}\n{charter.level}\n{charter.dated_on}"
        said = sorted(
            f"{choice.digest} {choice.marking} {choice.continues_id} {choice.is_new}"
            for section in standing
            for choice in section.choices.values()
        )
        revisions = {section.pk: section.revision for section in standing}
        return cls(_mark(facts), revisions, _mark("\n".join(said)))

    @classmethod
    def parse(cls, carried: str) -> Reading | None:
        """What ``str`` made of a reading; None for anything else."""
        if not _FORMAT.fullmatch(carried):
            return None
        marks, *sections = carried.split(";")
        heading, _, choices = marks.partition("-")
        pairs = (section.split(".") for section in sections)
        return cls(heading, {int(pk): int(revision) for pk, revision in pairs}, choices)

    def __str__(self) -> str:
        return ";".join(
            [f"{self.heading}-{self.choices}", *(f"{pk}.{number}" for pk, number in self.revisions.items())]
        )

    def since(self, charter: Charter) -> Since:
        """What has changed in the draft as it is now."""
        now = Reading.of(charter)
        standing = charter.standing_sections()
        changed = [section for section in standing if self.revisions.get(section.pk) != section.revision]
        gone = [section for section in charter.removed_sections() if section.pk in self.revisions]
        stayed = [pk for pk in self.revisions if pk in now.revisions]
        return Since(
            self._told([*changed, *gone]),
            is_heading_changed=self.heading != now.heading,
            is_reordered=stayed != [pk for pk in now.revisions if pk in self.revisions],
            is_marked_anew=bool(self.choices) and self.choices != now.choices,
        )

    def _told(self, sections: list[Section]) -> list[SectionSince]:
        known = [Q(section=s, number=self.revisions[s.pk]) for s in sections if s.pk in self.revisions]
        kept = SectionRevision.objects.filter(reduce(or_, known)) if known else []
        before = {revision.section_id: revision.wording for revision in kept}
        return [SectionSince(s, before.get(s.pk) if s.pk in self.revisions else _NOTHING) for s in sections]


def _mark(facts: str) -> str:
    return hashlib.sha256(facts.encode()).hexdigest()[:12]
