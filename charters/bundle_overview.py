"""The list in a bundle: one row an edition, for a spreadsheet."""

from __future__ import annotations

import csv
import io

from django.db.models import Count
from django.utils.translation import gettext as _

from charters.kinds import KINDS
from charters.models import Bundle
from charters.open_data import cell

COLUMNS = [
    "projekt",
    "niveau",
    "gruppe",
    "type",
    "udgave",
    "vedtaget",
    "gennemgang",
    "medlemmer",
    "offentlig",
    "fil",
    "fingeraftryk",
]


def overview_of(bundle: Bundle) -> str:
    """The list as CSV: semicolons and a mark of UTF-8, which Danish Excel opens as it is.

    Project and level are those of the register today, which the editions were chosen by. Members are counted
    as each edition names them.
    """
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    entries = bundle.entries.select_related("charter__group__project")
    for entry in entries.annotate(members=Count("charter__members")):
        charter, group = entry.charter, entry.charter.group
        project = group.project
        row = [
            project.name if project else "",
            project.get_level_display() if project else "",
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
        writer.writerow([cell(value) for value in row])
    return out.getvalue()
