"""What an overview speaks of: which open groups and projects, and the states they are looked for in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from charters.models import Charter, Obligation
from members.models import Project, WorkingGroup
from members.models.group import WorkingGroupQuerySet
from members.models.project import ProjectQuerySet


@dataclass(frozen=True)
class Scope:
    """Open groups and open projects; each may be there without the other."""

    groups: WorkingGroupQuerySet
    projects: ProjectQuerySet

    @classmethod
    def everything(cls) -> Scope:
        return cls(WorkingGroup.objects.open(), Project.objects.open())

    @property
    def professional(self) -> WorkingGroupQuerySet:
        """The faggrupper, which need not have a project."""
        return self.groups.filter(kind=WorkingGroup.Kind.PROFESSIONAL)


class State(models.TextChoices):
    """What one looks for; the first is of a project, the others are of a group."""

    NO_GROUP = "mangler-styregruppe", _("Mangler styregruppe")
    NO_CHARTER = "mangler-kommissorium", _("Mangler kommissorium")
    DRAFT = "udkast", _("Har udkast")
    ADOPTED = "vedtaget", _("Har vedtaget kommissorium")
    REVIEW_NEAR = "gennemgaas-snart", _("Gennemgås snart")
    REVIEW_DUE = "skal-gennemgaas", _("Skal gennemgås")
    OLDER_TEXT = "aeldre-standardtekst", _("Ældre standardtekst")
    OVERDUE = "overskredet", _("Overskredne forpligtelser")


def in_state(groups: WorkingGroupQuerySet, state: State) -> WorkingGroupQuerySet:
    """Those of the groups that are in a state of groups."""
    if state == State.NO_CHARTER:
        return without_charter(groups)
    if state == State.OVERDUE:
        return groups.filter(pk__in=Obligation.objects.overdue().values("group"))
    charters = {
        State.DRAFT: Charter.objects.drafts,
        State.ADOPTED: Charter.objects.adopted,
        State.REVIEW_NEAR: Charter.objects.near_review,
        State.REVIEW_DUE: Charter.objects.due_for_review,
        State.OLDER_TEXT: Charter.objects.on_older_text,
    }[state]
    return groups.filter(pk__in=charters().values("group"))


def without_charter(groups: WorkingGroupQuerySet) -> WorkingGroupQuerySet:
    """Those that neither live by a charter nor write one."""
    return groups.filter(~Exists(Charter.objects.living().filter(group=OuterRef("pk"))))
