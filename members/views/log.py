"""The log, whole and of one thing: who changed what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import access
from members.forms.log import LogFilter
from members.log.telling import Line, lines
from members.models import LogEntry, Organisation, Project, User
from members.models.log_entry import LogEntryQuerySet
from members.views.answers import SignedInRequest, word_of

LINES_A_PAGE = 50


@dataclass(frozen=True)
class LogPage:
    """Some lines, and the key that the older ones are asked for by: the log is never counted."""

    lines: list[Line]
    before: int | None
    is_newest: bool


def _page(request: HttpRequest, entries: LogEntryQuerySet) -> LogPage:
    asked = request.GET.get("foer", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 19 else None  # digits of a bigint
    if before is not None:
        entries = entries.filter(pk__lt=before)
    found = list(entries.newest_first().with_what_they_name()[: LINES_A_PAGE + 1])
    more = found[LINES_A_PAGE - 1].pk if len(found) > LINES_A_PAGE else None
    return LogPage(lines(found[:LINES_A_PAGE]), before=more, is_newest=before is None)


def _answer(request: SignedInRequest, entries: LogEntryQuerySet, **context: Any) -> HttpResponse:
    form = LogFilter(request.GET)
    entries = form.apply(entries)
    if act := word_of(request.GET, "samtidig"):
        entries = entries.filter(cid=act)
    page = _page(request, entries)
    narrowed = form.is_narrowed or bool(act)
    return render(request, "members/log.html", {"form": form, "page": page, "narrowed": narrowed, **context})


@login_required
@require_safe
def log(request: SignedInRequest) -> HttpResponse:
    """Everything that was done in the register, and who signed in; the secretariat's."""
    access.require_secretariat(request.user)
    return _answer(request, LogEntry.objects.all(), title=_("Log"))


@login_required
@require_safe
def group_log(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was changed in a group and its memberships; needs ``manage_group``."""
    group = access.find_group(request.user, slug, permission=access.MANAGE_GROUP)
    crumbs = [(_("Grupper"), reverse("members:group-list")), (group.name, group.get_absolute_url())]
    return _of(request, group, LogEntry.objects.filter(group=group), crumbs=crumbs)


@login_required
@require_safe
def project_log(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was changed in a project and its groups; the secretariat's."""
    access.require_secretariat(request.user)
    project = get_object_or_404(Project, slug=slug)
    crumbs = [(_("Projekter"), reverse("members:project-list")), (project.name, project.get_absolute_url())]
    return _of(request, project, LogEntry.objects.filter(project=project), crumbs=crumbs)


@login_required
@require_safe
def person_log(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was changed about a person, and when they signed in; the secretariat's."""
    access.require_secretariat(request.user)
    person = get_object_or_404(User, pk=pk)
    crumbs = [(_("Personer"), reverse("members:person-list")), (person.name, person.get_absolute_url())]
    return _of(request, person, LogEntry.objects.filter(person=person), crumbs=crumbs)


@login_required
@require_safe
def organisation_log(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was changed about an organisation; the secretariat's."""
    access.require_secretariat(request.user)
    organisation = get_object_or_404(Organisation, pk=pk)
    home = reverse("members:organisation-list")
    change = reverse("members:organisation-update", args=[organisation.pk])
    crumbs = [(_("Organisationer"), home), (organisation.name, change)]
    entries = LogEntry.objects.get_for_object(organisation)
    return _of(request, organisation, entries, crumbs=crumbs)


def _of(
    request: SignedInRequest, thing: models.Model, entries: LogEntryQuerySet, *, crumbs: list[tuple[str, str]]
) -> HttpResponse:
    title = _("Log for %(name)s") % {"name": thing}
    return _answer(request, entries, title=title, crumbs=[*crumbs, (_("Log"), "")])
