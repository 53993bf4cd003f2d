"""The page of what went wrong with us. It needs no database: that may be what is gone."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

from os2groups.request_log import request_id

SOON = "30"  # seconds after which it is worth trying again


@requires_csrf_token
def server_error(_request: HttpRequest) -> HttpResponse:
    """Say that it failed, and under which id the log tells of it.

    503 where the database was out of reach or out of room, so that browsers and proxies know that it passes;
    500 otherwise.
    """
    is_down = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    name, status = ("503.html", 503) if is_down else ("500.html", 500)
    # Rendered without the request: what every page is told of (who is signed in) may ask the database.
    response = render(None, name, {"request_id": request_id()}, status=status)
    if is_down:
        response["Retry-After"] = SOON
    return response
