"""What holds for every answer of the site."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

Answer = Callable[[HttpRequest], HttpResponse]


def private_pages_are_not_kept(get_response: Answer) -> Answer:
    """Tell browsers and proxies to keep nothing that somebody saw signed in.

    On a shared computer the back button must not show the last person's pages (OWASP ASVS 14.3.2).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # A page that did not ask who is there (the health check) shows nothing of anybody.
        if request.session.accessed and request.user.is_authenticated:
            add_never_cache_headers(response)
        return response

    return middleware
