"""allauth's forms of the second factor, laid out and worded as ours."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as totp_forms
from crispy_forms.helper import FormHelper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.account_forms import AccountForm
from members.layout import page_helper

NUMBERS = {"inputmode": "numeric", "autocomplete": "one-time-code"}


class CodeForm(AccountForm):
    """A mixin: one field for a code, with the figures' keyboard on a phone."""

    labels = {"code": _("Kode")}
    help_texts = {
        "code": _("Fra appen på din telefon. Har du den ikke, så brug en af dine gendannelseskoder.")
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(NUMBERS)


class AuthenticateForm(CodeForm, base_forms.AuthenticateForm):
    submit = _("Log ind")


class ReauthenticateForm(CodeForm, base_forms.ReauthenticateForm):
    submit = _("Fortsæt")


class ActivateForm(CodeForm, totp_forms.ActivateTOTPForm):
    submit = _("Slå totrinslogin til")
    help_texts = {"code": _("De seks tal, som appen viser.")}


class DeactivateForm(AccountForm, totp_forms.DeactivateTOTPForm):
    @property
    def helper(self) -> FormHelper:
        return page_helper(submit=_("Slå totrinslogin fra"), danger=True, cancel=reverse("mfa_index"))


class NewCodesForm(AccountForm, recovery_forms.GenerateRecoveryCodesForm):
    @property
    def helper(self) -> FormHelper:
        return page_helper(submit=_("Lav nye gendannelseskoder"), cancel=reverse("mfa_index"))
