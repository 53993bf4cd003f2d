"""What is done without a row being changed, in words: signing in, lists, invitations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """The register's own acts."""

    SIGNED_IN = "signed_in", _("loggede ind")
    SIGN_IN_FAILED = "sign_in_failed", _("kunne ikke logge ind")
    SIGNED_OUT = "signed_out", _("loggede ud")
    PASSWORD_CHANGED = "password_changed", _("valgte adgangskode")
    SECOND_FACTOR_ADDED = "second_factor_added", _("føjede totrinslogin til")
    SECOND_FACTOR_REMOVED = "second_factor_removed", _("slog totrinslogin fra")
    LOGIN_CONNECTED = "login_connected", _("koblede organisationens login til")
    LOGIN_DISCONNECTED = "login_disconnected", _("fjernede organisationens login")
    INVITED = "invited", _("inviterede")
    ANONYMISED = "anonymised", _("anonymiserede")
    CLEARED = "cleared", _("slettede udløbne medlemskaber")
    TOLD = "told", _("hentede en persons oplysninger")
    LIST_BROUGHT_IN = "list_brought_in", _("hentede en liste ind")
    LIST_TAKEN_OUT = "list_taken_out", _("hentede en liste ud")


# What has to do with signing in; it is told of to the secretariat and to the person.
SIGN_IN_ACTS = [
    Act.SIGNED_IN,
    Act.SIGN_IN_FAILED,
    Act.SIGNED_OUT,
    Act.PASSWORD_CHANGED,
    Act.SECOND_FACTOR_ADDED,
    Act.SECOND_FACTOR_REMOVED,
    Act.LOGIN_CONNECTED,
    Act.LOGIN_DISCONNECTED,
]
LIST_ACTS = [Act.LIST_BROUGHT_IN, Act.LIST_TAKEN_OUT, Act.TOLD]

_vocabularies: list[type[models.TextChoices]] = [Act]


def add_vocabulary(acts: type[models.TextChoices]) -> None:
    """Make another app's acts known, so that the log can tell of them."""
    if acts not in _vocabularies:
        _vocabularies.append(acts)


def words_of(act: str) -> str:
    """What is said of an act: "loggede ind"."""
    return str(next((acts(act).label for acts in _vocabularies if act in acts.values), act))


def acts_of_others() -> list[str]:
    """The acts of every app but this."""
    return [act for acts in _vocabularies if acts is not Act for act in acts.values]
