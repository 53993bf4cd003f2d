"""The rows of the overview: one query each for the groups, charters, obligations and faults of a page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from charters.charter_state import CharterState, state_of
from charters.models import Charter, FollowUp, Obligation
from charters.models.charter_query import the_text
from charters.overview.faults import Place, places
from charters.overview.scope import Scope
from members import shortfalls
from members.access import LEADING_ROLES
from members.models import Membership, Project, WorkingGroup

Kind = WorkingGroup.Kind


@dataclass(frozen=True)
class Tally:
    """How many obligations a group has in force, how many were met, and how many wait for a follow-up."""

    total: int = 0
    met: int = 0
    overdue: int = 0


@dataclass(frozen=True)
class GroupRow:
    """A group, and how it stands."""

    group: WorkingGroup
    state: CharterState
    charter: Charter | None  # the edition in force
    is_rewriting: bool  # a draft of the next edition is under way
    has_newer_text: bool  # OS2's, than the one its text is made from
    obligations: Tally
    faults: int

    @property
    def leader(self) -> str:
        return getattr(self.group, "leader", None) or ""


@dataclass
class ProjectRow:
    """A project with its groups; ``faults`` are its own and those of all its groups."""

    project: Project
    faults: int
    groups: list[GroupRow] = field(default_factory=list)

    @property
    def steering(self) -> GroupRow | None:
        return self._leading(Kind.STEERING)

    @property
    def coordination(self) -> GroupRow | None:
        return self._leading(Kind.COORDINATION)

    @property
    def subgroups(self) -> list[GroupRow]:
        return [row for row in self.groups if row.group.parent_id is not None]

    @property
    def must_be_steered(self) -> bool:
        return self.project.level in shortfalls.FROM_LEVEL_2

    def _leading(self, kind: str) -> GroupRow | None:
        leading = (row for row in self.groups if row.group.kind == kind and row.group.parent_id is None)
        return next(leading, None)


def with_leader(groups: QuerySet[WorkingGroup]) -> QuerySet[WorkingGroup]:
    """With ``leader``: the name of whoever stands first in the roster among those who lead."""
    leading = Membership.objects.current().filter(group=OuterRef("pk"), role__in=LEADING_ROLES)
    return groups.annotate(leader=Subquery(leading.in_roster_order().values("person__name")[:1]))


def rows_of(
    projects: Sequence[Project], professional: Sequence[WorkingGroup], *, found: Iterable[Place] | None = None
) -> tuple[list[ProjectRow], list[GroupRow]]:
    """The rows of some projects and faggrupper.

    Args:
        projects: open ones.
        professional: asked for ``with_leader``.
        found: where something is wrong in the register, if that is known already.
    """
    bound = with_leader(WorkingGroup.objects.open().filter(project__in=projects))
    groups = [*bound.exclude(kind=Kind.PROFESSIONAL), *professional]
    standing = _Standing(groups, found if found is not None else faults_of(projects, professional))
    rows = {project.pk: ProjectRow(project, standing.of_project[project.pk]) for project in projects}
    for group in groups:
        if group.project_id and group.kind != Kind.PROFESSIONAL:
            rows[group.project_id].groups.append(standing.row(group))
    return list(rows.values()), [standing.row(group) for group in professional]


def faults_of(projects: Sequence[Project], professional: Sequence[WorkingGroup]) -> list[Place]:
    """Where something is wrong in some projects, all their groups, and some faggrupper."""
    theirs = Q(project__in=projects) | Q(pk__in=[group.pk for group in professional])
    return places(
        Scope(
            WorkingGroup.objects.open().filter(theirs),
            Project.objects.open().filter(pk__in=[project.pk for project in projects]),
        )
    )


class _Standing:
    """What is known of some groups, read at once."""

    def __init__(self, groups: Sequence[WorkingGroup], found: Iterable[Place]) -> None:
        self.charters: dict[int, list[Charter]] = defaultdict(list)
        by_id = {group.pk: group for group in groups}
        for charter in _charters(by_id):
            charter.group = by_id[charter.group_id]
            self.charters[charter.group_id].append(charter)
        self.tallies = _tallies(by_id)
        self.of_project: Counter[int | None] = Counter()
        self.of_group: Counter[int | None] = Counter()
        for place in found:
            self.of_project[place.project] += 1
            self.of_group[place.group] += 1

    def row(self, group: WorkingGroup) -> GroupRow:
        charters = self.charters[group.pk]
        current = next((c for c in charters if not c.is_draft), None)
        shown = current or next(iter(charters), None)
        text = the_text(charters)
        return GroupRow(
            group=group,
            state=state_of(shown) if shown else CharterState("missing", _("Mangler kommissorium")),
            charter=current,
            is_rewriting=current is not None and len(charters) > 1,
            has_newer_text=text is not None and text.has_newer_text,
            obligations=self.tallies.get(group.pk, Tally()),
            faults=self.of_group[group.pk],
        )


def _charters(groups: Iterable[int]) -> QuerySet[Charter]:
    living = Charter.objects.living().filter(group__in=list(groups)).with_newer_text()
    return living.only("group_id", "number", "state", "review_on", "dated_on", "given_up_at")


def _tallies(groups: Iterable[int]) -> dict[int, Tally]:
    in_force: Any = Obligation.objects.in_force().filter(group__in=list(groups)).with_last_follow_up()
    counts = (
        in_force.order_by()
        .values("group_id")
        .annotate(
            total=Count("pk"),
            met=Count("pk", filter=Q(last_status=FollowUp.Status.MET)),
            overdue=Count("pk", filter=Q(next_on__lt=timezone.localdate())),
        )
    )
    return {row.pop("group_id"): Tally(**row) for row in counts.values("group_id", "total", "met", "overdue")}
