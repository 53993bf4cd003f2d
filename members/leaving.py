"""A person leaves or moves: all their memberships end on a day, and others take over.

Source: OS2's Code of Conduct: whoever leaves a group hands their duties over, so that others can take them.

What is known of elsewhere is told of and handed over by signals, for the register knows nothing of charters.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from members.access import LEADING_ROLES
from members.models import Membership, Project, User, WorkingGroup

# Answered with the person's duties in some groups, in words, by the group's id. Arguments: person, groups.
duties_asked = Signal()
# Sent when somebody takes over in a group. Arguments: group, person, successor.
duties_handed_over = Signal()


@dataclass(frozen=True)
class Handover:
    """What becomes of one membership.

    Attributes:
        membership: the one that ends.
        successor: who takes over, if anybody does.
        role: the successor's.
        field: where in the form it is said what stands against it.
    """

    membership: Membership
    field: str
    successor: User | None = None
    role: str = ""

    def last_day(self, on: datetime.date) -> datetime.date:
        """The day it ends: not after it ends anyway, nor after the group; one to come ends as it begins."""
        ends = [day for day in (self.membership.left_on, self.membership.group.closed_on) if day]
        last = min([on, *ends])
        return max(last, self.membership.joined_on) if self.membership.is_coming else last


@dataclass(frozen=True)
class Leaving:
    """All that happens when a person leaves."""

    person: User
    on: datetime.date
    handovers: Sequence[Handover]
    facilitators: Mapping[Project, User | None] = field(default_factory=dict)  # who is tovholder now
    note: str = ""
    duties_too: bool = True  # those who take over also take what the person was to see to
    deactivate: bool = False


@dataclass(frozen=True)
class Succession:
    """A membership that somebody has after taking over."""

    membership: Membership
    was_inside: bool  # in the group already


def duties_of(person: User, *, groups: Iterable[int]) -> dict[int, list[str]]:
    """What a person is to see to in each of some groups, in words."""
    found: dict[int, list[str]] = {}
    answers: Any = duties_asked.send(sender=User, person=person, groups=list(groups))
    for _receiver, duties in answers:
        for group, words in duties.items():
            found.setdefault(group, []).extend(words)
    return found


def cost_of(memberships: Sequence[Membership]) -> dict[int, str]:
    """What each group is without, in words, if nobody takes over; by the membership's id.

    Args:
        memberships: one person's, each in a group of its own.
    """
    leave = [membership.pk for membership in memberships]
    groups = [membership.group_id for membership in memberships]
    staying = Membership.objects.current().filter(group__in=groups).exclude(pk__in=leave)
    roles: dict[int, set[str]] = {}
    for group, role in staying.values_list("group", "role"):
        roles.setdefault(group, set()).add(role)
    found = {}
    for membership in memberships:
        others = roles.get(membership.group_id, set())
        if membership.group.is_closed:
            continue
        if not others:
            found[membership.pk] = _("Uden efterfølger er der ingen tilbage i gruppen.")
        elif membership.role in LEADING_ROLES and others.isdisjoint(LEADING_ROLES):
            found[membership.pk] = _("Uden efterfølger er der ingen til at lede gruppen.")
    return found


@transaction.atomic
def leave(leaving: Leaving) -> list[Succession]:
    """Do all of it or nothing.

    Raises:
        ValidationError: by field, what stands against each membership.
    """
    groups = [handover.membership.group_id for handover in leaving.handovers]
    list(WorkingGroup.objects.locked().filter(pk__in=groups).order_by("pk"))  # two who leave take turns
    taken: list[Succession] = []
    problems: dict[str, list[str]] = {}
    for handover in leaving.handovers:
        try:
            _end(handover, leaving)
        except ValidationError as error:
            said = [f"{handover.membership.group}: {words}" for words in error.messages]
            problems.setdefault("left_on", []).extend(said)
            continue
        try:
            taken += _hand_over(handover, leaving)
        except ValidationError as error:
            problems.setdefault(handover.field, []).extend(error.messages)
    if problems:
        raise ValidationError(problems)
    for project, successor in leaving.facilitators.items():
        project.facilitator = successor
        project.save(update_fields=["facilitator"])
    if leaving.deactivate:
        leaving.person.deactivate()
    return taken


def _end(handover: Handover, leaving: Leaving) -> None:
    note = _note(handover, leaving.note)
    handover.membership.end(on=handover.last_day(leaving.on), handover_note=note)


def _hand_over(handover: Handover, leaving: Leaving) -> list[Succession]:
    membership, day = handover.membership, handover.last_day(leaving.on)
    group, successor = membership.group, handover.successor
    if successor is None:
        return []
    inside = group.memberships.current_or_coming().filter(person=successor).first()
    if inside is None:
        now = group.add(successor, role=handover.role, joined_on=day)
    elif inside.role == handover.role:
        now = inside
    else:
        now = inside.become(handover.role, on=max(day, inside.joined_on))
    if leaving.duties_too:
        duties_handed_over.send(sender=WorkingGroup, group=group, person=leaving.person, successor=successor)
    return [Succession(now, was_inside=inside is not None)]


def _note(handover: Handover, note: str) -> str:
    if handover.successor is None:
        return note
    takes_over = _("%(name)s overtager.") % {"name": handover.successor.name}
    return f"{takes_over}\n{note}".strip()
