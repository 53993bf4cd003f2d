"""How often somebody wants to be mailed."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _t

from members.forms.whole import WholeInstanceForm
from members.layout import page_helper
from members.models import User


class MailRhythmForm(WholeInstanceForm):
    beside = {"user_known_mail_rhythm": "mail_rhythm"}

    class Meta:
        model = User
        fields = ["mail_rhythm"]
        widgets = {"mail_rhythm": forms.RadioSelect}

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rhythm = cast(forms.ChoiceField, self.fields["mail_rhythm"])
        rhythm.choices = User.MailRhythm.choices  # without the empty one
        self.helper = page_helper(*self.fields, submit=_t("Gem"), cancel=cancel)
