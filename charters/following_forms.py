"""The forms of an obligation: how it stands, and who follows it up when."""

from __future__ import annotations

import datetime
from typing import Any, cast

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import HTML, Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from charters.models import FollowUp, Obligation, Rhythm
from charters.obligations.following import follow_up
from charters.obligations.rhythm import default_rhythm, next_after, next_date
from members.forms.fields import DateInput, PersonChoice, not_in_the_future
from members.forms.whole import WholeInstanceForm
from members.layout import page_helper
from members.models import User
from members.models.period import believable
from members.submissions import SubmissionForm


def not_passed(day: datetime.date) -> None:
    """A validator: today or a day to come.

    Raises:
        ValidationError: it lies before today.
    """
    if day < timezone.localdate():
        raise ValidationError(_t("Vælg en dag, der ikke er passeret."))


class FollowUpForm(SubmissionForm, WholeInstanceForm):
    """A new line on how an obligation stands; those who lead the group also choose the next day."""

    next_on = forms.DateField(
        label=_("Næste opfølgning"), required=False, widget=DateInput(), validators=[believable, not_passed]
    )
    beside = {"followup_known_status": "status", "followup_deviation_explained": "note"}

    class Meta:
        model = FollowUp
        fields = ["status", "note", "made_on"]
        widgets = {
            "status": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 2}),
            "made_on": DateInput(),
        }

    def __init__(
        self,
        *args: Any,
        obligation: Obligation,
        by: User,
        action: str,
        cancel: str,
        plans: bool,
        in_place: bool,
        **kwargs: Any,
    ) -> None:
        """
        Args:
            obligation: asked for ``with_last_follow_up``.
            by: who writes.
            action: where the form is posted.
            cancel: where "Annullér" leads.
            plans: whether the writer also chooses the day of the next one.
            in_place: the form stands in the obligation's row, not on a page of its own.
        """
        super().__init__(*args, instance=FollowUp(obligation=obligation, made_by=by), **kwargs)
        self.obligation = obligation
        status = cast(forms.ChoiceField, self.fields["status"])
        status.choices = FollowUp.Status.choices  # without the empty one
        self.initial["status"] = obligation.last_status or FollowUp.Status.UNDER_WAY
        self.fields["note"].help_text = _t("En sætning er nok. Når I afviger, skal I forklare hvorfor.")
        if plans:
            self._propose_next()
        else:
            del self.fields["next_on"]
        self.auto_id = f"id_{obligation.pk}_%s"  # several may be open on one page
        cancel = "" if in_place else cancel
        days = Div(*[name for name in ("made_on", "next_on") if name in self.fields], css_class="field-row")
        fields = (InlineRadios("status"), "note", days, "submission")
        self.helper = page_helper(*fields, submit=_t("Gem"), cancel=cancel, action=action)
        self.helper.attrs["data-guard"] = ""
        if in_place:
            self._stand_in_the_row(action)

    def _stand_in_the_row(self, action: str) -> None:
        where = {"hx-target": "closest .obligation", "hx-swap": "outerHTML"}
        self.helper.attrs |= {"hx-post": action, "hx-sync": "this:drop", **where}
        url = self.obligation.get_absolute_url()
        cancel = format_html(
            '<a class="btn btn-link" href="{}" hx-get="{}" hx-target="{}" hx-swap="{}">{}</a>',
            url,
            url,
            *where.values(),
            _t("Annullér"),
        )
        self.helper.layout[-1].append(HTML(cancel))

    def _propose_next(self) -> None:
        today = timezone.localdate()
        day = next_after(self.obligation, status=FollowUp.Status.UNDER_WAY, on=today, today=today)
        self.fields["next_on"].initial = day
        if self.obligation.every is None:
            self.fields["next_on"].help_text = _t("Er forpligtelsen opfyldt, skal der ikke følges op igen.")

    def clean_made_on(self) -> datetime.date:
        day = not_in_the_future(self.cleaned_data["made_on"])
        first = self.obligation.introduced_in.dated_on
        if first and day < first:
            raise ValidationError(
                _t("Datoen kan ikke ligge før den %(day)s, da forpligtelsen blev vedtaget.")
                % {"day": date_format(first)}
            )
        return day

    def write(self) -> FollowUp:
        """Store what was written.

        Raises:
            ValidationError: the obligation is followed up no more.
        """
        return follow_up(self.obligation, self.instance, next_on=self._chosen_day())

    def _chosen_day(self) -> datetime.date | None:
        """The day that was chosen; what the form itself proposed gives way to what the status says."""
        chosen: datetime.date | None = self.cleaned_data.get("next_on")
        is_met = self.cleaned_data["status"] == FollowUp.Status.MET
        is_own_choice = self.obligation.every is not None or "next_on" in self.changed_data
        return None if is_met and not is_own_choice else chosen


class PlanForm(WholeInstanceForm):
    """Who follows an obligation up, when next, and how often."""

    responsible = PersonChoice(
        label=_("Ansvarlig"), queryset=User.objects.none(), required=False, empty_label=_("Ingen")
    )

    class Meta:
        model = Obligation
        fields = ["responsible", "next_on", "every"]
        widgets = {"next_on": DateInput()}

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        group = self.instance.group
        people = User.objects.filter(pk__in=group.memberships.current().values("person"))
        responsible = cast(forms.ModelChoiceField, self.fields["responsible"])
        responsible.queryset = people.select_related("organisation")
        every = cast(forms.TypedChoiceField, self.fields["every"])
        every.choices = [("", _t("Nej, kun den ene gang")), *Rhythm.choices]
        if self.instance.every is None and (suggested := default_rhythm(self.instance.wording)):
            every.help_text = _t("Forslag ud fra ordlyden: %(rhythm)s.") % {"rhythm": suggested.label.lower()}
        self.helper = page_helper(*self.fields, submit=_t("Gem"), cancel=cancel)

    def clean_next_on(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["next_on"]
        if day and "next_on" in self.changed_data:
            not_passed(day)
        return day

    def clean(self) -> dict[str, Any]:
        """One that comes back and has no date gets its first by its rhythm."""
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        today = timezone.localdate()
        if sent.get("every") and sent.get("next_on") is None and "next_on" not in self.errors:
            sent["next_on"] = next_date(None, sent["every"], followed_up_on=today, today=today)
        return sent
