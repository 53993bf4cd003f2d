"""The meeting that writes the charter: a page for the projector, who is there, and who was missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import trigger_client_event

from charters.completeness import HEADING_ANCHOR, MEMBERS_ANCHOR, Review
from charters.edition import Edition
from charters.meeting_forms import AttendanceForm, NewcomerForm
from charters.models import Attendance, Charter
from charters.models.manuscript import ManuscriptError
from charters.views.desk import Desk, draft_of, reading_desk, what_became_of, where_adopted
from charters.views.drafts import lead_on, not_opened, or_the_adopted
from charters.views.writing import Writing
from members import access
from members.views.answers import SignedInRequest, created, form_answer

LAST_STEP = "slut"


def _tell_or_lead_on(request: SignedInRequest, adopted: Charter) -> HttpResponse:
    """The page that asks by itself is told, and a person is led on."""
    if request.htmx:
        return _in_words(what_became_of(adopted), status=410)
    return lead_on(request, adopted)


def _in_words(message: str, *, status: int) -> HttpResponse:
    return HttpResponse(message, status=status, content_type="text/plain; charset=utf-8")


@dataclass(frozen=True)
class Step:
    """One thing the meeting goes through; ``anchor`` is its place on the page."""

    anchor: str
    title: str
    is_unfilled: bool = False


def _steps(desk: Desk, review: Review) -> list[Step]:
    """The way through the meeting: the heading, each section, and the end."""
    unfilled = {finding.anchor for finding in review.unfilled()}
    heading = Step(HEADING_ANCHOR, _("Hoved"), bool(unfilled & {HEADING_ANCHOR, MEMBERS_ANCHOR}))
    sections = [Step(s.anchor, s.heading, s.anchor in unfilled) for s in desk.sections()]
    return [heading, *sections, Step(LAST_STEP, _("Til slut"))]


def _who_is_there(request: SignedInRequest, charter: Charter) -> dict[str, Any]:
    """What the page asks for anew while it is open: everything but the text itself."""
    desk = reading_desk(request, charter)
    review = Review.of(charter)
    attendees = Attendance.of(charter, roster=review.roster)
    return {
        "charter": charter,
        "desk": desk,
        "edition": Edition.of(charter, roster=review.roster),
        "review": review,
        "attendees": attendees,
        "present": [one.membership for one in attendees if one.is_present],
        "may_edit": desk.may_edit,
        "may_manage": desk.may_manage,
    }


def _address(charter: Charter) -> str:
    return reverse("charters:draft-meeting", args=[charter.group.slug])


@login_required
@require_safe
@or_the_adopted
def draft_meeting(request: SignedInRequest, slug: str) -> HttpResponse:
    """The draft in large type, step by step, for everybody who may read it."""
    charter = draft_of(request, slug)
    context = _who_is_there(request, charter)
    context["steps"] = _steps(context["desk"], context["review"])
    context["writing"] = Writing(request, charter)
    return render(request, "charters/meeting.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@where_adopted(_tell_or_lead_on)
def attendance(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who is ticked as present: asked for by the page while it is open, and ticked by those who may write."""
    permission = access.EDIT_CHARTER if request.method == "POST" else access.VIEW_DRAFTS
    charter = draft_of(request, slug, permission=permission)
    refusal = _ticked(request, charter) if request.method == "POST" else ""
    if not request.htmx:
        if refusal:
            messages.error(request, refusal)
        return HttpResponseRedirect(f"{_address(charter)}#{HEADING_ANCHOR}")
    if refusal:
        return _in_words(refusal, status=409)
    return render(request, "charters/_meeting_there.html", _who_is_there(request, charter))


def _ticked(request: SignedInRequest, charter: Charter) -> str:
    """Save the ticks; what is said against them, or nothing."""
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        return _("Fluebenet blev ikke forstået. Genindlæs siden, og prøv igen.")
    try:
        form.save(charter, roster=list(charter.group.roster()), by=request.user)
    except ManuscriptError as error:
        return str(error)
    return ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@where_adopted(_tell_or_lead_on)
def meeting_member(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a member on the spot: in the page's dialog, or on a page of its own."""
    charter = draft_of(request, slug, permission=access.MANAGE_GROUP)
    if charter.group.is_closed:
        return not_opened(request, charter)
    back = f"{_address(charter)}#{HEADING_ANCHOR}"
    form = NewcomerForm(
        request.POST or None,
        charter=charter,
        action=request.path,
        cancel=back,
        in_dialog=bool(request.htmx),
    )

    def create() -> str:
        membership = form.welcome(by=request.user)
        if not request.htmx:  # the page with the dialog tells it by itself
            messages.success(request, _("%(name)s er tilføjet.") % {"name": membership.person.name})
        return back

    answer = created(request, form, create)
    if answer is None:
        template = "charters/_meeting_member.html" if request.htmx else "charters/meeting_member.html"
        return form_answer(request, form, template=template, charter=charter, back=back)
    return _joined(form) if request.htmx else answer


def _joined(form: NewcomerForm) -> HttpResponse:
    """Nothing to show in the dialog: the page that opened it closes it."""
    return trigger_client_event(HttpResponse(status=204), "meeting:joined")
