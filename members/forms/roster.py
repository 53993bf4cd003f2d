"""Which day's group one asks to see."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.forms.fields import DateInput, not_in_the_future
from members.forms.filters import FilterForm
from members.models import WorkingGroup
from members.models.period import believable


class RosterDayForm(FilterForm):
    """A day in the life of a group; unasked the last there is, which is today while the group runs."""

    den = forms.DateField(label=_("Dag"), widget=DateInput(), validators=[believable])

    def __init__(self, *args: Any, group: WorkingGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["den"].initial = self.last_day

    @property
    def last_day(self) -> datetime.date:
        return min(self.group.closed_on or timezone.localdate(), timezone.localdate())

    @property
    def day(self) -> datetime.date | None:
        """The day to show; none while what was asked for must be corrected."""
        if not self.is_bound:
            return self.last_day
        return self.cleaned_data.get("den") if self.is_valid() else None

    def clean_den(self) -> datetime.date:
        day = not_in_the_future(self.cleaned_data["den"])
        established, closed = self.group.established_on, self.group.closed_on
        if established and day < established:
            raise ValidationError(
                _t("Gruppen blev først nedsat den %(day)s.") % {"day": date_format(established)}
            )
        if closed and day > closed:
            raise ValidationError(_t("Gruppen blev nedlagt den %(day)s.") % {"day": date_format(closed)})
        return day
