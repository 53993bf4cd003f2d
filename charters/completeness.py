"""What a draft still lacks, and which of the standard text's rules it looks to break."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from charters import text
from charters.models import Charter, Section
from members.models import Project, WorkingGroup

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


def unfilled(charter: Charter, *, dated_on: datetime.date | None = None) -> list[Finding]:
    """What must be filled in before the charter can be adopted.

    Args:
        charter: the draft.
        dated_on: the date it is about to be given, None for the one in its heading.
    """
    return [
        *_unfilled_heading(charter, dated_on or charter.dated_on),
        *_unfilled_sections(charter, list(charter.standing_sections())),
    ]


def warnings(charter: Charter) -> list[Finding]:
    """Rules of the standard text that the draft looks to break. They never stop anything."""
    return [*_roster_warnings(charter), *_project_warnings(charter), *_removed_warnings(charter)]


def _unfilled_heading(charter: Charter, dated_on: datetime.date | None) -> Iterator[Finding]:
    group = charter.group
    if group.project_id and (not charter.project_name or _PLACEHOLDER.search(charter.project_name)):
        yield Finding(_("Projektets navn mangler."), HEADING_ANCHOR)
    if group.project_id and not charter.level:
        yield Finding(_("Produktniveau mangler."), HEADING_ANCHOR)
    if dated_on is None:
        yield Finding(_("Dato mangler."), HEADING_ANCHOR)
    if not group.roster().exists():
        yield Finding(_("Gruppen har ingen medlemmer."), MEMBERS_ANCHOR)


def _unfilled_sections(charter: Charter, sections: list[Section]) -> Iterator[Finding]:
    if not sections:
        yield Finding(_("Kommissoriet har ingen afsnit."), TEXT_ANCHOR)
    for section in sections:
        heading = {"heading": section.heading}
        if section.is_empty and section.must_be_filled:
            yield Finding(_("»%(heading)s« skal udfyldes af gruppen.") % heading, section.anchor)
        elif section.is_empty:
            yield Finding(
                _("»%(heading)s« har ingen tekst. Skriv noget, eller fjern afsnittet.") % heading,
                section.anchor,
            )
        elif _PLACEHOLDER.search(section.heading + " " + text.plain(section.body)):
            yield Finding(_("Der står stadig »xyz« i »%(heading)s«.") % heading, section.anchor)


def _roster_warnings(charter: Charter) -> Iterator[Finding]:
    roster = list(charter.group.roster())
    for membership in roster:
        membership.group = charter.group
        for warning in membership.warnings():
            yield Finding(warning, MEMBERS_ANCHOR)
    if roster and not any(membership.decides for membership in roster):
        yield Finding(
            _(
                "Ingen i gruppen kan godkende kommissoriet: alle er suppleanter, observatører eller leverandørrepræsentanter."
            ),
            MEMBERS_ANCHOR,
        )


def _project_warnings(charter: Charter) -> Iterator[Finding]:
    group = charter.group
    project = group.project
    if project is None:
        return
    if charter.level and charter.level != project.level:
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
                "Projektet har ingen styregruppe. Fra Niveau 2 skal der være en (G6); indtil da varetager "
                "koordinationsgruppen også styregruppens opgaver."
            ),
            TEXT_ANCHOR,
        )


def _removed_warnings(charter: Charter) -> Iterator[Finding]:
    for section in charter.removed_sections().exclude(source=None):
        yield Finding(
            _("Standardtekstens afsnit »%(heading)s« er taget ud.") % {"heading": section.source.heading},
            TEXT_ANCHOR,
        )
