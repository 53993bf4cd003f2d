"""The history of a section: what it said before, and saying it again."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from charters.difference import difference
from charters.history import History
from charters.models import Section
from charters.models.manuscript import ManuscriptError
from charters.views.desk import draft_of, reading_desk
from members import access
from members.views.answers import SignedInRequest


@login_required
@require_safe
def section_history(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Who wrote what in a section and when, and how it differs from the standard text."""
    section = _section(request, slug, pk)
    desk = reading_desk(request, section.charter)
    every_save = "alle" in request.GET
    standard = section.source
    context = {
        "section": section,
        "desk": desk,
        "history": History.of(section, before=_number(request), every_save=every_save),
        "every_save": every_save,
        "standard": standard,
        "from_standard": difference(standard.wording.blocks, section.wording.blocks) if standard else [],
        "is_standard": standard is not None and standard.wording == section.wording,
    }
    return render(request, "charters/section_history.html", context)


@login_required
@require_POST
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
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        raise Http404
    return int(asked)


def _to_the_text(section: Section) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{section.charter.get_absolute_url()}#{section.anchor}")
