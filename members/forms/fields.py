"""Fields that several of the register's forms use."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from members.models import User


class DateInput(forms.DateInput):
    """The browser's own date field; it always speaks ISO, whatever the page's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PersonChoice(forms.ModelChoiceField):
    """Choose somebody from the register, told apart by organisation."""

    def label_from_instance(self, obj: Any) -> str:
        return described(obj)


class PersonShown(PersonChoice):
    """Who the form is about: decided before it was shown, and there to be read."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        people = User.objects.select_related("organisation")
        super().__init__(queryset=people, disabled=True, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return described(value) if isinstance(value, User) else value


def described(person: User) -> str:
    """ "Karen Havbirk (Odder Kommune)"."""
    return f"{person.name} ({person.organisation})" if person.organisation else person.name


def not_in_the_future(day: datetime.date) -> datetime.date:
    """The day itself.

    Raises:
        ValidationError: it is yet to come.
    """
    if day > timezone.localdate():
        raise ValidationError(_("Datoen kan ikke ligge i fremtiden."))
    return day
