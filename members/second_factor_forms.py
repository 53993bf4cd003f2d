"""allauth's forms of the second factor, laid out and worded as ours."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.account_forms import AccountForm
from members.cpr import without_cpr
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


class CredentialField(forms.JSONField):
    """What the browser says of a key. JSON that Python does not read is as wrong as any other nonsense."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:  # a number of 5,000 figures; 100,000 brackets
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return None


def _credential() -> CredentialField:
    return CredentialField(widget=forms.HiddenInput)


class LoginPasskeyForm(webauthn_forms.LoginWebAuthnForm):
    credential = _credential()


class AuthenticatePasskeyForm(webauthn_forms.AuthenticateWebAuthnForm):
    credential = _credential()


class ReauthenticatePasskeyForm(webauthn_forms.ReauthenticateWebAuthnForm):
    credential = _credential()


class AddPasskeyForm(AccountForm, webauthn_forms.AddWebAuthnForm):
    """The browser makes the key and sends the form (allauth's webauthn.js): the button is the template's."""

    credential = _credential()
    name = forms.CharField(required=False, validators=[without_cpr])
    labels = {
        "name": _("Navn, så du kan kende den igen"),
        "credential": "",
        "passwordless": _("Brug den også i stedet for min adgangskode"),
    }
    help_texts = {"name": _("Fx »Min telefon« eller »Nøglen i nøgleringen«.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True

    @property
    def helper(self) -> FormHelper:
        helper = page_helper(*self.fields, submit="")
        helper.layout.pop()
        helper.form_tag = False
        return helper
