"""Sign-in with the login of one's own organisation (OpenID Connect): who comes in by it, and who does not.

Nobody gets into the register by it. Whoever is there already, and is active, is known by the address that
the organisation vouches for, and from then on by the organisation's own number of the person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from requests import RequestException

from members.cpr import hidden
from members.models import User

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

CONNECT_SECONDS = 10 * 60


class OrganisationLoginAdapter(DefaultSocialAccountAdapter):
    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("Vælg en adgangskode først. Ellers kan du ikke logge ind bagefter."),
        "connected_other": _("Det login hører til en anden person her."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let a known person in, and answer anyone else with whom to ask.

        allauth's own way, by e-mail, takes the password away: it expects that people sign up themselves.
        """
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        person = _known_by_address(sociallogin)
        if person is None:
            page = render(
                request,
                "socialaccount/unknown.html",
                {"provider": sociallogin.provider.name, "email": _vouched_address(sociallogin)},
                status=403,
            )
            raise ImmediateHttpResponse(page)
        sociallogin.connect(request, person)


def connect() -> None:
    """Let no CPR number into what is kept of an organisation's answer: some tell it unasked."""
    pre_save.connect(_without_numbers, sender=SocialAccount, dispatch_uid="members_no_cpr")


def _without_numbers(instance: SocialAccount, **_: Any) -> None:
    instance.extra_data = hidden(instance.extra_data)


def _vouched_address(login: SocialLogin) -> str:
    """The address, if the organisation says in so many words that it is the person's own; else nothing."""
    claims = login.account.extra_data
    claims = claims.get("userinfo") or claims.get("id_token") or {}
    email = claims.get("email")
    return email.lower() if claims.get("email_verified") is True and isinstance(email, str) else ""


def _known_by_address(login: SocialLogin) -> User | None:
    """Whoever has the address. Staff connect it while they are signed in: an address alone is too little."""
    people = User.objects.filter(is_active=True, is_staff=False, is_superuser=False)
    person: User | None = people.filter(email=_vouched_address(login)).first()
    return person


def connect_token(user: User | AnonymousUser) -> str:
    """What shows that it was ``user`` who asked, on our own page, to connect a login of theirs."""
    return signing.dumps(user.pk, salt="connect")


def begin(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """On to the organisation's own sign-in.

    A link and no form: Chromium holds our policy for forms against every address that is sent on to.
    Connecting takes a token as well, or somebody else's page could connect a stranger's login.

    Raises:
        PermissionDenied: connecting without a token, or with an old one or another's.
    """
    if request.GET.get("process") == AuthProcess.CONNECT:
        try:
            asked = signing.loads(request.GET.get("bevis", ""), salt="connect", max_age=CONNECT_SECONDS)
        except signing.BadSignature as error:
            raise PermissionDenied from error
        if asked != request.user.pk:
            raise PermissionDenied
    try:
        answer: HttpResponseBase = views.login(request, provider_id)
    except RequestException as error:
        answer = render_authentication_error(request, provider_id, exception=error)
    return answer
