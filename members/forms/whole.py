"""Forms that check what they save as a whole, and say what is wrong beside the field it is about."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.boundfield import BoundField
from django.utils.formats import date_format
from django.utils.translation import gettext as _


class WholeInstanceForm(forms.ModelForm):
    """A ModelForm whose view sets some of the fields.

    Django skips a constraint that mentions a field the form does not show, and the row then fails in the
    database. Here only fields with errors of their own are left out. ``beside`` says by which field a
    constraint's message is shown.

    A form of a thing that exists carries what each field held when it was shown. What the writer left alone
    stays as others have made it meanwhile; where both changed a field, the form says so beside it, and saves
    the writer's words when they are sent again. ``suggested`` names the fields that open with a proposal.
    """

    beside: dict[str, str] = {}
    suggested: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._changed_by_others: dict[str, str] = {}
        if self.instance._state.adding:
            return
        self._stored = {column: getattr(self.instance, column) for column in self._columns.values()}
        for name in self._columns.keys() - self.suggested:
            self.fields[name].show_hidden_initial = not self.fields[name].disabled

    @property
    def _columns(self) -> dict[str, str]:
        """The model's fields that this form shows, and alone may write, each with its column's attribute."""
        fields = self.instance._meta.concrete_fields
        return {field.name: field.attname for field in fields if field.name in self.fields}

    @property
    def own_columns(self) -> list[str]:
        """The model's fields that this writer changed."""
        columns = self._columns.items()
        return [name for name, column in columns if getattr(self.instance, column) != self._stored[column]]

    def save(self, commit: bool = True) -> Any:
        """Write what this writer changed and nothing else: what others changed meanwhile stays."""
        if not commit or self.instance._state.adding:
            return super().save(commit)
        self.instance.save(update_fields=self.own_columns)
        return self.instance

    # --- What others changed since the form was shown ------------------------------------------------

    def full_clean(self) -> None:
        if self.is_bound and not self.instance._state.adding:
            self._go_on_from_what_is_stored()
        super().full_clean()
        for name, words in self._changed_by_others.items():
            self.add_error(name, words)

    def _go_on_from_what_is_stored(self) -> None:
        """Take over what the writer left alone, and note where both changed a field."""
        sent: Any = self.data.copy()  # type: ignore[attr-defined]
        self.data = sent
        for name, field in self.fields.items():
            if not field.show_hidden_initial:
                continue
            bound = self[name]
            stored = _as_shown(bound, bound.initial)
            shown = _plain(sent.get(bound.html_initial_name, stored))
            typed = _as_shown(bound, bound.data)
            sent[bound.html_initial_name] = stored
            if stored == shown or typed == stored:
                continue
            if typed == shown:
                sent[bound.html_name] = stored
            else:
                self._changed_by_others[name] = _(
                    "En anden har rettet feltet imens. Nu står der »%(now)s«. Gem igen, hvis dit skal gælde."
                ) % {"now": self._words_of(name)}

    def _words_of(self, name: str) -> str:
        """What is stored in a field, as a person would say it."""
        told = getattr(self.instance, f"get_{name}_display", None)
        value = told() if told else getattr(self.instance, name)
        return date_format(value) if isinstance(value, datetime.date) else str(value or "")

    # --- The row as a whole ----------------------------------------------------------------------------

    def validate_constraints(self) -> None:
        try:
            self.instance.validate_constraints(exclude=set(self.errors))
        except ValidationError as error:
            self.add_error(None, error)

    def add_error(self, field: str | None, error: Any) -> None:
        """Put the message of a constraint beside its field, and that of a hidden field at the top."""
        if field is not None or not isinstance(error, ValidationError):
            super().add_error(field, error)
            return
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, problems in by_field.items():
            for problem in problems:
                place = name if name in self.fields else self._place_of(problem)
                super().add_error(place, problem)

    def _place_of(self, problem: ValidationError) -> str | None:
        for constraint in self.instance._meta.constraints:
            if problem.message == constraint.get_violation_error_message():
                place = self.beside.get(constraint.name)
                return place if place in self.fields else None
        return None


def _as_shown(bound: BoundField, value: Any) -> str:
    """A value as the field's hidden twin holds it."""
    return _plain(bound.field.hidden_widget().format_value(bound.field.prepare_value(value)))


def _plain(value: Any) -> str:
    return str("" if value is None else value).replace("\r\n", "\n").strip()
