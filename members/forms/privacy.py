"""The forms of what is held about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.layout import page_helper


class AnonymiseForm(forms.Form):
    """A tick: there is no way back."""

    is_sure = forms.BooleanField(
        label=_("Jeg har set, hvad der sker, og at det ikke kan fortrydes"),
        error_messages={"required": _("Sæt flueben her først: det kan ikke fortrydes.")},
    )

    def __init__(self, *args: Any, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = page_helper("is_sure", submit=_t("Anonymisér personen"), cancel=cancel, danger=True)
