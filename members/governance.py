"""What OS2's governance asks of a project at its level, and how it stands: følg-eller-forklar.

Source: OS2 governance checklist 1.1.0, G3, G6, G7, G11 and G12; levels inherit. A requirement that is not
met is to be explained; it never stops anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from members import access
from members.models import Explanation, Project, User, WorkingGroup

Requirement, Level, Kind = Explanation.Requirement, Project.Level, WorkingGroup.Kind
_FROM_LEVEL_1 = frozenset({Level.LEVEL_1, Level.LEVEL_2, Level.LEVEL_3})
_FROM_LEVEL_2 = frozenset({Level.LEVEL_2, Level.LEVEL_3})


@dataclass(frozen=True)
class Finding:
    """How a project stands with one requirement.

    Attributes:
        met: True, False, or None where the register cannot know: then the text itself is the answer.
        recommended: OS2 recommends it only; lacking it is a warning, not a shortfall.
        remark: what the register sees.
        explanation: what the project has written.
    """

    requirement: Explanation.Requirement
    met: bool | None
    remark: str
    recommended: bool = False
    explanation: Explanation | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to follow or explain."""
        return not self.met and self.explanation is None

    @property
    def is_shortfall(self) -> bool:
        """Required, not met and not explained."""
        return self.is_open and self.met is False and not self.recommended

    @property
    def mark(self) -> str:
        """The state of the status mark."""
        if self.met:
            return "met"
        return "due" if self.is_shortfall else "missing"

    @property
    def label(self) -> str:
        if self.met:
            return _("Opfyldt")
        if self.met is None:
            return _("Oplyst") if self.explanation else _("Skal oplyses")
        if self.explanation:
            return _("Ikke opfyldt, forklaret")
        return _("Anbefales") if self.recommended else _("Ikke opfyldt")


def findings(project: Project) -> list[Finding]:
    """How an open project stands with each requirement of its level; none for a closed one.

    Reads the project's ``groups`` and ``explanations``: prefetch them for a list.
    """
    if project.is_closed:
        return []
    explained = {explanation.requirement: explanation for explanation in project.explanations.all()}
    kinds = {g.kind for g in project.groups.all() if not g.is_closed and g.parent_id is None}
    return [
        Finding(requirement, met, remark, recommended, explained.get(requirement))
        for requirement, met, remark, recommended in _asked(project, kinds)
    ]


def _asked(
    project: Project, kinds: Collection[str]
) -> Iterator[tuple[Explanation.Requirement, bool | None, str, bool]]:
    if project.level in _FROM_LEVEL_1:
        named = project.facilitator is not None
        remark = project.facilitator.name if project.facilitator else _("Projektet har ingen tovholder.")
        yield Requirement.G3, named, remark, False
    steered = Kind.STEERING in kinds
    if project.level in _FROM_LEVEL_2:
        coordinated = Kind.COORDINATION in kinds
        lacking = (
            _("Projektet har ingen styregruppe. Koordinationsgruppen overtager dens opgaver imens.")
            if coordinated
            else _("Projektet har ingen styregruppe.")
        )
        yield Requirement.G6, steered, "" if steered else lacking, False
        remark = "" if coordinated else _("Projektet har ingen koordinationsgruppe.")
        yield Requirement.G7, coordinated, remark, True
    if project.level == Level.LEVEL_3:
        # The register knows nothing of the board's decisions; without a styregruppe the answer is no.
        met = None if steered else False
        remark = _("Registret kan ikke se det. Skriv, hvordan det forholder sig.") if steered else ""
        yield Requirement.G11, met, remark, False
        yield Requirement.G12, met, remark, False


def may_explain(user: User | AnonymousUser, project: Project) -> bool:
    """The secretariat's and the project's own facilitator's to write."""
    return access.is_secretariat(user) or (user.is_authenticated and project.facilitator_id == user.pk)
