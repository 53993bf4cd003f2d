"""What one edition of a charter says: the same for the page, the PDF, the JSON and the fingerprint."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from charters import text
from charters.fingerprint import canonical_json, commitment_to, fingerprint_of, in_fours
from charters.kinds import KINDS
from charters.models import Charter, CharterMember
from members.models import Membership, Project, WorkingGroup

SCHEMA = "os2arbejdsgrupper/kommissorium/1"


@dataclass(frozen=True)
class EditionMember:
    """A member as the edition names them."""

    name: str
    role: str
    organisation: str
    person_id: int | None
    salt: str = ""
    approved_on: datetime.date | None = None  # in the meeting that adopted the edition

    @property
    def role_label(self) -> str:
        return str(Membership.Role(self.role).label)

    @property
    def shown_name(self) -> str:
        return self.name or _("Navn fjernet")

    @property
    def place(self) -> str:
        """What they are in the group, and for whom: "Formand, Odder Kommune"."""
        return ", ".join(filter(None, (self.role_label, self.organisation)))

    @property
    def decides(self) -> bool:
        return Membership.Role.decides(self.role)

    @property
    def commitment(self) -> str:
        return commitment_to(self.name, salt=self.salt)


@dataclass(frozen=True)
class EditionSection:
    key: str
    heading: str
    body: str
    anchor: str
    pk: int | None = None  # of the stored section, whose history can be read

    @property
    def html(self) -> SafeString:
        return text.render(self.body)

    @property
    def is_empty(self) -> bool:
        return text.is_empty(self.body)


@dataclass(frozen=True)
class Edition:
    """The content of a charter, ready to be shown. Build it with ``of``."""

    kind: str
    group_name: str
    number: int
    is_draft: bool
    template_version: int
    project_name: str
    level: str
    dated_on: datetime.date | None
    members_label: str
    members: tuple[EditionMember, ...]
    sections: tuple[EditionSection, ...]
    reason: str = ""  # why there is a new edition

    @property
    def level_label(self) -> str:
        return str(Project.Level(self.level).label) if self.level else ""

    @property
    def title(self) -> str:
        name, definite = self.group_name, str(KINDS[self.kind].definite)
        if name.lower().startswith(f"{definite} "):  # "Styregruppen for ...", within a sentence
            name = definite + name[len(definite) :]
        return _("Kommissorium for %(group)s") % {"group": name}

    @property
    def concerns_project(self) -> bool:
        """Whether project and level belong in the heading; most faggrupper work across projects."""
        return bool(self.project_name or self.level) or self.kind != WorkingGroup.Kind.PROFESSIONAL

    @property
    def short_fingerprint(self) -> str:
        """What a reader compares; empty for a draft, whose text is not final."""
        return "" if self.is_draft else in_fours(self.fingerprint)

    @property
    def standing(self) -> str:
        """Which edition a document is, in the foot of each page; a draft has no fingerprint."""
        if self.is_draft or self.dated_on is None:
            return draft_mark()
        return _("Udgave %(number)s, vedtaget %(date)s. Fingeraftryk: %(fingerprint)s") % {
            "number": self.number,
            "date": date_format(self.dated_on),
            "fingerprint": self.short_fingerprint,
        }

    @property
    def deciding_members(self) -> list[EditionMember]:
        return [member for member in self.members if member.decides]

    @cached_property
    def canonical(self) -> str:
        return canonical_json(self._content())

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint_of(self.canonical)

    def _content(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "kind": self.kind,
            "group": self.group_name,
            "edition": self.number,
            "template_version": self.template_version,
            "project": self.project_name,
            "level": self.level,
            "date": self.dated_on.isoformat() if self.dated_on else None,
            "reason": self.reason,
            "members": [
                {
                    "name": member.commitment,
                    "role": member.role,
                    "organisation": member.organisation,
                    "approved": member.approved_on.isoformat() if member.approved_on else None,
                }
                for member in self.members
            ],
            "sections": [
                {"key": section.key, "heading": section.heading, "body": section.body}
                for section in self.sections
            ],
        }

    @classmethod
    def of(
        cls,
        charter: Charter,
        *,
        roster: Iterable[Membership] | None = None,
        members: Iterable[CharterMember] | None = None,
    ) -> Edition:
        """The edition as stored; a draft shows the group's name and members as they are today.

        Args:
            charter: a draft or a frozen edition.
            roster: a draft's members today, where the caller has read them already.
            members: a frozen edition's members, likewise.
        """
        if charter.is_draft:
            people = _of_roster(charter.group.roster() if roster is None else roster)
        else:
            people = _frozen(charter.members.all() if members is None else members)
        return cls._build(
            charter,
            members=people,
            dated_on=charter.dated_on,
            is_draft=charter.is_draft,
            reason=charter.reason,
        )

    @classmethod
    def to_adopt(
        cls,
        charter: Charter,
        *,
        roster: Iterable[Membership],
        on: datetime.date,
        approving: Collection[int],
        reason: str = "",
    ) -> Edition:
        """The edition a draft becomes.

        Args:
            charter: the draft.
            roster: the group's members today.
            on: the day of adoption; it becomes the charter's date.
            approving: ids of the people who approve it in the meeting.
            reason: why there is a new edition.
        """
        members = tuple(
            EditionMember(
                name=member.name,
                role=member.role,
                organisation=member.organisation,
                person_id=member.person_id,
                salt=secrets.token_hex(16),
                approved_on=on if member.decides and member.person_id in approving else None,
            )
            for member in _of_roster(roster)
        )
        return cls._build(charter, members=members, dated_on=on, is_draft=False, reason=reason)

    @classmethod
    def _build(
        cls,
        charter: Charter,
        *,
        members: tuple[EditionMember, ...],
        dated_on: datetime.date | None,
        is_draft: bool,
        reason: str,
    ) -> Edition:
        return cls(
            kind=charter.template.kind,
            group_name=charter.group.name if charter.is_draft else charter.group_name,
            number=charter.number,
            is_draft=is_draft,
            template_version=charter.template.version,
            project_name=charter.project_name,
            level=charter.level,
            dated_on=dated_on,
            reason=reason,
            members_label=str(charter.kind_of_group.members_label),
            members=members,
            sections=tuple(
                EditionSection(section.key, section.heading, section.body, section.anchor, section.pk)
                for section in charter.standing_sections()
            ),
        )


def draft_mark() -> str:
    """What a document says that is no more than a draft."""
    return _("Udkast. Ikke vedtaget.")


def roster_mark(roster: Iterable[Membership]) -> str:
    """A short stand-in for who is in a group, as an edition would name them, to be compared."""
    named = [(m.person_id, m.name, m.role, m.organisation) for m in _of_roster(roster)]
    return hashlib.sha256(json.dumps(named).encode()).hexdigest()[:16]


def _of_roster(roster: Iterable[Membership]) -> tuple[EditionMember, ...]:
    return tuple(
        EditionMember(
            name=membership.person.name,
            role=membership.role,
            organisation=membership.organisation.name if membership.organisation else "",
            person_id=membership.person_id,
        )
        for membership in roster
    )


def _frozen(members: Iterable[CharterMember]) -> tuple[EditionMember, ...]:
    return tuple(
        EditionMember(
            name=member.name,
            role=member.role,
            organisation=member.organisation,
            person_id=member.person_id,
            salt=member.salt,
            approved_on=member.approved_on,
        )
        for member in members
    )
