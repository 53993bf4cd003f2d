"""What is public, as data: one edition, and the list of all public groups with the charter of each.

The schemas are described on the page ``charters:data``; a change that breaks a reader gets a new number.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from typing import Any

from charters.edition import Edition
from charters.kinds import KINDS
from charters.models import Charter
from members.models import Project, WorkingGroup

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
# What a spreadsheet begins a formula with; the wide ones as Japanese editions of Excel read them (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
Address = Callable[[str], str]  # the whole address of a path of ours


def edition_data(charter: Charter, edition: Edition, *, content: str, address: Address) -> dict[str, Any]:
    """A frozen edition, with what is needed to check it.

    Args:
        charter: the edition's row.
        edition: what it says.
        content: its canonical content, as it was stored; the fingerprint is the SHA-256 of just these bytes.
        address: makes whole addresses.
    """
    page = charter.get_absolute_url()
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
            {"name": member.name, "salt": member.salt, "removed": not member.name}
            for member in edition.members
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
    """The same list for a spreadsheet: semicolons and a mark of UTF-8, which Danish Excel opens as it is."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    for group in groups:
        charter = group["charter"] or {}
        level = Project.Level(group["level"]).label if group["level"] else ""
        row = [group["name"], KINDS[group["kind"]].word, group["project"], level]
        row += [group["established_on"], group["closed_on"]]
        row.append("ja" if charter else "nej")
        row += [charter.get(name) for name in ("edition", "adopted_on", "review_on", "fingerprint")]
        row.append(charter.get("url") or group["url"])
        writer.writerow([cell(value) for value in row])
    return out.getvalue()


def cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    words = "" if value is None else str(value)
    return f"'{words}" if words.startswith(_FORMULA) or words.lstrip().startswith(_FORMULA) else words


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
