"""What a draft's page sends by itself: a save of a section, and the pulse that asks for news."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from charters.models.manuscript import MAX_SECTIONS
from charters.prose_forms import ProseField, RevisionField
from members.cpr import without_cpr

_KNOWN = re.compile(r"\d{1,18}:\d{1,9}(,\d{1,18}:\d{1,9})*")


class SaveForm(forms.Form):
    """A section as it stands in somebody's editor; ``base`` is the revision it grew from."""

    heading = forms.CharField(label=_("Overskrift"), max_length=200, validators=[without_cpr])
    body = ProseField(label=_("Tekst"), required=False)
    base = RevisionField()
    key = forms.UUIDField()
    put_back = forms.BooleanField(required=False)


class PulseForm(forms.Form):
    """Where a window is, and what it shows."""

    window = forms.UUIDField()
    charter = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    section = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1)
    hidden = forms.BooleanField(required=False)
    leaving = forms.BooleanField(required=False)
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    known = forms.CharField(required=False, max_length=MAX_SECTIONS * 60)

    def clean_window(self) -> str:
        window: uuid.UUID = self.cleaned_data["window"]
        return str(window)

    def clean_known(self) -> dict[int, int]:
        """The revision shown of each section."""
        known: str = self.cleaned_data["known"]
        if not known:
            return {}
        if not _KNOWN.fullmatch(known):
            raise ValidationError(_("Siden kender ikke sine afsnit. Genindlæs den."))
        pairs: list[Any] = [pair.split(":") for pair in known.split(",")]
        return {int(pk): int(revision) for pk, revision in pairs}
