"""allauth's forms, laid out and worded as ours."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from members.layout import page_helper
from members.models import User

# AUTH_PASSWORD_VALIDATORS in one sentence.
GOOD_PASSWORD = _("Mindst 10 tegn. Undgå dit navn, rene tal og adgangskoder, som mange bruger.")


class AccountForm(forms.Form):
    """A mixin: the layout, our labels, and no placeholder that repeats a label."""

    submit: Any = ""
    labels: dict[str, Any] = {}
    help_texts: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels[name]
            field.help_text = self.help_texts.get(name, "")

    @property
    def helper(self) -> FormHelper:
        return page_helper(*self.fields, submit=self.submit)


class LoginForm(AccountForm, allauth_forms.LoginForm):
    submit = _("Log ind")
    labels = {"login": _("E-mail"), "password": _("Adgangskode")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ResetPasswordForm(AccountForm, allauth_forms.ResetPasswordForm):
    users: list[User]
    submit = _("Send mig et link")
    labels = {"email": _("E-mail")}

    def clean_email(self) -> str:
        """Only those who have, or were offered, a login get a link; the answer on screen is the same."""
        email: str = super().clean_email()
        self.users = [user for user in self.users if user.has_login or user.invited_at]
        return email


class ResetPasswordKeyForm(AccountForm, allauth_forms.ResetPasswordKeyForm):
    submit = _("Gem adgangskoden og log ind")
    labels = {"password1": _("Ny adgangskode"), "password2": _("Ny adgangskode igen")}
    help_texts = {"password1": GOOD_PASSWORD}


class ChangePasswordForm(AccountForm, allauth_forms.ChangePasswordForm):
    submit = _("Skift adgangskode")
    labels = {
        "oldpassword": _("Nuværende adgangskode"),
        "password1": _("Ny adgangskode"),
        "password2": _("Ny adgangskode igen"),
    }
    help_texts = {"password1": GOOD_PASSWORD}


class SetPasswordForm(AccountForm, allauth_forms.SetPasswordForm):
    submit = _("Gem adgangskoden")
    labels = ResetPasswordKeyForm.labels
    help_texts = {"password1": GOOD_PASSWORD}


class ReauthenticateForm(AccountForm, allauth_forms.ReauthenticateForm):
    submit = _("Fortsæt")
    labels = {"password": _("Adgangskode")}


class RequestCodeForm(AccountForm, allauth_forms.RequestLoginCodeForm):
    _user: User | None
    submit = _("Send mig en kode")
    labels = {"email": _("E-mail")}

    def clean_email(self) -> str:
        """As with a link: only those who have, or were offered, a login get a code."""
        email: str = super().clean_email()
        if self._user and not (self._user.has_login or self._user.invited_at):
            self._user = None
        return email


class ConfirmCodeForm(AccountForm, allauth_forms.ConfirmLoginCodeForm):
    submit = _("Log ind")
    labels = {"code": _("Kode")}
