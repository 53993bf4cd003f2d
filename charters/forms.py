"""The forms of charters and standard texts; those that text is written in are ``prose_forms``."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, cast

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.adoption import refuse_day
from charters.edition import roster_mark
from charters.models import Approval, Attendance, Charter, CharterMember, CharterTemplate
from charters.models.manuscript import ManuscriptError
from charters.prose_forms import RevisionField
from members.forms.fields import DateInput, not_in_the_future
from members.layout import page_helper
from members.models import Membership


class CharterHeadingForm(forms.ModelForm):
    """The heading fields of the standard text; members are the group's own.

    Each field carries what it held when it was shown: only what this writer changed is saved.
    """

    class Meta:
        model = Charter
        fields = ["project_name", "level", "dated_on"]
        widgets = {"dated_on": DateInput()}

    def __init__(self, *args: Any, action: str, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.group.project_id is None:
            del self.fields["level"]
            self.fields["project_name"].help_text = _t("Lad feltet stå tomt, når gruppen går på tværs.")
        for field in self.fields.values():
            field.show_hidden_initial = True
        self.helper = page_helper(*self.fields, submit=_t("Gem"), cancel=cancel, action=action)

    @property
    def changed(self) -> dict[str, Any]:
        """What ``Charter.rewrite_heading`` is called with."""
        return {name: self.cleaned_data[name] for name in self.changed_data}


class AdoptForm(forms.Form):
    """The day of adoption, and who approves in the meeting."""

    adopted_on = forms.DateField(
        label=_("Vedtaget den"), widget=DateInput(), help_text=_("Det bliver kommissoriets dato.")
    )
    approving = forms.TypedMultipleChoiceField(
        label=_("Godkender på mødet"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "De øvrige kan godkende skriftligt bagefter. Suppleanter, observatører og "
            "leverandørrepræsentanter godkender ikke."
        ),
    )
    base = RevisionField()
    roster = forms.CharField(widget=forms.HiddenInput, required=False)  # the mark of the members shown

    def __init__(self, *args: Any, charter: Charter, roster: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.charter = charter
        today = timezone.localdate()
        self.fields["adopted_on"].initial = min(charter.dated_on or today, today)
        self.fields["base"].initial = charter.revision
        self.fields["roster"].initial = roster_mark(roster)
        self._offer(roster)
        if not self.is_bound:
            self._start_from_the_meeting(roster)
        if self.is_bound and self.data.get("roster") not in (None, "", roster_mark(roster)):
            self.data = self._without_those_who_left()
        self.helper = page_helper(
            Field("adopted_on"),
            Field("approving"),
            "base",
            "roster",
            submit=_t("Vedtag kommissoriet"),
            cancel=charter.get_absolute_url(),
        )

    def _start_from_the_meeting(self, roster: Sequence[Membership]) -> None:
        """Those ticked as present approve today, unless somebody says otherwise."""
        present = Attendance.people_at(self.charter)
        approving = [m for m in roster if m.decides and m.person_id in present]
        if not approving:
            return
        field, day = self.fields["approving"], self.fields["adopted_on"]
        field.initial = [m.person_id for m in approving]
        field.help_text = _t("Der er flueben ved dem, I har sat som til stede på mødet. %(rest)s") % {
            "rest": field.help_text
        }
        day.initial = timezone.localdate()  # the meeting is now

    def start_from(self, charter: Charter, roster: Sequence[Membership]) -> None:
        """After another's change: ticks stay where they can, and the next press adopts what is there now."""
        self._offer(roster)
        data = self._without_those_who_left()
        data["base"], data["roster"] = str(charter.revision), roster_mark(roster)
        self.data = data

    def _offer(self, roster: Sequence[Membership]) -> None:
        deciding = [m for m in roster if m.decides]
        self._offered = {str(m.person_id) for m in deciding}
        cast(forms.ChoiceField, self.fields["approving"]).choices = [
            (m.person_id, f"{m.person.name} ({m.get_role_display()})") for m in deciding
        ]

    def _without_those_who_left(self) -> QueryDict:
        data = cast(QueryDict, self.data).copy()
        data.setlist("approving", [pk for pk in data.getlist("approving") if pk in self._offered])
        return data

    def clean_adopted_on(self) -> datetime.date:
        day = not_in_the_future(self.cleaned_data["adopted_on"])
        try:
            refuse_day(self.charter, day)
        except ManuscriptError as error:
            raise ValidationError(str(error)) from error
        return day


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


class PublishForm(forms.Form):
    """One sentence to the groups on what is new."""

    note = forms.CharField(
        label=_("Hvad er ændret?"),
        max_length=500,
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
