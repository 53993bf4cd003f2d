"""A person leaves or moves: one form for all their memberships."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from members import access
from members.forms.fields import offered
from members.forms.leaving import LeavingForm
from members.leaving import Succession, duties_of, leave
from members.models import Membership, User, WorkingGroup
from members.models.period import in_force
from members.views.answers import SignedInRequest, created, form_answer


def _ending(user: User, pk: int) -> tuple[User, list[Membership]]:
    """The person, and the memberships that ``user`` may end.

    Raises:
        PermissionDenied: they are neither of the secretariat nor lead a group that the person is in.
    """
    # By the key of the person, for which a number that is none finds nobody; by the person it is an error.
    memberships = Membership.objects.current_or_coming().filter(person__pk=pk)
    memberships = memberships.select_related("person__organisation", "group__project", "organisation")
    memberships = memberships.order_by("group__sort_key", "joined_on", "pk")
    if access.is_secretariat(user):
        person: User = get_object_or_404(User.objects.select_related("organisation"), pk=pk)
        return person, list(memberships)
    led = list(memberships.filter(group__in=access.led_by(user)))
    if not led:
        raise PermissionDenied
    return led[0].person, led


def _known(person: User, memberships: Sequence[Membership]) -> list[User]:
    """Those who are likely to take over: of the same groups, and of the same organisation."""
    groups = [membership.group_id for membership in memberships]
    near = Q(in_force("memberships__"), memberships__group__in=groups)
    if person.organisation_id:
        near |= Q(organisation=person.organisation_id)
    return offered(User.objects.filter(near).exclude(pk=person.pk).distinct())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def person_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """End all of a person's memberships and hand them over; a leader does it for the groups they lead."""
    person, memberships = _ending(request.user, pk)
    everything = access.is_secretariat(request.user)
    projects = list(person.facilitated_projects.open()) if everything else []
    home = person.get_absolute_url() if everything else memberships[0].group.get_absolute_url()
    form = LeavingForm(
        request.POST or None,
        person=person,
        memberships=memberships,
        projects=projects,
        duties=duties_of(person, groups=[membership.group_id for membership in memberships]),
        may_deactivate=access.may_change_person(request.user, person) and person != request.user,
    )

    def end() -> str:
        _tell(request, person, leave(form.leaving()))
        return home if _is_seen(request, memberships) else reverse("members:group-list")

    return created(request, form, end) or form_answer(
        request,
        form,
        template="members/person_leave.html",
        title=_("%(name)s udtræder") % {"name": person.name},
        person=person,
        known=_known(person, memberships),
        cancel=home,
        crumbs=_crumbs(person, memberships, everything=everything),
    )


def _crumbs(
    person: User, memberships: Sequence[Membership], *, everything: bool
) -> list[tuple[str, str | None]]:
    """By the person's page for the secretariat, by the group's for those who lead it."""
    leaving = (_("Udtræder"), None)
    if everything:
        return [
            (_("Personer"), reverse("members:person-list")),
            (person.name, person.get_absolute_url()),
            leaving,
        ]
    group = memberships[0].group
    return [(_("Grupper"), reverse("members:group-list")), (group.name, group.get_absolute_url()), leaving]


def _is_seen(request: SignedInRequest, memberships: Sequence[Membership]) -> bool:
    """Whether the page that one came from is still there for whoever has just left it oneself."""
    if access.is_secretariat(request.user):
        return True
    return WorkingGroup.objects.visible_to(request.user).filter(pk=memberships[0].group_id).exists()


def _tell(request: HttpRequest, person: User, taken: Sequence[Succession]) -> None:
    messages.success(request, _("%(name)s udtræder af grupperne.") % {"name": person.name})
    for succession in taken:
        membership = succession.membership
        words = {
            "name": membership.person.name,
            "group": membership.group.name,
            "role": membership.get_role_display().lower(),
        }
        if succession.was_inside:
            messages.info(request, _("%(name)s var allerede med i %(group)s og er nu %(role)s.") % words)
        for warning in membership.warnings():
            messages.warning(request, warning)
