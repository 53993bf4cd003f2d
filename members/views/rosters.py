"""A group as it was on a day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import access
from members.forms.roster import RosterDayForm


@require_safe
def group_roster(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was in a group on a day; public where the group is.

    As on the group's own page, those who have left it since are named to those who belong to it only.
    """
    group = access.find_group(request.user, slug)
    form = RosterDayForm(request.GET if "den" in request.GET else None, group=group)
    roster = list(group.roster(on=form.day)) if form.day else []
    now = set(group.memberships.current().values_list("person_id", flat=True))
    belongs = "view_drafts" in access.rights(request.user, group)
    shown = [membership for membership in roster if belongs or membership.person_id in now]
    context = {
        "group": group,
        "form": form,
        "day": form.day,
        "shown": shown,
        "since_left": len(roster) - len(shown),
        "belongs": belongs,
        "now": now,
        "crumbs": [
            (_("Grupper"), reverse("members:group-list")),
            (group.name, group.get_absolute_url()),
            (_("På en bestemt dag"), None),
        ],
    }
    return render(request, "members/group_roster.html", context, status=422 if form.errors else 200)
