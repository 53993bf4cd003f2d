"""What is held about a person: for themself, and for the secretariat."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import access
from members.danish import danish_slug
from members.models import User
from members.privacy.held import Held, in_full
from members.views.answers import SignedInRequest


def _oneself_or_for_secretariat(request: SignedInRequest, pk: int) -> User:
    """The person.

    Raises:
        PermissionDenied: it is another person than who asks, and not the secretariat that does.
    """
    if request.user.pk != pk and not access.is_secretariat(request.user):
        raise PermissionDenied
    person: User = get_object_or_404(User.objects.select_related("organisation"), pk=pk)
    return person


@login_required
@require_safe
def person_held(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that is held about a person, kind by kind."""
    person = _oneself_or_for_secretariat(request, pk)
    is_own = person == request.user
    context = {
        "person": person,
        "is_own": is_own,
        "held": Held.about(person),
        "crumbs": _own_crumbs() if is_own else person_crumbs(person, _("Oplysninger")),
    }
    return render(request, "members/person_held.html", context)


def _own_crumbs() -> list[tuple[Any, Any]]:
    return [(_("Min adgang"), reverse("mfa_index")), (_("Oplysninger om mig"), None)]


def person_crumbs(person: User, here: str) -> list[tuple[Any, Any]]:
    """The way to one of the secretariat's pages about a person."""
    return [
        (_("Personer"), reverse("members:person-list")),
        (person.name, person.get_absolute_url()),
        (here, None),
    ]


@login_required
@require_safe
def person_held_json(request: SignedInRequest, pk: int) -> HttpResponse:
    """All of it as one file."""
    person = _oneself_or_for_secretariat(request, pk)
    answer = JsonResponse(in_full(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"oplysninger-{danish_slug(person.name)}-{timezone.localdate().isoformat()}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
