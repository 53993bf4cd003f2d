"""The overview for a spreadsheet: one row a group, and one for a project without any."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from charters.kinds import KINDS
from charters.overview.listing import Listing
from charters.overview.rows import GroupRow
from members.models import Project

COLUMNS = [
    "projekt",
    "niveau",
    "tovholder",
    "gruppe",
    "type",
    "undergruppe",
    "leder",
    "kommissorium",
    "udgave",
    "vedtaget",
    "gennemgang",
    "ny udgave i gang",
    "ældre standardtekst",
    "forpligtelser",
    "opfyldt",
    "overskredet",
    "at rette",
]


def export_rows(listing: Listing) -> Iterator[list[Any]]:
    """All rows of a listing: the projects with their groups, and after them the faggrupper."""
    professional: list[list[Any]] = []
    for projects, groups in listing.pieces():
        for row in projects:
            for group in row.groups:
                yield _row(row.project, group)
            if not row.groups:
                yield [*_of_project(row.project), *[None] * (len(COLUMNS) - 4), row.faults]
        professional += [_row(group.group.project, group) for group in groups]
    yield from professional


def _of_project(project: Project | None) -> list[Any]:
    if project is None:
        return [None, None, None]
    return [
        project.name,
        project.get_level_display(),
        project.facilitator.name if project.facilitator else None,
    ]


def _row(project: Project | None, row: GroupRow) -> list[Any]:
    charter, obligations = row.charter, row.obligations
    return [
        *_of_project(project),
        row.group.name,
        KINDS[row.group.kind].word,
        _yes_or_no(row.group.parent_id is not None),
        row.leader,
        row.state.label,
        charter.number if charter else None,
        charter.dated_on if charter else None,
        charter.review_on if charter else None,
        _yes_or_no(row.is_rewriting),
        _yes_or_no(row.has_newer_text),
        obligations.total,
        obligations.met,
        obligations.overdue,
        row.faults,
    ]


def _yes_or_no(is_so: bool) -> str:
    return _("ja") if is_so else _("nej")
