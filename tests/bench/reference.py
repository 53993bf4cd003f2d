"""A page of the bench alone, by which the others are measured: as little as a page of a group can do.

The session, the person, the group with its project, 25 members and the newest edition's day, in a template of
ten lines. What a real page costs is told as so many of these.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from charters.models import Charter
from members.models import WorkingGroup

PATH = "/maalestok/"
MEMBERS = 25
TEMPLATE = """<!DOCTYPE html><html lang="da"><title>{{ group.name }}</title>
<h1>{{ group.name }}</h1><p>{{ group.project.name }}, {{ edition.dated_on|date }}, {{ user.name }}</p>
<ul>{% for seat in seats %}<li>{{ seat.person.name }}, {{ seat.get_role_display }}</li>{% endfor %}</ul>
</html>"""


def reference(request: HttpRequest) -> HttpResponse:
    """Five queries, of which two find out who is there."""
    group = WorkingGroup.objects.select_related("project").filter(kind="steering").order_by("pk")[7]
    seats = group.memberships.select_related("person").order_by("pk")[:MEMBERS]
    edition = Charter.objects.adopted().filter(group=group).first()
    context = {"group": group, "seats": seats, "edition": edition, "user": request.user}
    return HttpResponse(engines["django"].from_string(TEMPLATE).render(context, request))


urlpatterns = [path(PATH[1:], reference), path("", include("os2groups.urls"))]
