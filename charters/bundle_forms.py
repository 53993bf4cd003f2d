"""Choosing which charters go into a zip."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from charters.models import Charter, Selection
from members.forms.filters import FilterForm, any_of
from members.models import Project, WorkingGroup
from members.submissions import SubmissionForm


class SelectionForm(FilterForm):
    """Project, type and level. Nonsense narrows nothing."""

    project = forms.ModelChoiceField(
        label=_("Projekt"),
        queryset=Project.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Alle"),
    )
    kind = forms.ChoiceField(label=_("Type"), choices=any_of(_("Alle"), WorkingGroup.Kind), required=False)
    level = forms.ChoiceField(label=_("Niveau"), choices=any_of(_("Alle"), Project.Level), required=False)
    # The number follows the choice by itself; without JavaScript it does when "Vis" is pressed.
    attrs: ClassVar[dict[str, Any]] = {
        "hx-get": reverse_lazy("charters:bundle-create"),
        "hx-trigger": "change",
        "hx-target": "#udvalg",
        "hx-select": "#udvalg > *",
        "hx-replace-url": "true",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_charter = Charter.objects.adopted().values("group__project")
        chosen_from: Any = self.fields["project"]
        chosen_from.queryset = Project.objects.filter(pk__in=with_charter)

    @property
    def selection(self) -> Selection:
        """What was chosen, of a form that was validated."""
        chosen = self.cleaned_data
        return Selection(chosen.get("project"), chosen.get("kind") or "", chosen.get("level") or "")


class BundleForm(SubmissionForm, SelectionForm):
    """The same choice, to be collected: what one sees the number of is what one orders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = field.hidden_widget()
