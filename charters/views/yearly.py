"""The yearly check of a group: three questions beside what they are about."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charters.models import Charter
from charters.obligations.following import EDITS
from charters.views.obligations import group_of
from charters.yearly import refusal
from charters.yearly_form import YearlyCheckForm
from members.models import WorkingGroup
from members.views.answers import SignedInRequest, created, form_answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def yearly_check(request: SignedInRequest, slug: str) -> HttpResponse:
    """Those who lead the group answer; its other members read what was answered last."""
    group, rights = group_of(request, slug)
    leads = EDITS in rights
    if request.method == "POST" and not leads:
        raise PermissionDenied
    charter = Charter.objects.adopted().filter(group=group).first()
    if charter:
        charter.group = group
    told = refusal(group, charter)
    if told or not leads:
        return _read(request, group, told=told)
    form = YearlyCheckForm(request.POST or None, group=group, by=request.user)

    def create() -> str:
        made = form.write()
        if made.is_all_right:
            messages.success(request, _("Tak. Tjekket er gemt, og I hører fra os igen om et år."))
        else:
            messages.info(request, _("Svarene er gemt. Her kan I rette det, der ikke passer."))
        return request.path

    if answer := created(request, form, create):
        return answer
    shown = {"charter": charter, "obligations": _obligations(group), "roster": _roster(group)}
    return form_answer(request, form, template="charters/yearly_check.html", **_about(group), **shown)


def _read(request: SignedInRequest, group: WorkingGroup, *, told: str) -> HttpResponse:
    return render(request, "charters/yearly_check.html", _about(group) | {"told": told})


def _about(group: WorkingGroup) -> dict[str, Any]:
    return {
        "group": group,
        "last": group.yearly_checks.select_related("made_by").order_by("-made_on", "-pk").first(),
        "crumbs": [
            (_("Grupper"), reverse("members:group-list")),
            (group.name, group.get_absolute_url()),
            (_("Årligt tjek"), None),
        ],
    }


def _obligations(group: WorkingGroup) -> list[Any]:
    found = group.obligations.in_force().with_responsible().with_last_follow_up()
    return list(found.order_by("position", "pk"))


def _roster(group: WorkingGroup) -> list[Any]:
    return list(group.memberships.current().in_roster_order().select_related("person", "organisation"))
