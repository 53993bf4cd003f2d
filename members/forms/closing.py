"""Closing what is open: the form that asks on which day."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from members.forms.fields import DateInput, not_in_the_future
from members.forms.whole import WholeInstanceForm
from members.layout import page_helper


class ClosingForm(WholeInstanceForm):
    """The day a thing was closed; the subclass names its model and its button."""

    submit: Any = ""
    suggested = frozenset({"closed_on"})

    class Meta:
        fields = ["closed_on"]
        widgets = {"closed_on": DateInput()}

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].required = True
        self.initial["closed_on"] = timezone.localdate()
        self.helper = page_helper("closed_on", submit=self.submit, cancel=cancel, danger=True)

    def clean_closed_on(self) -> datetime.date:
        return not_in_the_future(self.cleaned_data["closed_on"])
