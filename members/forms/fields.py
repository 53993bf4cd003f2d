"""Fields that several of the register's forms use."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.models import User
from members.models.user import UserQuerySet

MOST_OFFERED = 200


class DateInput(forms.DateInput):
    """The browser's own date field; it always speaks ISO, whatever the page's language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class BoundedFileField(forms.FileField):
    """A file of at most so many bytes.

    Args:
        largest: in bytes.
        too_large: what is said of a larger one.
    """

    default_error_messages = {"required": _("Vælg en fil."), "empty": _("Filen er tom.")}

    def __init__(self, *, largest: int, too_large: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.largest, self.too_large = largest, too_large

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file.size > self.largest:
            raise ValidationError(self.too_large, code="too_large")
        return file


class PersonChoice(forms.ModelChoiceField):
    """Choose somebody from the register, told apart by organisation."""

    def label_from_instance(self, obj: Any) -> str:
        return described(obj)


class Described:
    """A mixin: whoever the field holds is shown in words."""

    def prepare_value(self, value: Any) -> Any:
        return described(value) if isinstance(value, User) else value


class PersonShown(Described, PersonChoice):
    """Who the form is about: decided before it was shown, and there to be read."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        people = User.objects.select_related("organisation")
        super().__init__(queryset=people, disabled=True, required=False, **kwargs)


class PersonNamed(Described, forms.CharField):
    """Somebody of the register, typed: the name, the name with the organisation, or the e-mail address.

    A list of them would hold the whole register. The page may offer some people in a ``<datalist>`` named
    ``KNOWN``.

    ``stays``: who stands there already, and may go on doing so when they were deactivated since.
    """

    KNOWN = "personer"
    _FEW = 5

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)
        self.widget.attrs |= {"list": self.KNOWN, "autocomplete": "off"}
        self.stays: User | None = None

    def clean(self, value: Any) -> User | None:
        text = super().clean(value)
        if not text:
            return None
        if self.stays and text == described(self.stays):
            return self.stays
        name = text.split(" (")[0]
        people = User.objects.filter(is_active=True).matching(name).select_related("organisation")
        found = list(people.order_by("sort_key", "email")[: 4 * self._FEW])
        exact = [person for person in found if text.casefold() in _names_of(person)]
        if len(exact) == 1:
            return exact[0]  # type: ignore[no-any-return]
        raise ValidationError(_not_one(exact, found[: self._FEW]))


def offered(people: UserQuerySet) -> list[User]:
    """Those whom a page may offer for a ``PersonNamed``: as many of ``people`` as a browser can show."""
    active = people.filter(is_active=True).select_related("organisation")
    return list(active.order_by("sort_key", "pk")[:MOST_OFFERED])


def _names_of(person: User) -> set[str]:
    return {words.casefold() for words in (person.name, described(person), person.email)}


def _not_one(exact: list[User], near: list[User]) -> str:
    if exact:
        return _t("Flere i registret hedder det. Skriv navn og organisation, eller mailadressen.")
    if near:
        return _t("Ingen hedder præcis det. Mente du %(names)s?") % {"names": "; ".join(map(described, near))}
    return _t("Ingen i registret hedder det. Er personen ny, så opret personen først.")


def described(person: User) -> str:
    """ "Karen Havbirk (Odder Kommune)"."""
    return f"{person.name} ({person.organisation})" if person.organisation else person.name


def not_in_the_future(day: datetime.date) -> datetime.date:
    """The day itself.

    Raises:
        ValidationError: it is yet to come.
    """
    if day > timezone.localdate():
        raise ValidationError(_t("Datoen kan ikke ligge i fremtiden."))
    return day
