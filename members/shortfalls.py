"""Which projects fall short of what their level demands, asked of the database.

``governance.findings`` says it of one project, in words; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from members.models import Explanation, Project, WorkingGroup
from members.models.period import in_force
from members.models.project import ProjectQuerySet

Requirement, Level = Explanation.Requirement, Project.Level
FROM_LEVEL_1 = [Level.LEVEL_1, Level.LEVEL_2, Level.LEVEL_3]
FROM_LEVEL_2 = [Level.LEVEL_2, Level.LEVEL_3]


def short_of(projects: ProjectQuerySet, requirement: str) -> ProjectQuerySet:
    """Those of the open ``projects`` that must meet a requirement, do not, and have not explained why.

    G7 is a recommendation only: nobody is short of it.
    """
    explained = Explanation.objects.filter(requirement=requirement).values("project")
    return projects.open().filter(_SHORT[requirement]()).exclude(pk__in=explained)


def without_steering_group(projects: ProjectQuerySet) -> ProjectQuerySet:
    """The open ones whose level demands a styregruppe that they do not have, explained or not."""
    return projects.open().filter(_unsteered())


def _unmanaged() -> Q:
    return Q(level__in=FROM_LEVEL_1, facilitator=None)


def _unsteered() -> Q:
    return Q(level__in=FROM_LEVEL_2) & ~_has_steering_group()


def _unapproved() -> Q:
    return Q(level=Level.LEVEL_3) & ~_has_steering_group(board_approved_on__isnull=False)


def _unrepresented() -> Q:
    seat = in_force("memberships__") & Q(memberships__represents_board=True)
    return Q(level=Level.LEVEL_3) & ~_has_steering_group(seat)


def _has_steering_group(*conditions: Q, **fields: object) -> Q:
    groups = WorkingGroup.objects.open().steering().filter(*conditions, **fields)
    return Q(pk__in=groups.values("project"))


_SHORT: dict[str, Callable[[], Q]] = {
    Requirement.G3: _unmanaged,
    Requirement.G6: _unsteered,
    Requirement.G11: _unapproved,
    Requirement.G12: _unrepresented,
}
