"""Forms that check what they save as a whole, and say what is wrong beside the field it is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


class WholeInstanceForm(forms.ModelForm):
    """A ModelForm whose view sets some of the fields.

    Django skips a constraint that mentions a field the form does not show, and the row then fails in the
    database. Here only fields with errors of their own are left out. ``beside`` says by which field a
    constraint's message is shown.
    """

    beside: dict[str, str] = {}

    @property
    def own_columns(self) -> list[str]:
        """The model's fields that this form shows, and alone may write."""
        return [field.name for field in self.instance._meta.concrete_fields if field.name in self.fields]

    def save(self, commit: bool = True) -> Any:
        """Write what the form shows and nothing else: what others changed meanwhile stays."""
        if not commit or self.instance._state.adding:
            return super().save(commit)
        self.instance.save(update_fields=self.own_columns)
        return self.instance

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
