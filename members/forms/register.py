"""Bringing a list of members into the register: the file, what of it to see, and the yes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.forms.fields import BoundedFileField
from members.forms.filters import FilterForm, any_of
from members.layout import page_helper
from members.models import WorkingGroup
from members.package import MAX_FILE
from members.register.known import Groups
from members.register.plan import Choices, Line, Plan


class RegisterFileForm(forms.Form):
    """A list, and the group it is about where it does not say so itself."""

    file = BoundedFileField(
        label=_("Liste (.xlsx eller .csv)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        largest=MAX_FILE,
        too_large=_("Filen er for stor (højst 10 MB). En medlemsliste er kun tekst."),
    )
    group = forms.CharField(
        label=_("Gruppe"),
        max_length=300,
        required=False,
        help_text=_(
            "Gruppens navn eller adresse. Udfyldes kun, når listen ikke selv har en kolonne med grupper."
        ),
    )

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_helper("file", "group", submit=_t("Læs listen"), cancel=cancel)

    def clean_group(self) -> str:
        """The address of the group."""
        words = self.cleaned_data["group"]
        if not words:
            return ""
        found = Groups(WorkingGroup.objects.only("pk", "name", "slug", "closed_on")).find(words)
        if not found:
            raise ValidationError(_t("Gruppen findes ikke. Skriv navnet, som det står på gruppens side."))
        if len(found) > 1:
            raise ValidationError(_t("Flere grupper hedder sådan. Skriv gruppens adresse i stedet."))
        return found[0].slug


class PlanFilter(FilterForm):
    """Which rows to see, and what the list may do beside memberships."""

    class Shown(models.TextChoices):
        REFUSED = "afviste", _("Kun afviste")
        CHANGING = "aendringer", _("Kun det, der ændres")
        NOTED = "bemaerkninger", _("Kun bemærkninger")

    shown = forms.ChoiceField(label=_("Vis"), choices=any_of(_("Alle rækker"), Shown), required=False)
    organisations = forms.BooleanField(label=_("Opret organisationer, som mangler"), required=False)
    people = forms.BooleanField(label=_("Ret navn, telefon og stilling efter listen"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    @property
    def choices(self) -> Choices:
        return Choices(bool(self.chosen("organisations")), bool(self.chosen("people")))

    def apply(self, plan: Plan) -> list[Line]:
        shown = self.chosen("shown")
        if shown == self.Shown.REFUSED:
            return plan.refused
        if shown == self.Shown.CHANGING:
            return plan.changing
        if shown == self.Shown.NOTED:
            return [line for line in plan.lines if line.notes]
        return plan.lines


class ConfirmPlanForm(forms.Form):
    """Yes to a plan as it was shown, with the choices it was made with."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    organisations = forms.BooleanField(widget=forms.HiddenInput, required=False)
    people = forms.BooleanField(widget=forms.HiddenInput, required=False)
    skip_refused = forms.BooleanField(
        label=_("Spring de afviste rækker over, og hent resten ind"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_valid()

    def show(self, plan: Plan, choices: Choices) -> None:
        """Make it a yes to this plan."""
        self.initial = {"seen": plan.mark, "organisations": choices.organisations, "people": choices.people}
        self.is_bound = False
        if not plan.refused:
            del self.fields["skip_refused"]
        self.helper = page_helper(*self.fields, submit=_t("Hent ind i registret"))

    @property
    def choices(self) -> Choices:
        return Choices(self.cleaned_data["organisations"], self.cleaned_data["people"])
