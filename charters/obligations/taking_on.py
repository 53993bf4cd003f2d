"""From the points of an adopted charter to the obligations of its group."""

from __future__ import annotations

from charters.models import Charter, Obligation
from charters.obligations.stated import stated


def take_on(charter: Charter) -> None:
    """Make the group's obligations those of an adopted charter.

    One with the same wording lives on, with its history; a new one begins here; the others end here.
    """
    standing = {(o.area, o.wording): o for o in charter.group.obligations.in_force()}
    for position, (area, wording) in enumerate(stated(charter.standing_sections()), start=1):
        if (obligation := standing.pop((area, wording), None)) is None:
            obligation = Obligation(group=charter.group, area=area, wording=wording, introduced_in=charter)
        obligation.position = position
        obligation.save()
    for gone in standing.values():
        gone.retired_in = charter
        gone.save(update_fields=["retired_in"])
