"""What holds for every answer of the site."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from members.log.acting import acting_as
from members.second_factor import must_set_up
from os2groups.request_log import request_id

Answer = Callable[[HttpRequest], HttpResponse]


ON_EVERY_ANSWER = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
}


def headers_stand_on_every_answer(get_response: Answer) -> Answer:
    """Say so too where Django's own middleware does not: it refuses a foreign Host before it speaks."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in ON_EVERY_ANSWER.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def cookies_are_words(get_response: Answer) -> Answer:
    """Leave out a cookie that no database could look for: PostgreSQL answers NUL with an error."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if any("\0" in value for value in request.COOKIES.values()):
            words = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
            request.COOKIES = words
        return get_response(request)

    return middleware


def whoever_acts_is_known(get_response: Answer) -> Answer:
    """Let the log name whoever sent the request; a page that writes nothing asks nobody who they are."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with acting_as(request.user, mark=request_id()):
            return get_response(request)

    return middleware


def private_pages_are_not_kept(get_response: Answer) -> Answer:
    """Tell browsers and proxies to keep nothing that somebody saw signed in.

    On a shared computer the back button must not show the last person's pages (OWASP ASVS 14.3.2).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # An error is for now only; and to ask who is there may fail again, after as long a wait.
        # A page that did not ask (the health check) shows nothing of anybody.
        if response.status_code >= 500 or (request.session.accessed and request.user.is_authenticated):
            add_never_cache_headers(response)
        return response

    return middleware


# What one needs to set a second factor up, or to leave; a load balancer's question touches no session.
OPEN_WITHOUT_SECOND_FACTOR = (
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
    "health",
    "healthz",
    "members:accessibility",
)


def staff_have_a_second_factor(get_response: Answer) -> Answer:
    """Lead whoever must have a second factor, and has none, to set it up before anything else.

    Here and not in the views: it holds for the administration and for every page still to come.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.REQUIRE_SECOND_FACTOR_FOR_STAFF and request.path not in _open_paths():
            user = request.user
            if user.is_authenticated and must_set_up(user):
                return HttpResponseRedirect(reverse("mfa_activate_totp") + "?skal=ja")
        return get_response(request)

    return middleware


def _open_paths() -> set[str]:
    return {reverse(name) for name in OPEN_WITHOUT_SECOND_FACTOR}
