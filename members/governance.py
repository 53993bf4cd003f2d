"""What OS2's governance asks of a project at its level, and how it stands: følg-eller-forklar.

Source: OS2 governance checklist 1.1.0, G3, G6, G7, G11 and G12; levels inherit. A requirement that is not
met is to be explained; it never stops anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members import access
from members.models import Explanation, Membership, Project, User, WorkingGroup
from members.models.project import ProjectQuerySet

Requirement, Level, Kind = Explanation.Requirement, Project.Level, WorkingGroup.Kind
_FROM_LEVEL_1 = frozenset({Level.LEVEL_1, Level.LEVEL_2, Level.LEVEL_3})
_FROM_LEVEL_2 = frozenset({Level.LEVEL_2, Level.LEVEL_3})


@dataclass(frozen=True)
class Finding:
    """How a project stands with one requirement.

    Attributes:
        recommended: OS2 recommends it only; lacking it is a warning, not a shortfall.
        remark: what the register sees.
        explanation: what the project has written.
        doubt: what makes a "yes" doubtful: the checklist speaks of people and groups that are at work.
    """

    requirement: Explanation.Requirement
    met: bool
    remark: str
    recommended: bool = False
    explanation: Explanation | None = None
    doubt: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to follow or explain."""
        return not self.met and self.explanation is None

    @property
    def is_shortfall(self) -> bool:
        """Required, not met and not explained."""
        return self.is_open and not self.recommended

    @property
    def mark(self) -> str:
        """The state of the status mark."""
        if self.met:
            return "missing" if self.doubt else "met"
        return "due" if self.is_shortfall else "missing"

    @property
    def label(self) -> str:
        if self.met:
            return _("Tvivl") if self.doubt else _("Opfyldt")
        if self.explanation:
            return _("Ikke opfyldt, forklaret")
        return _("Ikke opfyldt, anbefales") if self.recommended else _("Ikke opfyldt")


def with_what_counts(projects: ProjectQuerySet, *, reader: User | AnonymousUser) -> ProjectQuerySet:
    """The projects with what ``findings`` reads, in four queries however many there are.

    Only the groups that ``reader`` may see count: what a private group fulfils would tell that it is there.
    """
    board = Membership.objects.current().filter(represents_board=True).select_related("person")
    groups = WorkingGroup.objects.visible_to(reader).with_member_count()
    groups = groups.prefetch_related(Prefetch("memberships", board))
    return projects.select_related("facilitator").prefetch_related(Prefetch("groups", groups), "explanations")


def find_project(reader: User | AnonymousUser, slug: str) -> Project:
    """The project at an address, for a view that says how it stands.

    Raises:
        Http404: there is none.
    """
    return get_object_or_404(with_what_counts(Project.objects.all(), reader=reader), slug=slug)


def findings(project: Project) -> list[Finding]:
    """How an open project stands with each requirement of its level; none for a closed one.

    Reads the project's ``groups``, those who represent the board in them, and ``explanations``: pages ask
    for their projects ``with_what_counts``.
    """
    if project.is_closed:
        return []
    explained = {explanation.requirement: explanation for explanation in project.explanations.all()}
    groups = leading_groups(project)
    found = []
    for requirement, met, remark, recommended in _asked(project, groups):
        doubt = _doubt(requirement, project, groups) if met else ""
        found.append(
            Finding(requirement, met, doubt or remark, recommended, explained.get(requirement), doubt)
        )
    return found


def leading_groups(project: Project) -> dict[str, WorkingGroup]:
    """The open groups that lead a project, by type; a subgroup is not one of them."""
    groups = project.groups.all()
    return {group.kind: group for group in groups if not group.is_closed and not group.parent_id}


def _asked(
    project: Project, groups: Mapping[str, WorkingGroup]
) -> Iterator[tuple[Explanation.Requirement, bool, str, bool]]:
    if project.level in _FROM_LEVEL_1:
        named = project.facilitator is not None
        remark = project.facilitator.name if project.facilitator else _("Projektet har ingen tovholder.")
        yield Requirement.G3, named, remark, False
    steering, coordination = groups.get(Kind.STEERING), groups.get(Kind.COORDINATION)
    if project.level in _FROM_LEVEL_2:
        remark = "" if steering else _without_steering(coordination)
        yield Requirement.G6, steering is not None, remark, False
        remark = "" if coordination else _("Registret viser ingen koordinationsgruppe.")
        yield Requirement.G7, coordination is not None, remark, True
    if project.level == Level.LEVEL_3:
        yield Requirement.G11, *_approved_by_board(steering), False
        yield Requirement.G12, *_with_the_board_in_it(steering), False


def _without_steering(coordination: WorkingGroup | None) -> str:
    if coordination:
        return _("Registret viser ingen styregruppe. Koordinationsgruppen overtager dens opgaver imens.")
    return _("Registret viser ingen styregruppe.")


def _approved_by_board(steering: WorkingGroup | None) -> tuple[bool, str]:
    if steering is None:
        return False, _without_steering(None)
    if steering.board_approved_on is None:
        return False, _("Registret har ingen dato for bestyrelsens godkendelse.")
    return True, _("Godkendt den %(day)s.") % {"day": date_format(steering.board_approved_on)}


def _with_the_board_in_it(steering: WorkingGroup | None) -> tuple[bool, str]:
    if steering is None:
        return False, _without_steering(None)
    seats = steering.memberships.all()
    names = [seat.person.name for seat in seats if seat.sits_for_board and seat.is_current]
    return bool(names), ", ".join(names) or _("Ingen i styregruppen står som bestyrelsens repræsentant.")


def _doubt(requirement: Explanation.Requirement, project: Project, groups: Mapping[str, WorkingGroup]) -> str:
    if requirement == Requirement.G3 and project.facilitator and not project.facilitator.is_active:
        return _("%(name)s står som tovholder, men er ikke længere aktiv i registret.") % {
            "name": project.facilitator.name
        }
    shown_by = {Requirement.G6: Kind.STEERING, Requirement.G7: Kind.COORDINATION}.get(requirement)
    group = groups.get(shown_by) if shown_by else None
    if group and not group.member_count:  # type: ignore[attr-defined]
        return _("Gruppen er nedsat, men har ingen medlemmer i dag.")
    return ""


def may_explain(user: User | AnonymousUser, project: Project) -> bool:
    """The secretariat's and the project's own facilitator's to write."""
    return access.is_secretariat(user) or (user.is_authenticated and project.facilitator_id == user.pk)
