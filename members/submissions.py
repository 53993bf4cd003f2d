"""Handling a form once, however often the browser sends it.

Every form that creates something carries a key drawn when it was shown (``SubmissionForm``). ``once`` stores
the key in the same transaction as what was created; the same form again is answered with the first answer.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from members.models import Submission, User


class KeyField(forms.UUIDField):
    """What is no key counts as none: nobody sees the field, and nobody could put it right."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class SubmissionForm(forms.Form):
    """A mixin: the hidden key of a form that creates something."""

    submission = KeyField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4


def handled(form: forms.BaseForm, *, user: User) -> str | None:
    """Where the first sending of this form led, or None when this is the first."""
    key = form.data.get("submission")
    try:
        found = Submission.objects.filter(key=uuid.UUID(key), user=user).first() if key else None
    except ValueError:
        return None
    return found.location if found else None


def once(form: forms.BaseForm, *, user: User, create: Callable[[], str]) -> str:
    """Run ``create`` unless this very form was handled before.

    Args:
        form: a valid form with ``SubmissionForm``'s key.
        user: who sent it; a key counts only for its own user.
        create: makes the thing and returns the address to go on to.

    Returns:
        That address, or the first sending's.
    """
    key = form.cleaned_data.get("submission") or uuid.uuid4()
    try:
        with transaction.atomic():
            submission = Submission.objects.create(key=key, user=user)
            submission.location = create()
            submission.save(update_fields=["location"])
            return submission.location
    except IntegrityError:
        first = Submission.objects.filter(key=key, user=user).first()
        if first is None or not first.location:
            raise
        return first.location
