"""What a draft still lacks, and which of the standard text's rules it looks to break."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from charters import text
from charters.models import Charter
from members.cpr import hidden, numbers_in, refusal
from members.models import Membership, Project, WorkingGroup

HEADING_ANCHOR = "hoved"
MEMBERS_ANCHOR = "medlemmer"
TEXT_ANCHOR = "tekst"
# The standard text's own mark for what is to be filled in.
_PLACEHOLDER = re.compile(r"\bxyz\b", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing to see to, in words, and the id of the place on the page where it is done."""

    message: str
    anchor: str


@dataclass(frozen=True)
class Review:
    """A draft read through: what is unfilled stops an adoption, warnings never stop anything."""

    charter: Charter
    roster: Sequence[Membership]

    @classmethod
    def of(cls, charter: Charter) -> Review:
        """The review of a draft with its group's members as they are today."""
        return cls(charter, list(charter.group.roster()))

    def unfilled(self, *, dated_on: datetime.date | None = None) -> list[Finding]:
        """What must be filled in before the charter can be adopted.

        Args:
            dated_on: the date it is about to be given, None for the one in its heading.
        """
        return [
            *self._unfilled_heading(dated_on or self.charter.dated_on),
            *self._unfilled_sections(),
            *self._cpr_numbers(),
        ]

    def warnings(self) -> list[Finding]:
        """Rules of the standard text that the draft looks to break."""
        return [
            *self._contested_warnings(),
            *self._roster_warnings(),
            *self._project_warnings(),
            *self._removed_warnings(),
        ]

    def waiting(self) -> list[Finding]:
        """Texts that were written at the same time as another, and that are not in what is adopted."""
        return list(self._contested_warnings())

    def _unfilled_heading(self, dated_on: datetime.date | None) -> Iterator[Finding]:
        charter = self.charter
        if charter.group.project_id:
            if not charter.project_name or _PLACEHOLDER.search(charter.project_name):
                yield Finding(_("Projektets navn mangler."), HEADING_ANCHOR)
            if not charter.level:
                yield Finding(_("Produktniveau mangler."), HEADING_ANCHOR)
        if dated_on is None:
            yield Finding(_("Dato mangler."), HEADING_ANCHOR)
        if not self.roster:
            yield Finding(_("Gruppen har ingen medlemmer."), MEMBERS_ANCHOR)

    def _unfilled_sections(self) -> Iterator[Finding]:
        sections = self.charter.standing_sections()
        if not sections:
            yield Finding(_("Kommissoriet har ingen afsnit."), TEXT_ANCHOR)
        for section in sections:
            named = {"heading": section.heading}
            if section.is_empty and section.must_be_filled:
                message = _("»%(heading)s« skal udfyldes af gruppen.") % named
            elif section.is_empty:
                message = _("»%(heading)s« har ingen tekst. Skriv noget, eller tag afsnittet ud.") % named
            elif section.has_offer:
                message = _("Vælg mellem jeres og OS2s ordlyd i »%(heading)s«.") % named
            elif _PLACEHOLDER.search(f"{section.heading} {text.plain(section.body)}"):
                message = _("Der står stadig »xyz« i »%(heading)s«.") % named
            else:
                continue
            yield Finding(message, section.anchor)

    def _cpr_numbers(self) -> Iterator[Finding]:
        """What looks like CPR numbers: written before they were refused, and never to be adopted."""
        heading = f"{self.charter.group.name}\n{self.charter.project_name}"
        for place, numbers, anchor in [
            (_("Kommissoriets hoved"), numbers_in(heading), HEADING_ANCHOR),
            *((s.heading, s.wording.cpr_numbers, s.anchor) for s in self.charter.standing_sections()),
            *((m.person.name, numbers_in(_named(m)), MEMBERS_ANCHOR) for m in self.roster),
        ]:
            if numbers:
                yield Finding(f"»{hidden(place)}«: {refusal(numbers)}", anchor)

    def _contested_warnings(self) -> Iterator[Finding]:
        for section in self.charter.standing_sections():
            if section.is_contested:
                message = _(
                    "En tekst, der blev skrevet samtidig i »%(heading)s«, er ikke med. Se historikken."
                )
                yield Finding(message % {"heading": section.heading}, section.anchor)

    def _roster_warnings(self) -> Iterator[Finding]:
        for membership in self.roster:
            for warning in membership.warnings():
                yield Finding(warning, MEMBERS_ANCHOR)
        if self.roster and not any(membership.decides for membership in self.roster):
            yield Finding(
                _(
                    "Ingen i gruppen kan godkende kommissoriet: alle er suppleanter, observatører "
                    "eller leverandørrepræsentanter."
                ),
                MEMBERS_ANCHOR,
            )

    def _project_warnings(self) -> Iterator[Finding]:
        """Source: OS2 governance checklist 1.1.0, G6; os2.eu/arbejdsgrupper on a missing styregruppe."""
        group, project = self.charter.group, self.charter.group.project
        if project is None:
            return
        if self.charter.level and self.charter.level != project.level:
            yield Finding(
                _("Produktniveauet i kommissoriet er et andet end projektets (%(level)s).")
                % {"level": project.get_level_display()},
                HEADING_ANCHOR,
            )
        if (
            group.kind == WorkingGroup.Kind.COORDINATION
            and project.level in (Project.Level.LEVEL_2, Project.Level.LEVEL_3)
            and project.open_steering_group() is None
        ):
            yield Finding(
                _(
                    "Projektet har ingen styregruppe. Fra Niveau 2 skal der være en (G6); indtil da "
                    "varetager koordinationsgruppen også styregruppens opgaver."
                ),
                TEXT_ANCHOR,
            )

    def _removed_warnings(self) -> Iterator[Finding]:
        for section in self.charter.removed_sections():
            if section.source_id:
                yield Finding(
                    _("Standardtekstens afsnit »%(heading)s« er taget ud.") % {"heading": section.heading},
                    TEXT_ANCHOR,
                )


def _named(membership: Membership) -> str:
    """The words that an edition names a member with."""
    return f"{membership.person.name}\n{membership.organisation or ''}"
