"""When a group is closed its charter ends with it: nothing is in force in a group that is no more."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from members.models import WorkingGroup


def retire_charters(group: WorkingGroup) -> None:
    """End what is in force in a closed group, on the day it was closed; safe to run again."""
    for charter in group.charters.adopted():
        charter.retire(on=group.closed_on)


def _group_saved(instance: WorkingGroup, *, raw: bool = False, **_: Any) -> None:
    if instance.is_closed and not raw:
        retire_charters(instance)


def connect() -> None:
    """Listen to every saved group, the admin's included; the register itself knows nothing of charters."""
    post_save.connect(_group_saved, sender=WorkingGroup, dispatch_uid="charters_group_closed")
