"""The forms of charters and standard texts; those that text is written in are ``prose_forms``."""

from __future__ import annotations

import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.checking import LARGEST
from charters.models import Approval, Charter, CharterMember, CharterTemplate
from charters.models.reviewed import a_year_after
from members.cpr import without_cpr
from members.forms.fields import BoundedFileField, DateInput, not_in_the_future
from members.forms.whole import WholeInstanceForm
from members.layout import page_helper
from members.models.period import believable
from members.package import MAX_FILE


class CharterHeadingForm(WholeInstanceForm):
    """The heading fields of the standard text; members are the group's own."""

    class Meta:
        model = Charter
        fields = ["project_name", "level", "dated_on"]
        widgets = {"dated_on": DateInput()}

    def __init__(self, *args: Any, action: str, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.group.project_id is None:
            del self.fields["level"]
            self.fields["project_name"].help_text = _t("Lad feltet stå tomt, når gruppen går på tværs.")
        self.helper = page_helper(*self.fields, submit=_t("Gem"), cancel=cancel, action=action)
        self.helper.attrs["data-guard"] = ""

    @property
    def changed(self) -> dict[str, Any]:
        """What ``Charter.rewrite_heading`` is called with."""
        return {name: self.cleaned_data[name] for name in self.own_columns}


class ApprovalForm(forms.Form):
    """Who approves an adopted edition, when, and how."""

    member = forms.ModelChoiceField(label=_("Medlem"), queryset=CharterMember.objects.none())
    given_on = forms.DateField(label=_("Dato"), widget=DateInput())
    manner = forms.ChoiceField(label=_("Godkendt"), choices=Approval.Manner.choices, widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, charter: Charter, members: list[CharterMember], submit: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.charter = charter
        field = cast(forms.ModelChoiceField, self.fields["member"])
        field.queryset = charter.members.filter(pk__in=[member.pk for member in members])
        if len(members) == 1:
            field.initial = members[0].pk
            field.widget = forms.HiddenInput()
        self.fields["given_on"].initial = timezone.localdate()
        self.fields["manner"].initial = Approval.Manner.WRITTEN
        self.helper = page_helper(
            "member", "given_on", "manner", submit=submit, cancel=charter.get_absolute_url()
        )

    def clean_given_on(self) -> datetime.date:
        day = not_in_the_future(self.cleaned_data["given_on"])
        if self.charter.dated_on and day < self.charter.dated_on:
            raise ValidationError(_t("Datoen kan ikke ligge før vedtagelsen."))
        return day


class ReviewForm(forms.Form):
    """The day on which the group looks at its charter again."""

    review_on = forms.DateField(
        label=_("Gennemgås senest"),
        widget=DateInput(),
        validators=[believable],
        help_text=_("Er kommissoriet gennemgået, og gælder det stadig? Vælg så den næste dag."),
    )

    def __init__(self, *args: Any, charter: Charter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = charter.review_on
        if day is None or charter.is_due_for_review():
            day = a_year_after(timezone.localdate())
        self.fields["review_on"].initial = day
        self.helper = page_helper("review_on", submit=_t("Gem"), cancel=charter.get_absolute_url())


class CheckForm(forms.Form):
    """A file that somebody holds."""

    file = BoundedFileField(
        label=_("PDF eller JSON"),
        help_text=_("Filen sammenlignes med de vedtagne udgaver. Den gemmes ikke."),
        largest=LARGEST,
        too_large=_("Filen er for stor til at være et kommissorium (højst 10 MB)."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_helper("file", submit=_t("Kontrollér"))


class WordFileForm(forms.Form):
    """A filled-in charter from Word."""

    file = BoundedFileField(
        label=_("Word-fil (.docx)"),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        largest=MAX_FILE,
        too_large=_("Filen er for stor (højst 10 MB). Et kommissorium er kun tekst."),
    )

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_helper("file", submit=_t("Læs filen"), cancel=cancel)


class PublishForm(forms.Form):
    """One sentence to the groups on what is new."""

    note = forms.CharField(
        label=_("Hvad er ændret?"),
        max_length=500,
        validators=[without_cpr],
        help_text=_("En sætning, som grupperne ser sammen med den nye standardtekst."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the one that was shown

    def __init__(self, *args: Any, template: CharterTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = template.version
        self.helper = page_helper(
            "note",
            "version",
            submit=_t("Udgiv version %(v)s") % {"v": template.version},
            cancel=template.get_absolute_url(),
        )

    def is_of(self, template: CharterTemplate) -> bool:
        """Whether the form was shown for this version, and not for one that has been published since."""
        return self.cleaned_data["version"] in (None, template.version)
