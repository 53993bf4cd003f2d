"""What a person who leaves a group was to see to there, and handing it over.

Adopted editions name the person for good; only the follow-up of what is in force goes on with another.
Without another the person stays the responsible one, and the obligation is shown as without anyone.
"""

from __future__ import annotations

from typing import Any

from charters.models import Obligation
from members.leaving import duties_asked, duties_handed_over
from members.models import User, WorkingGroup


def _duties(person: User, groups: list[int], **_: Any) -> dict[int, list[str]]:
    duties: dict[int, list[str]] = {}
    for obligation in Obligation.objects.in_force().filter(responsible=person, group__in=groups):
        duties.setdefault(obligation.group_id, []).append(obligation.wording)
    return duties


def _hand_over(group: WorkingGroup, person: User, successor: User, **_: Any) -> None:
    for obligation in Obligation.objects.in_force().filter(responsible=person, group=group):
        obligation.responsible = successor
        obligation.save(update_fields=["responsible"])


def connect() -> None:
    """Listen to whoever leaves; the register itself knows nothing of obligations."""
    duties_asked.connect(_duties, dispatch_uid="charters_duties_asked")
    duties_handed_over.connect(_hand_over, dispatch_uid="charters_duties_handed_over")
