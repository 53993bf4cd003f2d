"""The front page, and the two addresses that others ask for: accessibility and health."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.models import WorkingGroup


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """What this is; open to everyone."""
    return render(request, "members/front_page.html", {"kinds": WorkingGroup.Kind})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """On to the accessibility statement; open to everyone."""
    if settings.ACCESSIBILITY_STATEMENT_URL:
        return HttpResponseRedirect(settings.ACCESSIBILITY_STATEMENT_URL)
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return render(request, "members/accessibility.html", {"address": address})


@never_cache
@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """For a load balancer: the process answers, and so does its database. Touches no session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
