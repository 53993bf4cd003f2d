"""The list in a bundle: one row an edition, for a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from charters.kinds import KINDS
from charters.models import Bundle
from members.spreadsheet import csv_of

COLUMNS = [
    "projekt",
    "niveau",
    "gruppe",
    "type",
    "udgave",
    "vedtaget",
    "gennemgang",
    "medlemmer ved vedtagelsen",
    "offentlig",
    "fil",
    "fingeraftryk",
]


def overview_of(bundle: Bundle) -> str:
    """The list as CSV.

    Project and level are those of the register today, which the editions were chosen by. Members are counted
    as each edition names them.
    """
    entries = bundle.entries.select_related("charter__group__project")
    return csv_of(COLUMNS, map(_row, entries.annotate(members=Count("charter__members"))))


def _row(entry: Any) -> list[Any]:
    charter, group = entry.charter, entry.charter.group
    return [
        group.project.name if group.project else "",
        group.project.get_level_display() if group.project else "",
        group.name,
        KINDS[group.kind].word,
        charter.number,
        charter.dated_on,
        charter.review_on,
        entry.members,
        _("ja") if group.is_public else _("nej"),
        entry.name,
        charter.fingerprint,
    ]
