"""One line in the log for each request, and an id that the answer and the register's own log have too."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import escape_uri_path

logger = logging.getLogger("os2groups.requests")

HEADER = "X-Request-ID"
# Asked every few seconds by machines: told of only when the answer is not what it should be.
UNTOLD = ("/healthz", "/sundhed/")
_id: ContextVar[str] = ContextVar("the id of the request", default="-")


def request_id() -> str:
    """The id of the request that is being answered; "-" where none is."""
    return _id.get()


class RequestId(logging.Filter):
    """Gives each line in the log the id of the request that it came from."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id()
        return True


def each_request_is_told(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Give each request an id, answer it under that id, and write one line.

    The id is always our own: one sent along could be made to look like another's. The line holds the address
    without what was asked for (search words and sign-in codes are there), and whoever is signed in by key.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _id.set(secrets.token_hex(8))
        began = time.perf_counter()
        try:
            response = get_response(request)
            response[HEADER] = request_id()
            if _is_told(request, response):
                _tell(request, response, took=time.perf_counter() - began)
            return response
        finally:
            _id.reset(token)

    return middleware


def _is_told(request: HttpRequest, response: HttpResponse) -> bool:
    is_static = request.path.startswith(settings.STATIC_URL)
    return response.status_code >= 400 or not (is_static or request.path in UNTOLD)


def _tell(request: HttpRequest, response: HttpResponse, *, took: float) -> None:
    """Escaped, the address is one line whatever was in it; os2groups.secret_addresses takes keys out."""
    logger.info(
        "%s %s %d %dms person=%s",
        escape_uri_path(request.method or "-"),
        escape_uri_path(request.path),
        response.status_code,
        took * 1000,
        _person(request),
    )


def _person(request: HttpRequest) -> str:
    """The key of whoever is signed in, if the request has looked; to look now could fail, or take a query."""
    looked_up = vars(request.session).get("_session_cache", {}) if hasattr(request, "session") else {}
    return str(looked_up.get(SESSION_KEY, "-"))
