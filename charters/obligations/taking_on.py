"""From the points of a charter to the obligations of its group."""

from __future__ import annotations

from charters.models import Charter, Obligation
from charters.obligations.outlook import Outlook


def take_on(charter: Charter) -> None:
    """Make the group's obligations those of a charter that is being adopted, in the adoption's transaction.

    One that lives on keeps its history and gets its new words; a new one begins here; the others end here.
    The charter is a draft still: where each stands is frozen with it.
    """
    outlook = Outlook.of(charter)
    for position, point in enumerate(outlook.stated, start=1):
        obligation = outlook.former(point) or Obligation(group=charter.group, introduced_in=charter)
        obligation.area, obligation.wording, obligation.position = point.area, point.wording, position
        obligation.save(update_fields=["area", "wording", "position"] if obligation.pk else None)
        obligation.statements.create(charter=charter, section=point.section, wording=point.wording)
    for gone in outlook.retired:
        gone.retired_in = charter
        gone.save(update_fields=["retired_in"])
