"""Creating, correcting and closing a project, and explaining what it does not follow."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML
from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.forms.closing import ClosingForm
from members.forms.fields import PersonNamed
from members.forms.whole import WholeInstanceForm
from members.layout import page_helper
from members.models import Explanation, Project
from members.submissions import SubmissionForm


class ProjectForm(WholeInstanceForm):
    facilitator = PersonNamed(
        label=_("Tovholder"),
        required=False,
        help_text=_("Tovholder eller projektleder, skrevet med navn eller mailadresse. Kræves fra Niveau 1."),
    )
    beside = {"project_unique_name": "name", "project_unique_slug": "slug"}

    class Meta:
        model = Project
        fields = ["name", "slug", "kind", "level", "summary", "facilitator"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, cancel: str, submit: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["facilitator"] = self.instance.facilitator
        self.fields["facilitator"].stays = self.instance.facilitator  # type: ignore[attr-defined]
        known = HTML('{% include "components/_known.html" %}')
        self.helper = page_helper(*self.fields, known, submit=submit or _t("Gem"), cancel=cancel)


class NewProjectForm(SubmissionForm, ProjectForm):
    """A new project; its address is made from its name."""

    class Meta(ProjectForm.Meta):
        fields = [name for name in ProjectForm.Meta.fields if name != "slug"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, submit=_t("Opret projektet"), **kwargs)


class CloseProjectForm(ClosingForm):
    submit = _("Afslut projektet")

    class Meta(ClosingForm.Meta):
        model = Project


class ExplanationForm(WholeInstanceForm):
    """Why a requirement is not met, or how it is; an empty text takes the explanation away."""

    class Meta:
        model = Explanation
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"text": _("Kort og til at forstå for andre. Et tomt felt fjerner forklaringen.")}

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.helper = page_helper("text", submit=_t("Gem forklaringen"), cancel=cancel)
