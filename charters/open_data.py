"""What is public, as data: one edition, and the list of all public groups with the charter of each.

The schemas are described on the page ``charters:data``; a change that breaks a reader gets a new number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from charters.documents.charter_pdf import Address
from charters.edition import Edition
from charters.kinds import KINDS
from charters.models import Approval, Charter
from members.models import Project, WorkingGroup
from members.spreadsheet import csv_of

EDITION_SCHEMA = "os2arbejdsgrupper/udgave/1"
LIST_SCHEMA = "os2arbejdsgrupper/grupper/1"
COLUMNS = [
    "gruppe",
    "type",
    "projekt",
    "niveau",
    "nedsat",
    "nedlagt",
    "kommissorium",
    "udgave",
    "vedtaget",
    "gennemgang",
    "fingeraftryk",
    "adresse",
]


def edition_data(charter: Charter, edition: Edition, *, content: str, address: Address) -> dict[str, Any]:
    """A frozen edition, with what is needed to check it.

    Args:
        charter: the edition's row.
        edition: what it says.
        content: its canonical content, as it was stored; the fingerprint is the SHA-256 of just these bytes.
        address: makes whole addresses.
    """
    page = charter.get_absolute_url()
    given = Approval.objects.filter(member__charter=charter)
    approvals = dict(given.values_list("member__position", "given_on"))
    return {
        "schema": EDITION_SCHEMA,
        "url": address(page),
        "pdf": address(f"{page}pdf/"),
        "state": charter.state,
        "superseded_on": _day(charter.superseded_on),
        "retired_on": _day(charter.retired_on),
        "fingerprint": charter.fingerprint,
        "content": json.loads(content),
        "names": [
            {
                "name": member.name,
                "salt": member.salt,
                "removed": not member.name,
                "approved_on": _day(approvals.get(position)),
            }
            for position, member in enumerate(edition.members, start=1)
        ],
    }


def groups_data(address: Address) -> list[dict[str, Any]]:
    """All public groups by name, with the charter in force of each: two queries."""
    groups = list(WorkingGroup.objects.public().select_related("project").order_by("sort_key", "pk"))
    charters = Charter.objects.adopted().filter(group__in=WorkingGroup.objects.public())
    in_force = {charter.group_id: charter for charter in charters}
    return [_group_data(group, in_force.get(group.pk), address) for group in groups]


def _group_data(group: WorkingGroup, charter: Charter | None, address: Address) -> dict[str, Any]:
    if charter:
        charter.group = group
    return {
        "name": group.name,
        "kind": group.kind,
        "url": address(group.get_absolute_url()),
        "project": group.project.name if group.project else None,
        "level": group.project.level if group.project else None,
        "established_on": _day(group.established_on),
        "closed_on": _day(group.closed_on),
        "charter": {
            "edition": charter.number,
            "url": address(charter.get_absolute_url()),
            "adopted_on": _day(charter.dated_on),
            "review_on": _day(charter.review_on),
            "fingerprint": charter.fingerprint,
        }
        if charter
        else None,
    }


def groups_csv(groups: Iterable[dict[str, Any]]) -> str:
    """The same list for a spreadsheet."""
    return csv_of(COLUMNS, map(_row, groups))


def _row(group: dict[str, Any]) -> list[Any]:
    charter = group["charter"] or {}
    return [
        group["name"],
        KINDS[group["kind"]].word,
        group["project"],
        Project.Level(group["level"]).label if group["level"] else "",
        group["established_on"],
        group["closed_on"],
        _("ja") if charter else _("nej"),
        *(charter.get(name) for name in ("edition", "adopted_on", "review_on", "fingerprint")),
        charter.get("url") or group["url"],
    ]


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
