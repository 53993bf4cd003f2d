""" "Mit mandat", where everyone lands."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from charters.mandate import mandates_of
from members.views.answers import SignedInRequest


@login_required
@require_safe
def mandate(request: SignedInRequest) -> HttpResponse:
    """The signed-in person's own groups."""
    return render(request, "charters/mandate.html", {"mandates": mandates_of(request.user)})
