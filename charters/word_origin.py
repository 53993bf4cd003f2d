"""Which draft a Word file was made from, and how far it had come then.

Our own download says so in a property of the file. When the file comes back, what was written in the draft
meanwhile is known from what was written in the file: the download is what both started from.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Max

from charters.models import Charter, Section, SectionRevision

FACTS = ("project_name", "level", "dated_on", "reason")  # of the head, in the order they are kept in
_MARK = re.compile(r"1:(\d{1,15}):(\d{1,15}):(\d{1,15}):((?:[0-9a-f]{8}\.?){4})")
# Which say where a section was, and no words of its own.
_OF_PLACE = (SectionRevision.Act.TAKEN_OUT, SectionRevision.Act.PUT_BACK)


@dataclass(frozen=True)
class Standing:
    """A section of the draft as it stood when the file was made, or as it stands now where nobody knows."""

    section: Section
    heading: str
    body: str
    base: int  # the revision that says so
    key: str = ""  # a file has none to know it by

    @classmethod
    def now(cls, section: Section) -> Standing:
        return cls(section, section.heading, section.body, section.revision)

    @property
    def prompt(self) -> str:
        return str(self.section.prompt)


@dataclass(frozen=True)
class Origin:
    """A state of a draft. As a string it is what the file keeps."""

    charter: int
    revision: int  # of the draft
    last: int  # the last revision of a section that there was
    facts: tuple[str, ...]  # a digest of each, by which it is seen whether the file still says the same

    def __str__(self) -> str:
        return f"1:{self.charter}:{self.revision}:{self.last}:{'.'.join(self.facts)}"

    @classmethod
    def of(cls, charter: Charter) -> Origin:
        """How far a draft has come now; asked for before its sections are read."""
        kept = SectionRevision.objects.filter(section__charter=charter)
        last = kept.aggregate(last=Max("pk"))["last"] or 0
        return cls(charter.pk, charter.revision, last, tuple(digest(said(charter, name)) for name in FACTS))

    @classmethod
    def read(cls, mark: str, *, charter: Charter) -> Origin | None:
        """What a file says of itself; None where that is nothing, or another draft."""
        found = _MARK.fullmatch(mark)
        if not found or int(found[1]) != charter.pk:
            return None
        return cls(charter.pk, int(found[2]), int(found[3]), tuple(found[4].split(".")))

    def standing(self, charter: Charter) -> list[Standing]:
        """The sections that stood in the draft, in the order they have now, with what they said."""
        said_last, stood = self._rows(charter)
        kept = SectionRevision.objects.in_bulk(said_last.values())
        found = []
        for section in charter.in_order():
            if section.pk not in said_last:
                found += [] if section.is_removed else [Standing.now(section)]
            elif stood[section.pk]:
                was = kept[said_last[section.pk]]
                found.append(Standing(section, was.heading, was.body, was.number))
        return found

    def _rows(self, charter: Charter) -> tuple[dict[int, int], dict[int, bool]]:
        """For each section there was: the revision that held its words, and whether it stood in the text."""
        rows = SectionRevision.objects.filter(section__charter=charter, pk__lte=self.last, aside="")
        said_last: dict[int, int] = {}
        stood: dict[int, bool] = {}
        for pk, section, act in rows.order_by("section", "number").values_list("pk", "section_id", "act"):
            stood[section] = act != SectionRevision.Act.TAKEN_OUT
            if act not in _OF_PLACE:
                said_last[section] = pk
        return said_last, stood


def said(charter: Charter, name: str) -> str:
    """What a draft says in a field of its head; a day as ISO has it."""
    value: Any = getattr(charter, name)
    return value.isoformat() if name == "dated_on" and value else value or ""


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:8]


def standing_of(charter: Charter, origin: Origin | None) -> list[Standing]:
    """The sections that a file is read beside."""
    if origin:
        return origin.standing(charter)
    return [Standing.now(section) for section in charter.standing_sections()]


def headings_of(charter: Charter, standing: Iterable[Standing]) -> set[str]:
    return {section.heading for section in charter.standing_sections()} | {one.heading for one in standing}
