"""What is held about a person: for themself, and for the secretariat."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from members import access
from members.danish import danish_slug
from members.forms.privacy import AnonymiseForm, ClearForm, ExpiredFilter, UnattachedFilter
from members.log.acts import Act
from members.log.noting import note
from members.models import User
from members.privacy.anonymising import anonymise, mentions, named_in, obstacles
from members.privacy.held import Held, in_full
from members.privacy.retention import clear, expired, limit, unattached
from members.views.answers import SignedInRequest, form_answer, page_of

CLEARED = "cleared_people"  # in the session: who was left without a membership by one's last clearing


def _oneself_or_for_secretariat(request: SignedInRequest, pk: int) -> User:
    """The person.

    Raises:
        PermissionDenied: it is another person than who asks, and not the secretariat that does.
    """
    if request.user.pk != pk and not access.is_secretariat(request.user):
        raise PermissionDenied
    person: User = get_object_or_404(User.objects.select_related("organisation", "anonymised_by"), pk=pk)
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
    note(Act.TOLD, person)
    answer = JsonResponse(in_full(person), json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"oplysninger-{danish_slug(person.name)}-{timezone.localdate().isoformat()}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_anonymise(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a person nameless, for good; the secretariat's. Sent twice, the second finds it done."""
    access.require_secretariat(request.user)
    person: User = get_object_or_404(User, pk=pk)
    if person.is_anonymised:
        return redirect(person)
    if not access.may_change_person(request.user, person):
        raise PermissionDenied
    form = AnonymiseForm(request.POST if request.method == "POST" else None, cancel=person.get_absolute_url())
    name = person.name
    if request.method == "POST" and form.is_valid() and _anonymised(person, form, by=request.user):
        messages.success(request, _("Personen er anonymiseret."))
        return redirect(person)
    return form_answer(
        request,
        form,
        template="members/person_anonymise.html",
        title=_("Anonymisér %(name)s?") % {"name": name},
        person=person,
        obstacles=obstacles(person, by=request.user),
        named_in=named_in(person),
        mentions=mentions(person),
        crumbs=person_crumbs(person, _("Anonymisér")),
    )


def _anonymised(person: User, form: AnonymiseForm, *, by: User) -> bool:
    try:
        anonymise(person, by=by)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_expired(request: SignedInRequest) -> HttpResponse:
    """The memberships that ended long ago, to be deleted; the secretariat's."""
    access.require_secretariat(request.user)
    shown = ExpiredFilter(request.GET)
    found = shown.apply(expired())
    page = page_of(
        request, found.select_related("person", "group").order_by("left_on", "person__sort_key", "pk")
    )
    sent = request.POST if request.method == "POST" else None
    form = ClearForm(sent, found=found, count=page.paginator.count)
    if form.is_bound and form.is_valid():
        return _cleared(request, form)
    context = {
        "form": shown,
        "confirm": form,
        "page_obj": page,
        "limit": limit(),
        "crumbs": [(_("Personer"), reverse("members:person-list")), (_("Udløbne medlemskaber"), None)],
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/membership_expired.html", context, status=status)


def _cleared(request: SignedInRequest, form: ClearForm) -> HttpResponse:
    """Delete them, and go on to the people who are left without any."""
    count, people = clear(form.chosen())
    said = ngettext("%(n)s medlemskab er slettet.", "%(n)s medlemskaber er slettet.", count)
    messages.success(request, said % {"n": count})
    if not people:
        return redirect("members:membership-expired")
    request.session[CLEARED] = people
    return redirect(f"{reverse('members:person-unattached')}?netop")


@login_required
@require_safe
def person_unattached(request: SignedInRequest) -> HttpResponse:
    """People who are in no group and were not for years; with ``?netop`` those of the last clearing."""
    access.require_secretariat(request.user)
    form = UnattachedFilter(request.GET)
    people = form.apply(unattached())
    if is_narrowed := "netop" in request.GET:
        people = people.filter(pk__in=request.session.get(CLEARED, []))
    context = {
        "form": form,
        "is_narrowed": is_narrowed,
        "limit": limit(),
        "page_obj": page_of(request, people.select_related("organisation").order_by("sort_key", "email")),
        "crumbs": [(_("Personer"), reverse("members:person-list")), (_("Uden medlemskab"), None)],
    }
    return render(request, "members/person_unattached.html", context)
