"""The front page, and the address that the law asks for."""

from __future__ import annotations

from email.utils import parseaddr

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
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
