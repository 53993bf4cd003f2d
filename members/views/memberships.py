"""Add somebody to a group in two steps, change their role, end their membership.

Every page here is for those who manage the group, and for the secretariat.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members import access
from members.forms.filters import PersonSearch
from members.forms.memberships import (
    ChangeMembershipForm,
    EndMembershipForm,
    MembershipForm,
    NewMembershipForm,
)
from members.forms.people import NewGuestForm
from members.models import Membership, User, WorkingGroup
from members.views.answers import SignedInRequest, created, form_answer, saved

MOST_HITS = 20


def _open_group(request: HttpRequest, slug: str) -> WorkingGroup:
    """A group that can have members added; a closed one has no such pages."""
    group = access.find_group(request.user, slug, permission=access.MANAGE_GROUP)
    if group.is_closed:
        raise Http404
    return group


def _membership(request: HttpRequest, slug: str, pk: int) -> Membership:
    group = access.find_group(request.user, slug, permission=access.MANAGE_GROUP)
    memberships = group.memberships.select_related("person__organisation", "organisation")
    return get_object_or_404(memberships, pk=pk)


def _warn(request: HttpRequest, membership: Membership) -> None:
    for warning in membership.warnings():
        messages.warning(request, warning)


def group_page(request: HttpRequest, group: WorkingGroup) -> HttpResponse:
    """Back to the group, unless one has just lost sight of it oneself."""
    if WorkingGroup.objects.visible_to(request.user).filter(pk=group.pk).exists():
        return redirect(group)
    return HttpResponseRedirect(reverse("members:group-list"))


@login_required
@require_safe
def membership_search(request: SignedInRequest, slug: str) -> HttpResponse:
    """Step 1: find the person in the register."""
    group = _open_group(request, slug)
    form = PersonSearch(request.GET if "q" in request.GET else None)
    hits = list(form.found()[: MOST_HITS + 1])
    inside = set(group.memberships.current_or_coming().values_list("person_id", flat=True))
    context = {
        "group": group,
        "form": form,
        "hits": [(person, person.pk in inside) for person in hits[:MOST_HITS]],
        "has_more": len(hits) > MOST_HITS,
        "most": MOST_HITS,
    }
    status = 422 if form.errors else 200
    return render(request, "members/membership_search.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_person(request: SignedInRequest, slug: str) -> HttpResponse:
    """Between the steps: put somebody in the register who is not there yet."""
    group = _open_group(request, slug)
    back = reverse("members:membership-search", args=[group.slug])
    form = NewGuestForm(
        request.POST or None, cancel=back, initial={"name": request.GET.get("navn", "")[:200]}
    )

    def create() -> str:
        return reverse("members:membership-create", args=[group.slug, form.save().pk])

    return created(request, form, create) or form_answer(
        request,
        form,
        title=_("Opret person"),
        intro=_("Bagefter vælger du rollen i %(group)s.") % {"group": group},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_create(request: SignedInRequest, slug: str, person: int) -> HttpResponse:
    """Step 2: the role, the organisation and the first day."""
    group = _open_group(request, slug)
    people = User.objects.filter(is_active=True).select_related("organisation")
    newcomer = get_object_or_404(people, pk=person)
    membership = Membership(group=group, person=newcomer)
    back = reverse("members:membership-search", args=[group.slug])
    names_board = access.is_secretariat(request.user)
    form = NewMembershipForm(request.POST or None, instance=membership, cancel=back, names_board=names_board)

    def create() -> str:
        added = form.save()
        messages.success(request, _("%(name)s er tilføjet.") % {"name": newcomer.name})
        _warn(request, added)
        return str(group.get_absolute_url())

    title = _("Tilføj %(name)s til %(group)s") % {"name": newcomer.name, "group": group}
    return created(request, form, create) or form_answer(request, form, title=title)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_update(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Correct a membership: role, organisation, period."""
    membership = _membership(request, slug, pk)
    group = membership.group
    names_board = access.is_secretariat(request.user)
    home = group.get_absolute_url()
    form = MembershipForm(request.POST or None, instance=membership, cancel=home, names_board=names_board)
    if saved(form, request=request):
        messages.success(request, _("Medlemskabet er rettet."))
        _warn(request, membership)
        return group_page(request, group)
    title = _("Ret medlemskab af %(group)s") % {"group": group}
    template = "members/membership_update.html"
    return form_answer(request, form, template=template, title=title, membership=membership, group=group)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_change(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Another role or organisation from a day: what was stays in the group's history."""
    membership = _membership(request, slug, pk)
    group, name = membership.group, membership.person.name
    form = ChangeMembershipForm(request.POST or None, instance=membership, cancel=group.get_absolute_url())

    def change() -> str:
        _warn(request, form.save())
        messages.success(request, _("Skiftet er gemt."))
        return str(group_page(request, group)["Location"])

    title = _("%(name)s skifter rolle eller organisation") % {"name": name}
    return created(request, form, change) or form_answer(request, form, title=title, intro=group.name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def membership_end(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """End a membership; the row stays as the group's history."""
    membership = _membership(request, slug, pk)
    group, person = membership.group, membership.person
    form = EndMembershipForm(request.POST or None, instance=membership, cancel=group.get_absolute_url())

    def end() -> None:
        membership.end(on=form.cleaned_data["left_on"], handover_note=form.cleaned_data["handover_note"])

    if saved(form, request=request, save=end):
        messages.success(request, _("%(name)s udtræder af gruppen.") % {"name": person.name})
        return group_page(request, group)
    title = _("Afslut medlemskab for %(name)s") % {"name": person.name}
    return form_answer(
        request, form, template="members/membership_end.html", title=title, intro=group.name, person=person
    )
