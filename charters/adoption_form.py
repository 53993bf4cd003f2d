"""The form that a draft is adopted with."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, cast

from crispy_forms.layout import HTML, Field
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.adoption import refuse_day
from charters.edition import roster_mark
from charters.models import Attendance, Charter
from charters.models.manuscript import ManuscriptError
from charters.prose_forms import RevisionField
from charters.since import Reading, Since
from members.cpr import without_cpr
from members.forms.fields import DateInput, not_in_the_future
from members.layout import page_helper
from members.models import Membership


def _nobody_ticked() -> SafeString:
    """Out of sight as soon as somebody is ticked (writing.css)."""
    return format_html(
        '<p class="message message-warning adopt-nobody">{}</p>',
        _t(
            "Ingen har fået flueben. Vedtager I alligevel, står kommissoriet uden godkendelser, "
            "indtil medlemmerne godkender skriftligt."
        ),
    )


class AdoptForm(forms.Form):
    """The day of adoption, who approves in the meeting, and of a next edition why there is one."""

    adopted_on = forms.DateField(
        label=_("Vedtaget den"), widget=DateInput(), help_text=_("Det bliver kommissoriets dato.")
    )
    approving = forms.TypedMultipleChoiceField(
        label=_("Godkender på mødet"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Et flueben betyder, at personen er til stede og godkender kommissoriet nu. Det kommer til at "
            "stå i kommissoriet. De øvrige kan godkende skriftligt bagefter. Suppleanter, observatører og "
            "leverandørrepræsentanter godkender ikke."
        ),
    )
    reason = forms.CharField(
        label=_("Hvorfor kommer der en ny udgave?"),
        max_length=500,
        validators=[without_cpr],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("En sætning. Den kommer til at stå i kommissoriet og ved udgaven."),
        error_messages={"required": _("Skriv i en sætning, hvorfor der kommer en ny udgave.")},
    )
    base = RevisionField()
    roster = forms.CharField(widget=forms.HiddenInput, required=False)  # the mark of the members shown
    read = forms.CharField(widget=forms.HiddenInput, required=False)  # the text as it was when it was shown

    def __init__(self, *args: Any, charter: Charter, roster: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.charter = charter
        self.since: Since | None = None  # what changed, where that is why it was refused
        if not charter.follows_another:
            del self.fields["reason"]
        else:
            self.fields["reason"].initial = charter.reason
        today = timezone.localdate()
        self.fields["adopted_on"].initial = min(charter.dated_on or today, today)
        self.fields["base"].initial = charter.revision
        self.fields["roster"].initial = roster_mark(roster)
        self.fields["read"].initial = str(Reading.of(charter))
        self._offer(roster)
        if not self.is_bound:
            self._start_from_the_meeting(roster)
        if self.is_bound and self.data.get("roster") not in (None, "", roster_mark(roster)):
            self.data = self._without_those_who_left()
        self.helper = page_helper(
            Field("adopted_on"),
            *([Field("reason")] if charter.follows_another else []),
            Field("approving"),
            HTML(_nobody_ticked()),
            "base",
            "roster",
            "read",
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
        """After another's change: tell it, keep the ticks, and let the next press adopt what is there.

        Args:
            charter: the draft as it is now.
            roster: likewise its members.
        """
        reading = Reading.parse(self.cleaned_data["read"])
        self.since = reading.since(charter) if reading else None
        self._offer(roster)
        data = self._without_those_who_left()
        data["base"], data["roster"] = str(charter.revision), roster_mark(roster)
        data["read"] = str(Reading.of(charter))
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
