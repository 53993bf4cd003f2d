"""The one form by which somebody leaves all their groups and others take over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.cpr import without_cpr
from members.forms.fields import DateInput, PersonNamed
from members.leaving import Handover, Leaving, cost_of
from members.models import Membership, Project, User
from members.models.period import believable
from members.submissions import SubmissionForm

Role = Membership.Role


@dataclass(frozen=True)
class Row:
    """One of the memberships on the form."""

    membership: Membership
    duties: Sequence[str]
    successor: BoundField | None  # none in a group that is closed
    role: BoundField | None
    cost: str  # what the group is without, if nobody takes over


class LeavingForm(SubmissionForm):
    """When it ends, who takes over where, and what is left to say.

    Args:
        person: who leaves.
        memberships: those that end, with their groups.
        projects: those of which the person is tovholder, as far as whoever asks may change that.
        duties: what the person sees to, by the group's id.
        may_deactivate: whether the login may be taken away too.
    """

    left_on = forms.DateField(
        label=_("Udtræder den"),
        widget=DateInput(),
        validators=[believable],
        help_text=_("Fra den dag har personen ikke længere gruppernes rettigheder, og efterfølgerne er med."),
    )
    handover_note = forms.CharField(
        label=_("Overdragelse"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=700,  # the successor's name is put before it
        required=False,
        validators=[without_cpr],
        help_text=_("Hvad skal de andre vide? (OS2s Code of Conduct: giv dine opgaver videre.)"),
    )
    duties_too = forms.BooleanField(
        label=_("Efterfølgerne overtager straks også ansvaret for forpligtelserne"),
        initial=True,
        required=False,
    )
    deactivate = forms.BooleanField(label=_("Deaktivér også personens login"), required=False)

    def __init__(
        self,
        *args: Any,
        person: User,
        memberships: Sequence[Membership],
        projects: Sequence[Project],
        duties: dict[int, list[str]],
        may_deactivate: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.costs = cost_of(memberships)
        self.person, self.memberships, self.projects, self.duties = person, memberships, projects, duties
        self.fields["left_on"].initial = timezone.localdate()
        for membership in memberships:
            if not membership.group.is_closed:
                self._ask_about(membership)
        for project in projects:
            label = _t("Ny tovholder for %(project)s") % {"project": project}
            self.fields[f"project_{project.pk}"] = PersonNamed(label=label, required=False)
        if not duties:
            del self.fields["duties_too"]
        if not may_deactivate:
            del self.fields["deactivate"]

    def _ask_about(self, membership: Membership) -> None:
        group = {"group": membership.group}
        successor = PersonNamed(label=_t("Efterfølger i %(group)s") % group, required=False)
        same = _t("Samme rolle: %(role)s") % {"role": membership.get_role_display()}
        role = forms.ChoiceField(
            label=_t("Efterfølgerens rolle i %(group)s") % group,
            choices=[("", same), *Role.choices],
            required=False,
        )
        self.fields |= {f"successor_{membership.pk}": successor, f"role_{membership.pk}": role}

    def rows(self) -> Iterator[Row]:
        """What will happen, one membership after the other."""
        for membership in self.memberships:
            is_asked = f"successor_{membership.pk}" in self.fields
            yield Row(
                membership,
                self.duties.get(membership.group_id, []),
                self[f"successor_{membership.pk}"] if is_asked else None,
                self[f"role_{membership.pk}"] if is_asked else None,
                self.costs.get(membership.pk, ""),
            )

    def project_fields(self) -> list[BoundField]:
        return [self[f"project_{project.pk}"] for project in self.projects]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in [*cleaned]:
            if name.startswith(("successor_", "project_")) and cleaned[name] == self.person:
                self.add_error(name, _t("Vælg en anden end den, der udtræder."))
        inside = self._successors_inside(cleaned)
        self.handovers = [self._handover(membership, cleaned, inside) for membership in self.memberships]
        return cleaned

    def _successors_inside(self, cleaned: dict[str, Any]) -> dict[tuple[int, int], Membership]:
        people = {value for name, value in cleaned.items() if name.startswith("successor_") and value}
        groups = [membership.group_id for membership in self.memberships]
        found = Membership.objects.current_or_coming().filter(group__in=groups, person__in=people)
        return {(membership.group_id, membership.person_id): membership for membership in found}

    def _handover(
        self, membership: Membership, cleaned: dict[str, Any], inside: dict[tuple[int, int], Membership]
    ) -> Handover:
        field = f"successor_{membership.pk}"
        if field not in self.fields:
            return Handover(membership, "left_on")
        successor, role = cleaned.get(field), cleaned.get(f"role_{membership.pk}") or ""
        there = inside.get((membership.group_id, successor.pk)) if successor else None
        if there and successor and not role:
            if membership.role not in (Role.MEMBER, there.role):
                self.add_error(f"role_{membership.pk}", _asked_for_role(there, successor))
            role = there.role
        return Handover(membership, field, successor, role or membership.role)

    def leaving(self) -> Leaving:
        """What a valid form asks for."""
        cleaned = self.cleaned_data
        return Leaving(
            self.person,
            on=cleaned["left_on"],
            handovers=self.handovers,
            facilitators={project: cleaned[f"project_{project.pk}"] for project in self.projects},
            note=cleaned["handover_note"],
            duties_too=cleaned.get("duties_too", False),
            deactivate=cleaned.get("deactivate", False),
        )


def _asked_for_role(there: Membership, successor: User) -> ValidationError:
    """The successor is in the group already, and whoever leaves had another role than theirs."""
    words = {"name": successor.name, "role": there.get_role_display().lower()}
    return ValidationError(
        _t("%(name)s er allerede med i gruppen som %(role)s. Vælg, hvilken rolle det skal være.") % words
    )
