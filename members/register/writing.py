"""A list that somebody has said yes to, written in the register: all of it, or nothing."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _t

from members import access
from members.log.acts import Act
from members.log.noting import note
from members.models import LogEntry, RegisterFile, User
from members.register.known import register_for
from members.register.plan import Choices, Plan, plan


class PlanChangedError(Exception):
    """The register is not as it was when the plan was shown; nothing is written."""


class RefusedRowsError(Exception):
    """Some rows cannot be written, and nobody has said that they may be passed over; nothing is written."""


def planned(file: RegisterFile, choices: Choices, *, lock: bool = False) -> Plan:
    """What the file would make of the register as it stands now."""
    rows, group = file.rows["rows"], file.rows["group"]
    return plan(rows, register_for(rows, group=group, lock=lock), group=group, choices=choices)


@transaction.atomic
def bring_in(file: RegisterFile, choices: Choices, *, seen: str, skip_refused: bool, by: User) -> Plan | None:
    """Write a list in the register. It is looked through once more first, with its groups held.

    Args:
        file: the list.
        choices: as they were when the plan was shown.
        seen: the mark of the plan that was shown.
        skip_refused: write the other rows where some are refused.
        by: whose list it is.

    Returns:
        What was written, or None where that had been done before: the button was pressed twice.

    Raises:
        PlanChangedError: the plan is another by now.
        RefusedRowsError: some rows are refused.
    """
    waiting = RegisterFile.objects.select_for_update().filter(pk=file.pk, owner=by).first()
    if waiting is None:
        return None
    found = planned(waiting, choices, lock=True)
    if found.mark != seen:
        raise PlanChangedError
    if found.refused and not skip_refused:
        raise RefusedRowsError
    _write(found)
    waiting.delete()
    deeds = {str(deed.label): count for deed, count in found.counts}
    note(Act.LIST_BROUGHT_IN, actor=by, additional_data={_t("fil"): waiting.name, **deeds})
    return found


def _write(plan: Plan) -> None:
    """Row by row, so that whoever listens hears of each; the rights of a group are put right once."""
    with access.together(), LogEntry.objects.gathered():
        for organisation in plan.organisations:
            organisation.save()
        for person in plan.people:
            person.set_unusable_password()
            person.save()
        for person in plan.corrected:
            person.save(update_fields=["name", "phone", "title"])
        for membership in plan.memberships:
            if membership.pk is None:
                membership.save(force_insert=True)
            else:
                membership.save(update_fields=["role", "organisation", "joined_on", "left_on"])
