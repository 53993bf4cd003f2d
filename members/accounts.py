"""Sign-in: how allauth is to behave here. Its forms are in account_forms, invitations in invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import base36_to_int, int_to_base36, url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from members.models import User

RESET_SECONDS = 24 * 60 * 60
INVITATION_DAYS = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)


class PasswordTokens(PasswordResetTokenGenerator):
    """The token in a link to choose a password: 7 days for someone without a login, else one day.

    It stands on the person's row alone. (allauth's own keeps a second table of addresses, from which an
    address that the secretariat has corrected could still ask for, and be sent, a link.)
    """

    def check_token(self, user: User | None, token: str | None) -> bool:
        if user is None or not token or not super().check_token(user, token):
            return False
        if not user.is_active:
            return False
        age = self._num_seconds(self._now()) - base36_to_int(token.split("-")[0])
        return not user.has_usable_password() or age <= RESET_SECONDS


tokens = PasswordTokens()


def password_link(user: User) -> str:
    """The address at which ``user`` chooses a password; anyone who has it may."""
    return absolute(_password_path(f"{int_to_base36(user.pk)}-{tokens.make_token(user)}"))


def _password_path(key: str) -> str:
    uidb36, _dash, token = key.partition("-")
    return reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})


def absolute(path: str) -> str:
    """An address for a mail: from a setting, since a request's Host header is anyone's to forge."""
    return str(settings.SITE_URL).rstrip("/") + path


class AccountAdapter(DefaultAccountAdapter):
    """People are put in the register by the secretariat; nobody signs up on their own."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mailadressen eller adgangskoden er ikke rigtig."),
        "enter_current_password": _("Det er ikke din nuværende adgangskode."),
        "incorrect_password": _("Adgangskoden er ikke rigtig."),
        "incorrect_code": _("Koden er ikke rigtig."),
        "rate_limited": _("For mange forsøg. Vent fem minutter, og prøv igen."),
        "too_many_login_attempts": _(
            "For mange forsøg. Vent fem minutter, eller vælg en ny adgangskode under »Glemt adgangskode«."
        ),
    }

    # Other ways to say again who one is, on the page that asks for one of them.
    ways = {
        "reauthenticate": _("Brug din adgangskode"),
        "mfa_reauthenticate": _("Brug en kode fra appen"),
        "mfa_reauthenticate:webauthn": _("Brug en adgangsnøgle"),
    }

    def get_reauthentication_methods(self, user: User | AnonymousUser) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [method | {"description": self.ways[method["id"]]} for method in methods]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether to go on to ``url`` after signing in: only ever to a page of this site."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        return absolute(_password_path(key))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return str(self.get_login_redirect_url(request))
