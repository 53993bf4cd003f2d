"""Writing section by section, in place: the same pages for a group's draft and for a standard text.

Each view answers htmx with the piece of the page that changed, and everybody else with a page of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from charters.models.manuscript import ConflictError, ManuscriptError
from charters.models.prose import Prose
from charters.models.section import TwoTextsError
from charters.prose_forms import MoveForm, NewSectionForm
from charters.views.desk import Desk
from members.submissions import once
from members.views.answers import SignedInRequest

OpenDesk = Callable[..., Desk]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_update(request: SignedInRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Write a section; what was typed is never lost, whatever another did meanwhile."""
    at = desk(request, **where)
    section = at.section(pk)
    form = at.section_form(
        request.POST or None,
        section=section,
        action=at.url("update", section),
        cancel=at.url("detail", section),
        in_place=_in_place(request, at),
    )
    if request.method == "POST" and form.is_valid():
        try:
            section.rewrite(**form.wording, by=request.user)
        except ConflictError as conflict:
            if not form.is_saved_in(conflict.current):
                return _conflict(request, at, section, form, conflict)
            section.refresh_from_db()
        except ManuscriptError as error:
            form.add_error(None, str(error))
            return _show_form(request, at, form, _editing(section), status=422)
        return _section_saved(request, at, section, _("Afsnittet »%(heading)s« er gemt."))
    status = 422 if form.is_bound else 200
    return _show_form(request, at, form, _editing(section), status=status)


@login_required
@require_safe
def section_detail(request: SignedInRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """The section as it stands: what "Annullér" puts back in place."""
    at = desk(request, **where)
    section = at.section(pk)
    if not _in_place(request, at):
        return HttpResponseRedirect(_section_address(request, at, section))
    return render(request, "charters/_section.html", {"section": section, "desk": at, "take_focus": True})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_create(request: SignedInRequest, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Add a section of one's own, last."""
    at = desk(request, **where)
    in_place = _in_place(request, at)
    cancel = f"{at.home}#tekst"
    form = NewSectionForm(
        request.POST or None,
        action=at.url("create"),
        cancel=cancel,
        in_place=in_place,
        heading_only=in_place and at.route == "draft",
    )
    if request.method == "POST" and form.is_valid():

        def create() -> str:
            section = at.manuscript.add_section(
                form.cleaned_data["heading"], body=form.cleaned_data.get("body", ""), by=request.user
            )
            return _section_address(request, at, section)

        try:
            address = once(form, user=request.user, create=create)
        except ManuscriptError as error:
            form.add_error(None, str(error))
        else:
            at = desk(request, **where)
            section = at.section(int(address.rpartition("-")[2]))
            said = _("Afsnittet »%(heading)s« er tilføjet.")
            return _section_saved(request, at, section, said, is_added=True)
    title = _("Tilføj afsnit")
    return _show_form(request, at, form, {"title": title}, status=422 if form.is_bound else 200)


@login_required
@require_POST
def section_move(request: SignedInRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Move a section one up or down."""
    at = desk(request, **where)
    section = at.section(pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _refused(request, at, ManuscriptError(_("Afsnittet blev ikke flyttet. Prøv igen.")))
    try:
        standing = at.manuscript.move_section(section, up=form.is_up, seen_at=form.cleaned_data["seen_at"])
    except ManuscriptError as error:
        return _refused(request, at, error)
    if not _in_place(request, at):
        return HttpResponseRedirect(_section_address(request, at, section))
    named = {"heading": section.heading, "n": standing.index(section) + 1, "of": len(standing)}
    ordered = {
        "order": [{"id": one.anchor, "position": one.position} for one in standing],
        "moved": section.anchor,
        "said": _("»%(heading)s« er nu afsnit %(n)s af %(of)s.") % named,
    }
    return trigger_client_event(HttpResponse(status=204), "sections:ordered", ordered)


@login_required
@require_POST
def section_remove(request: SignedInRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Take a section out of the text; it can be put back."""
    at = desk(request, **where)
    section = at.section(pk)
    try:
        section.take_out(by=request.user)
    except ManuscriptError as error:
        return _refused(request, at, error)
    if not _in_place(request, at):
        messages.success(request, _("»%(heading)s« er taget ud.") % {"heading": section.heading})
        return HttpResponseRedirect(f"{_page(request, at)}#tekst")
    return _changed(request, at, section, "charters/_section_removed.html")


@login_required
@require_POST
def section_restore(request: SignedInRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Put a section back where it stood."""
    at = desk(request, **where)
    section = at.section(pk)
    try:
        section.put_back(by=request.user)
    except ManuscriptError as error:
        return _refused(request, at, error)
    return _section_saved(request, at, section, _("Afsnittet »%(heading)s« er sat ind igen."))


def _pages(at: Desk) -> tuple[str, ...]:
    """The pages that show the whole text: a draft's own, and the one for its meeting."""
    meeting = (reverse("charters:draft-meeting", args=at.where),) if at.route == "draft" else ()
    return (at.home, *meeting)


def _in_place(request: SignedInRequest, at: Desk) -> bool:
    """Whether the answer goes into the page of the whole text, rather than being a page itself."""
    return bool(request.htmx) and urlsplit(request.htmx.current_url_abs_path or "").path in _pages(at)


def _page(request: SignedInRequest, at: Desk) -> str:
    """The page of the whole text that one came from, or its own."""
    came_from = urlsplit(request.headers.get("Referer", "")).path
    return came_from if came_from in _pages(at) else at.home


def _editing(section: Prose) -> dict[str, Any]:
    return {"section": section, "title": _("Rediger »%(heading)s«") % {"heading": section.heading}}


def _section_address(request: SignedInRequest, at: Desk, section: Prose) -> str:
    return f"{_page(request, at)}#{section.anchor}"


def _show_form(
    request: SignedInRequest, at: Desk, form: Any, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    name = "charters/_section_form.html" if request.htmx else "charters/section_form.html"
    return render(request, name, {"form": form, "desk": at, **context}, status=status)


def _conflict(
    request: SignedInRequest, at: Desk, section: Prose, form: Any, conflict: ConflictError
) -> HttpResponse:
    """Say what happened and show the other's text, if any; the writer's stays in the editor."""
    theirs = conflict.current
    was_rewritten = theirs.revision != form.cleaned_data["base"]
    form.start_from(theirs, merged=conflict.joined.with_mine if isinstance(conflict, TwoTextsError) else None)
    context = {"theirs": theirs if was_rewritten else None, "was_taken_out": theirs.is_removed}
    return _show_form(request, at, form, {**_editing(section), **context}, status=409)


def _refused(request: SignedInRequest, at: Desk, error: ManuscriptError) -> HttpResponse:
    """Say why a change was not made, on the page as it now is."""
    messages.error(request, str(error))
    page = _page(request, at)
    return HttpResponseClientRedirect(page) if request.htmx else HttpResponseRedirect(page)


def _section_saved(
    request: SignedInRequest, at: Desk, section: Prose, said: str, *, is_added: bool = False
) -> HttpResponse:
    said %= {"heading": section.heading}
    if _in_place(request, at):
        return _changed(request, at, section, "charters/_section.html", said=said, is_added=is_added)
    messages.success(request, said)
    address = _section_address(request, at, section)
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def _changed(
    request: SignedInRequest, at: Desk, section: Prose, template: str, *, said: str = "", **more: Any
) -> HttpResponse:
    """A section in place, and beside it what the text now lacks."""
    context = {"section": section, "desk": at, "take_focus": True, "review": at.review(), "said": said}
    return render(request, "charters/_section_saved.html", {**context, **more, "now": template})
