"""Signing in and what belongs to it, noted as it happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount import signals as social
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.exceptions import PermissionDenied
from django.dispatch import Signal
from django.http import HttpRequest

from members.log.acts import Act
from members.log.noting import note
from members.models import User
from members.second_factor import FACTORS


def _address(request: HttpRequest | None) -> str | None:
    """Where a request came from, past the proxies that are ours."""
    if request is None:
        return None
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # it has none that can be trusted
        return None


def _note(act: Act, request: HttpRequest | None, user: User, **said: Any) -> None:
    note(act, user, actor=user, remote_addr=_address(request), **said)


def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Whoever it was did not show who they are: it concerns the person, and has no actor.

    An address that is nobody's is not written down. It is looked up and noted all the same: neither the
    answer nor its speed tells who is in the register.
    """
    address = str(credentials.get("email") or credentials.get("username") or "").lower()
    person = User.objects.filter(email=address[:254]).first()
    note(Act.SIGN_IN_FAILED, person, actor=None, remote_addr=_address(request))


def _logged_out(request: HttpRequest | None, user: User | None, **_: Any) -> None:
    if user is not None:  # nobody was signed in
        _note(Act.SIGNED_OUT, request, user)


def _code_rejected(request: HttpRequest, user: User | None = None, **_: Any) -> None:
    note(Act.SIGN_IN_FAILED, user, actor=None, remote_addr=_address(request))


def _receiver(act: Act) -> Callable[..., None]:
    def noted(request: HttpRequest, user: User, authenticator: Authenticator | None = None, **_: Any) -> None:
        if authenticator is None or authenticator.type in FACTORS:  # recovery codes come and go with them
            _note(act, request, user)

    return noted


def _login_added(request: HttpRequest, sociallogin: Any, **_: Any) -> None:
    _note(Act.LOGIN_CONNECTED, request, sociallogin.user)


def _login_removed(request: HttpRequest, socialaccount: Any, **_: Any) -> None:
    _note(Act.LOGIN_DISCONNECTED, request, socialaccount.user)


_RECEIVERS: list[tuple[Signal, Callable[..., None]]] = [
    (account.user_logged_in, _receiver(Act.SIGNED_IN)),
    (account.password_set, _receiver(Act.PASSWORD_CHANGED)),
    (account.password_changed, _receiver(Act.PASSWORD_CHANGED)),
    (account.password_reset, _receiver(Act.PASSWORD_CHANGED)),
    (account.login_code_rejected, _code_rejected),
    (mfa.authentication_failed, _code_rejected),
    (mfa.authenticator_added, _receiver(Act.SECOND_FACTOR_ADDED)),
    (mfa.authenticator_removed, _receiver(Act.SECOND_FACTOR_REMOVED)),
    (social.social_account_added, _login_added),
    (social.social_account_removed, _login_removed),
    (user_login_failed, _failed),
    (user_logged_out, _logged_out),
]


def connect() -> None:
    """Listen to whatever signs people in and out."""
    for number, (signal, receiver) in enumerate(_RECEIVERS):
        signal.connect(receiver, dispatch_uid=f"log_sign_in_{number}")
