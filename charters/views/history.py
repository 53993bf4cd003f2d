"""The history of a section: what it said before, and saying it again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from charters.difference import difference
from charters.history import History
from charters.models import Charter, Section
from charters.models.manuscript import ManuscriptError
from charters.views.desk import draft_of, reading_desk, what_became_of, where_adopted, whole_number
from charters.views.editions import edition_of, reads_history
from members import access
from members.views.answers import SignedInRequest


def _history_address(request: HttpRequest, edition: Charter) -> str:
    """Where the history is read that was asked for of a draft, now that it is an edition.

    A draft that was given up has its history again as soon as it is taken up.
    """
    if edition.is_given_up:
        return edition.get_absolute_url()
    where = [edition.group.slug, edition.number, resolve(request.path_info).kwargs["pk"]]
    return reverse("charters:edition-section-history", args=where)


def _follow(request: HttpRequest, edition: Charter) -> HttpResponse:
    """The history outlives the draft."""
    can_be_read = _("Tag det op igen for at læse historikken.")
    if not edition.is_given_up:
        can_be_read = _("Historikken kan stadig læses.")
    messages.info(request, f"{what_became_of(edition)} {can_be_read}")
    return redirect(_history_address(request, edition))


def _too_late(request: HttpRequest, edition: Charter) -> HttpResponse:
    """A press on a page that stood open since before the adoption: what was typed is shown."""
    typed = request.POST.get("body", "")
    context = {"charter": edition, "history_url": _history_address(request, edition), "typed": typed}
    return render(request, "charters/section_too_late.html", context, status=410)


or_too_late = where_adopted(_too_late)


@login_required
@require_safe
@where_adopted(_follow)
def section_history(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Who wrote what in a section and when, and how it differs from the standard text."""
    return _history(request, _section(request, slug, pk))


@login_required
@require_safe
def edition_section_history(request: SignedInRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """How a section of an adopted edition came to be, for those who read the group's drafts."""
    edition = edition_of(request, slug, number)
    if not reads_history(request, edition):
        raise Http404
    return _history(request, get_object_or_404(edition.sections.select_related("source"), pk=pk))


def _history(request: SignedInRequest, section: Section) -> HttpResponse:
    every_save = "alle" in request.GET
    standard = section.source
    context = {
        "section": section,
        "desk": reading_desk(request, section.charter),
        "history": History.of(section, before=_number(request), every_save=every_save),
        "every_save": every_save,
        "standard": standard,
        "from_standard": difference(standard.wording.blocks, section.wording.blocks) if standard else [],
        "is_standard": standard is not None and standard.wording == section.wording,
    }
    return render(request, "charters/section_history.html", context)


@login_required
@require_POST
@or_too_late
def section_revert(request: SignedInRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Let the section say again what it said in a revision ("Gendan")."""
    section = _section(request, slug, pk, permission=access.EDIT_CHARTER)
    revision = get_object_or_404(section.revisions, number=number)
    try:
        section.restore(revision, by=request.user)
    except ManuscriptError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Afsnittet »%(heading)s« er gendannet.") % {"heading": section.heading})
    return _to_the_text(section)


@login_required
@require_POST
@or_too_late
def section_standard(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Put a section back to what the standard text says."""
    section = _section(request, slug, pk, permission=access.EDIT_CHARTER)
    try:
        section.restore_standard(by=request.user)
    except ManuscriptError as error:
        messages.error(request, str(error))
    else:
        said = _("Afsnittet »%(heading)s« er sat tilbage til standardteksten.")
        messages.success(request, said % {"heading": section.heading})
    return _to_the_text(section)


def _section(request: HttpRequest, slug: str, pk: int, *, permission: str = access.VIEW_DRAFTS) -> Section:
    """A section of the group's draft, standing or taken out."""
    charter = draft_of(request, slug, permission=permission, with_sections=False)
    found: Section = get_object_or_404(charter.sections.select_related("source"), pk=pk)
    return found


def _number(request: HttpRequest) -> int | None:
    """Where an older page of the history begins."""
    asked = request.GET.get("foer", "")
    number = whole_number(asked)
    if asked and number is None:
        raise Http404
    return number


def _to_the_text(section: Section) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{section.charter.get_absolute_url()}#{section.anchor}")
