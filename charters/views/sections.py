"""Writing section by section, in place: the same pages for a group's draft and for a standard text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from charters.forms import NewSectionForm
from charters.models.manuscript import ConflictError, ManuscriptError, Prose
from charters.views.desk import Desk
from members.submissions import once

OpenDesk = Callable[..., Desk]


@login_required
@require_http_methods(["GET", "POST"])
def section_update(request: HttpRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Write a section; what was typed is never lost, whatever another did meanwhile."""
    at = desk(request, **where)
    section = at.section(pk)
    form = at.section_form(
        request.POST or None,
        section=section,
        action=at.url("update", section),
        cancel=_section_address(at, section),
    )
    if request.method == "POST" and form.is_valid():
        try:
            section.rewrite(**form.wording, by=request.user)
        except ConflictError as conflict:
            return _conflict(request, at, section, form, conflict)
        except ManuscriptError as error:
            form.add_error(None, str(error))
        else:
            return _section_saved(request, at, section)
    status = 422 if form.is_bound else 200
    return _show_form(request, at, form, _editing(section), status=status)


@login_required
@require_GET
def section_detail(request: HttpRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """The section as it stands: what "Annullér" puts back in place."""
    at = desk(request, **where)
    section = at.section(pk)
    if not request.htmx:
        return HttpResponseRedirect(f"{at.home}#{section.anchor}")
    return render(request, "charters/_section.html", {"section": section, "desk": at, "may_edit": True})


@login_required
@require_http_methods(["GET", "POST"])
def section_create(request: HttpRequest, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Add a section of one's own, last."""
    at = desk(request, **where)
    form = NewSectionForm(request.POST or None, action=at.url("create"), cancel=f"{at.home}#tekst")
    if request.method == "POST" and form.is_valid():

        def create() -> str:
            section = at.manuscript.add_section(
                form.cleaned_data["heading"], body=form.cleaned_data["body"], by=request.user
            )
            return _section_address(at, section)

        try:
            return HttpResponseRedirect(once(form, user=request.user, create=create))
        except ManuscriptError as error:
            form.add_error(None, str(error))
    title = _("Tilføj afsnit")
    return _show_form(request, at, form, {"title": title}, status=422 if form.is_bound else 200)


@login_required
@require_POST
def section_move(request: HttpRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Move a section one up or down."""
    at = desk(request, **where)
    section = at.section(pk)
    up = request.POST.get("direction") != "down"
    return _change(request, at, section, lambda: at.manuscript.move_section(section, up=up))


@login_required
@require_POST
def section_remove(request: HttpRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Take a section out of the text; it can be put back."""
    at = desk(request, **where)
    section = at.section(pk)
    return _change(request, at, section, section.take_out)


@login_required
@require_POST
def section_restore(request: HttpRequest, pk: int, *, desk: OpenDesk, **where: str) -> HttpResponse:
    """Put a section back where it stood."""
    at = desk(request, **where)
    section = at.section(pk)
    return _change(request, at, section, section.put_back)


def _editing(section: Prose) -> dict[str, Any]:
    return {"section": section, "title": _("Rediger »%(heading)s«") % {"heading": section.heading}}


def _section_address(at: Desk, section: Prose) -> str:
    return f"{at.home}#{section.anchor}"


def _show_form(
    request: HttpRequest, at: Desk, form: Any, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    name = "charters/_section_form.html" if request.htmx else "charters/section_form.html"
    return render(request, name, {"form": form, "desk": at, **context}, status=status)


def _conflict(
    request: HttpRequest, at: Desk, section: Prose, form: Any, conflict: ConflictError
) -> HttpResponse:
    """Show both texts; the writer's stays in the editor and now starts from the other's revision."""
    form.data = form.data.copy()
    form.data["base"] = conflict.current.revision
    form.add_error(None, str(conflict))
    return _show_form(request, at, form, {**_editing(section), "theirs": conflict.current}, status=409)


def _section_saved(request: HttpRequest, at: Desk, section: Prose) -> HttpResponse:
    if not request.htmx:
        messages.success(request, _("Afsnittet er gemt."))
        return HttpResponseRedirect(_section_address(at, section))
    context = {"section": section, "desk": at, "may_edit": True, "review": at.review(), "saved": True}
    return render(request, "charters/_section_saved.html", context)


def _change(request: HttpRequest, at: Desk, section: Prose, change: Callable[[], Any]) -> HttpResponse:
    """Run a change of the text's order or content and go back to the text."""
    try:
        change()
    except ManuscriptError as error:
        messages.error(request, str(error))
    anchor = "tekst" if section.is_removed else section.anchor
    return HttpResponseRedirect(f"{at.home}#{anchor}")
