"""The people in the register. Every page here is the secretariat's."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import access
from members.forms.filters import PersonFilter
from members.forms.people import NewPersonForm, PersonForm
from members.invitations import InvitationError, invite
from members.log.acts import Act
from members.log.noting import note
from members.models import User
from members.privacy.anonymising import named_in
from members.second_factor import HAS_SECOND_FACTOR, take_off
from members.views.answers import SignedInRequest, created, form_answer, page_of, saved


@login_required
@require_safe
def person_list(request: SignedInRequest) -> HttpResponse:
    """Everyone in the register."""
    access.require_secretariat(request.user)
    form = PersonFilter(request.GET)
    people = User.objects.select_related("organisation").with_group_count()
    page = page_of(request, form.apply(people).order_by("sort_key", "email"))
    return render(request, "members/person_list.html", {"form": form, "page_obj": page})


def _person(request: HttpRequest, pk: int, *, to_change: bool = False) -> User:
    access.require_secretariat(request.user)
    people = User.objects.select_related("organisation", "anonymised_by")
    people = people.annotate(has_second_factor=HAS_SECOND_FACTOR)
    person: User = get_object_or_404(people, pk=pk)
    if to_change and not access.may_change_person(request.user, person):
        raise PermissionDenied
    return person


@login_required
@require_safe
def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A person, the groups they are in, and those they have left."""
    person = _person(request, pk)
    memberships = person.memberships.select_related("group", "organisation").order_by("-joined_on", "pk")
    context = {
        "person": person,
        "current": [m for m in memberships if m.is_current or m.is_coming],
        "former": [m for m in memberships if not m.is_current and not m.is_coming],
        "leaves": any(m.is_current or m.is_coming for m in memberships),
        "named_in": named_in(person) if person.is_anonymised else [],
        "may_change": access.may_change_person(request.user, person),
        "crumbs": [(_("Personer"), reverse("members:person-list")), (person.name, None)],
    }
    return render(request, "members/person_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_create(request: SignedInRequest) -> HttpResponse:
    """Put somebody in the register."""
    access.require_secretariat(request.user)
    form = NewPersonForm(request.POST or None, cancel=reverse("members:person-list"))

    def create() -> str:
        person = form.save()
        messages.success(request, _("%(name)s er oprettet.") % {"name": person})
        return str(person.get_absolute_url())

    return created(request, form, create) or form_answer(request, form, title=_("Opret person"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_update(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct a person."""
    person = _person(request, pk, to_change=True)
    name = person.name
    form = PersonForm(request.POST or None, instance=person, cancel=person.get_absolute_url())
    if saved(form, request=request):
        messages.success(request, _("Oplysningerne er rettet."))
        return redirect(person)
    return form_answer(request, form, title=_("Ret %(name)s") % {"name": name})


@login_required
@require_POST
def person_invite(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mail a person the link by which they choose a password."""
    person = _person(request, pk, to_change=True)
    try:
        invite(person, by=request.user)
    except InvitationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Invitationen er sendt til %(email)s.") % {"email": person.email})
    return redirect(person)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a person's login away; their memberships and what they wrote stay."""
    person = _person(request, pk, to_change=True)
    if person == request.user:
        messages.error(request, _("Du kan ikke deaktivere dig selv."))
        return redirect(person)
    if request.method == "POST":
        person.deactivate()
        messages.success(request, _("%(name)s er deaktiveret.") % {"name": person})
        return redirect(person)
    context = {
        "title": _("Deaktivér %(name)s?") % {"name": person},
        "person": person,
        "memberships": person.memberships.current().select_related("group"),
        "submit": _("Deaktivér"),
        "danger": True,
        "cancel": person.get_absolute_url(),
    }
    return render(request, "members/person_deactivate.html", context)


@login_required
@require_POST
def person_activate(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a deactivated person in again."""
    person = _person(request, pk, to_change=True)
    person.activate()
    messages.success(request, _("%(name)s er aktiv igen.") % {"name": person})
    return redirect(person)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_second_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the second factor off somebody who has lost it; one's own is taken off under "Min adgang"."""
    person = _person(request, pk, to_change=True)
    if person == request.user:
        return redirect("mfa_index")
    if request.method == "POST":
        take_off(person)
        note(Act.SECOND_FACTOR_REMOVED, person)
        messages.success(request, _("Totrinslogin er slået fra for %(name)s.") % {"name": person})
        return redirect(person)
    context = {
        "title": _("Slå totrinslogin fra for %(name)s?") % {"name": person},
        "text": _(
            "Gør det kun, når du er sikker på, at det er personen selv, der beder om det: ring til et "
            "nummer, du kender i forvejen. Adgangsnøgler og gendannelseskoder holder også op med at virke."
        ),
        "submit": _("Slå totrinslogin fra"),
        "danger": True,
        "cancel": person.get_absolute_url(),
    }
    return render(request, "components/confirm_page.html", context)
