"""The second factor of a sign-in: how allauth's is to speak, and of whom it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from members.models import User

# Recovery codes are no factor of their own: they stand in for one that is lost.
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# For a query of people: whether each has a second factor.
HAS_SECOND_FACTOR = Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": _("Slå totrinslogin til først. Så får du også gendannelseskoder."),
        "unverified_email": _("Din e-mailadresse er ikke bekræftet."),
        "incorrect_code": _("Koden er ikke rigtig. Vent på den næste i appen, og prøv igen."),
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return str(_("Min adgangsnøgle"))


def must_set_up(user: User) -> bool:
    """Whether ``user`` is to have a second factor before anything else (REQUIRE_SECOND_FACTOR_FOR_STAFF)."""
    if not settings.REQUIRE_SECOND_FACTOR_FOR_STAFF or not (user.is_staff or user.is_superuser):
        return False
    return not SecondFactorAdapter().is_mfa_enabled(user, FACTORS)


def take_off(user: User) -> None:
    """For somebody who has lost their phone and their recovery codes: the password alone is enough again."""
    Authenticator.objects.filter(user=user).delete()
