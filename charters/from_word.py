"""A filled-in Word file on its way into a draft: read, shown beside it, and saved as any other writing."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from charters.difference import Change, difference
from charters.models import Charter, Section, WordFile
from charters.models.manuscript import ManuscriptError
from charters.models.section import TwoTextsError
from charters.word import WordCharter, WordError, read_word
from charters.word.matching import Proposal, match
from charters.wording import Wording
from members.models import Project, User


@dataclass
class Suggested:
    """A section as the file has it; ``section`` is the draft's own, None for one that the draft has not."""

    number: int
    heading: str
    body: str
    section: Section | None
    base: int  # the revision of the draft's that it was read beside
    is_sure: bool

    @property
    def wording(self) -> Wording:
        return Wording(self.heading, self.body)

    @cached_property
    def changes(self) -> Sequence[Change]:
        """From the draft as it stands now to the file."""
        before = self.section.wording.blocks if self.section else ()
        return difference(before, self.wording.blocks)

    @property
    def is_same(self) -> bool:
        return (
            self.section is not None and not self.section.is_removed and self.section.wording == self.wording
        )

    @property
    def is_emptied(self) -> bool:
        """Whether the file has nothing where the draft has something: seldom what is meant."""
        return self.section is not None and not self.body and not self.section.is_empty


@dataclass
class Preview:
    """What taking a file over would do, as the draft stands now."""

    file: WordFile
    suggested: list[Suggested]
    missing: list[str]  # headings that the file has not
    unknown: list[str]  # members that the register does not know, or knows more than one of
    absent: list[str]  # members of the group whom the file does not name
    heading: dict[str, str] = field(default_factory=dict)  # what differs: "project_name", "level", "dated_on"
    leftovers: list[dict[str, str]] = field(default_factory=list)

    @property
    def changed(self) -> list[Suggested]:
        return [one for one in self.suggested if not one.is_same]

    @property
    def level_label(self) -> str:
        return str(Project.Level(self.heading["level"]).label) if "level" in self.heading else ""

    @property
    def day(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.heading["dated_on"]) if "dated_on" in self.heading else None

    @property
    def is_nothing(self) -> bool:
        return not (self.changed or self.heading)


def receive(charter: Charter, file: IO[bytes], *, name: str, by: User) -> WordFile:
    """Read a Word file beside a draft, and remember what it would make of it.

    Raises:
        WordError: it cannot be read, or nothing in it is a charter; in words for the user.
    """
    sections = charter.standing_sections()
    read = read_word(file, headings=[section.heading for section in sections])
    word = _the_groups(read, charter)
    if word.is_empty:
        raise WordError(_("Der er ikke fundet et kommissorium i filen. Er det det rigtige dokument?"))
    people = [membership.person for membership in charter.group.roster()]
    others = User.objects.exclude(pk__in=[person.pk for person in people])
    proposal = match(word, sections, people, others=list(others) if word.members else [])
    content = _content(proposal, others=[one for one in read if one is not word])
    found, _created = WordFile.objects.update_or_create(
        charter=charter, owner=by, defaults={"name": name[:200], "content": content}
    )
    return found


def _the_groups(read: Sequence[WordCharter], charter: Charter) -> WordCharter:
    """Of several charters in one file, the one for the group's type."""
    of_kind = [word for word in read if word.kind == charter.template.kind and not word.is_empty]
    filled = [word for word in read if not word.is_empty]
    return (of_kind or filled or list(read))[0]


def _content(proposal: Proposal[Any, Any], *, others: Sequence[WordCharter]) -> dict[str, Any]:
    leftovers = [{"what": one.what, "words": one.words} for one in proposal.leftovers]
    for word in others:
        title = word.titles[0] if word.titles else ""
        text = "\n".join(f"{section.heading}" for section in word.sections)
        leftovers.append(
            {"what": _("Et andet kommissorium i filen: %(title)s") % {"title": title}, "words": text}
        )
    return {
        "sections": [
            {
                "section": one.section.pk if one.section else None,
                "base": one.section.revision if one.section else 0,
                "heading": one.heading,
                "body": one.body,
                "is_sure": one.is_sure,
            }
            for one in proposal.sections
        ],
        "members": [
            {"name": found.named.name, "people": [person.pk for person in found.people]}
            for found in proposal.members
        ],
        "absent": [person.name for person in proposal.absent] if proposal.members else [],
        "project_name": proposal.project_name,
        "level": proposal.level,
        "dated_on": proposal.dated_on.isoformat() if proposal.dated_on else "",
        "leftovers": leftovers,
    }


def preview(file: WordFile) -> Preview:
    """What the file would make of the draft as it stands now."""
    charter, content = file.charter, file.content
    own = {section.pk: section for section in charter.sections.all()}
    suggested = [
        Suggested(
            number=number,
            heading=one["heading"],
            body=one["body"],
            section=own.get(one["section"]),
            base=one["base"],
            is_sure=one["is_sure"],
        )
        for number, one in enumerate(content["sections"])
    ]
    named = {one.section.pk for one in suggested if one.section}
    standing = {"project_name": charter.project_name, "level": charter.level}
    standing["dated_on"] = charter.dated_on.isoformat() if charter.dated_on else ""
    if charter.group.project_id is None:
        standing.pop("level")
    members = {membership.person_id for membership in charter.group.roster()}
    return Preview(
        file=file,
        suggested=suggested,
        missing=[section.heading for section in charter.standing_sections() if section.pk not in named],
        unknown=[one["name"] for one in content["members"] if not members.intersection(one["people"])],
        absent=content["absent"],
        heading={name: content[name] for name, now in standing.items() if content[name] not in ("", now)},
        leftovers=content["leftovers"],
    )


@transaction.atomic
def take_over(file: WordFile, *, numbers: Collection[int], heading: Collection[str], by: User) -> list[str]:
    """Save what was chosen, as its reader's own writing; sent twice, it is saved once.

    Args:
        file: what was read.
        numbers: the sections to take over.
        heading: the fields of the heading to take over.
        by: whose file it is.

    Returns:
        The headings of sections that somebody wrote in meanwhile: the file's text is in their history.

    Raises:
        ManuscriptError: the draft is adopted, given up or its group closed; nothing was saved.
    """
    waiting = WordFile.objects.select_for_update().filter(pk=file.pk, owner=by)
    if not waiting.exists():
        return []
    chosen = preview(file)
    contested = []
    for one in chosen.suggested:
        if one.number in numbers and not one.is_same and not _saved(one, file.charter, by=by):
            contested.append(one.heading)
    facts: dict[str, Any] = {name: chosen.heading[name] for name in heading if name in chosen.heading}
    if "dated_on" in facts:
        facts["dated_on"] = chosen.day
    if facts:
        file.charter.rewrite_heading(**facts)
    waiting.delete()
    return contested


def _saved(one: Suggested, charter: Charter, *, by: User) -> bool:
    try:
        if one.section is None:
            charter.add_section(one.heading[:200], body=one.body, by=by)
        else:
            one.section.charter = charter
            one.section.rewrite(heading=one.heading, body=one.body, base=one.base, by=by)
    except TwoTextsError:
        return False
    except ValidationError as error:
        raise ManuscriptError("".join(error.messages)) from error
    return True
