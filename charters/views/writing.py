"""What the page of a draft says to the server by itself: save this, and what is new?

Both answer with JSON, and never with a page of something else: whoever is signed out is told so with 401.
"""

from __future__ import annotations

import base64
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from charters.completeness import Review
from charters.difference import difference
from charters.models import Charter, Presence, Section
from charters.models.manuscript import ManuscriptError
from charters.models.presence import Somebody
from charters.models.section import TwoTextsError
from charters.views.desk import Desk, View, draft_desk, draft_of, reading_desk, what_became_of, where_adopted
from charters.writing_forms import PulseForm, SaveForm
from members.views.answers import SignedInRequest


@dataclass(frozen=True)
class Writing:
    """What a page of a draft knows, so that it can save by itself and ask for news."""

    request: HttpRequest
    charter: Charter

    @property
    def pulse(self) -> str:
        return reverse("charters:draft-pulse", args=[self.charter.group.slug])

    @property
    def keep_key(self) -> str:
        """The person's own key to the text their browser keeps until it is saved.

        Nobody else is given it, so what one leaves unsaved on a shared machine is a riddle to the next.
        """
        person = str(self.request.user.pk)
        return base64.b64encode(
            salted_hmac("charters.kept-text", person, algorithm="sha256").digest()
        ).decode()

    @property
    def sign_in(self) -> str:
        return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': self.request.path})}"


def _of_the_page(view: View) -> View:
    """Answer only who wrote the page, and only by POST; say plainly where there is no draft any more."""

    @require_POST
    @wraps(view)
    def answered(request: HttpRequest, slug: str, **where: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"reason": "signed_out"}, status=401)
        if request.POST.get("writer") not in (None, str(request.user.pk)):
            return JsonResponse({"reason": "another"}, status=401)
        try:
            return or_over(request, slug, **where)
        except Http404:
            return JsonResponse({}, status=404)

    or_over = where_adopted(lambda _request, ended: _over(what_became_of(ended), ended))(view)
    return answered


@_of_the_page
def section_save(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Save what stands in somebody's editor; what others wrote meanwhile stays."""
    desk = draft_desk(request, slug)
    section = cast(Section, desk.section(pk))
    before = section.charter.revision
    form = SaveForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        saved = section.rewrite(**form.cleaned_data, by=request.user)
    except TwoTextsError as conflict:
        return _both_texts(request, section, conflict)
    except ValidationError as error:
        by_field = error.message_dict if hasattr(error, "error_dict") else {"body": error.messages}
        return JsonResponse({"errors": by_field}, status=422)
    except ManuscriptError as error:
        return _over(str(error), section.charter)
    return JsonResponse(
        {
            "revision": saved.revision,
            "yours": saved.yours,
            "heading": section.heading,
            "body": section.body,
            **_standing(section),
            "saved_at": date_format(timezone.localtime(), "H.i"),
            "review": _review_html(request, desk),
            # A page that had seen all there was before has now seen all there is.
            "seen": {"before": before, "now": section.charter.revision},
        }
    )


@_of_the_page
def draft_pulse(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who else has the draft open, and what changed since the page last heard."""
    charter = draft_of(request, slug, with_sections=False)
    form = PulseForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    at = form.cleaned_data
    if at["charter"] not in (None, charter.pk):  # the page slept through an adoption and the next draft
        raise Http404
    if at["leaving"]:
        Presence.leave(charter, person=request.user, window=at["window"])
        return HttpResponse(status=204)
    there = Presence.note(
        charter,
        person=request.user,
        window=at["window"],
        section_id=at["section"],
        is_hidden=at["hidden"],
    )
    people = Somebody.among(there, you=request.user)
    return JsonResponse(
        {
            "revision": charter.revision,
            "people": [_person_json(somebody) for somebody in people],
            "presence": render_to_string("charters/_presence.html", {"people": people}),
            "changes": None
            if at["seen"] == charter.revision
            else _changes(request, charter, known=at["known"]),
        }
    )


def _person_json(somebody: Somebody) -> dict[str, Any]:
    return {
        "name": somebody.person.name,
        "is_you": somebody.is_you,
        "sections": somebody.sections,
    }


def _changes(request: SignedInRequest, charter: Charter, *, known: dict[int, int]) -> dict[str, Any]:
    """The order of the sections as it is now, and each that the page does not show as it stands."""
    prefetch_related_objects([charter], "sections")
    desk = reading_desk(request, charter)
    sections = cast(list[Section], desk.sections())
    news = [section for section in sections if known.get(section.pk) != section.revision]
    return {
        "order": [section.pk for section in sections],
        "sections": {section.pk: _section_json(request, desk, section) for section in news},
        "removed_html": render_to_string("charters/_removed.html", {"desk": desk}, request),
        "review": _review_html(request, desk),
    }


def _section_json(request: SignedInRequest, desk: Desk, section: Section) -> dict[str, Any]:
    html = render_to_string("charters/_section.html", {"desk": desk, "section": section}, request)
    facts = {"revision": section.revision, "heading": section.heading, "body": section.body, "html": html}
    return facts | _standing(section) if desk.may_edit else facts


def _standing(section: Section) -> dict[str, Any]:
    """How a section stands to the standard text, as those who write it are told."""
    return {"origin": section.origin, "has_offer": section.has_offer}


def _review_html(request: SignedInRequest, desk: Desk) -> str:
    charter = cast(Charter, desk.manuscript)
    context = {"review": Review.of(charter), "charter": charter, "may_edit": desk.may_edit}
    return render_to_string("charters/_review.html", context, request)


def _both_texts(request: SignedInRequest, section: Section, conflict: TwoTextsError) -> JsonResponse:
    """Two texts that one must choose between; the writer's is kept already."""
    joined, other = conflict.joined, section.last_writer
    context = {
        "section": section,
        "joined": joined,
        "changes": difference(joined.with_theirs.blocks, joined.with_mine.blocks),
        "other": None if other == request.user else other,
        "is_clean": joined.is_clean,
    }
    return JsonResponse(
        {
            "revision": section.revision,
            "yours": conflict.yours,
            "was_removed": section.is_removed,
            "mine": asdict(joined.with_mine),
            "theirs": asdict(joined.with_theirs),
            "panel": render_to_string("charters/_conflict.html", context, request),
        },
        status=409,
    )


def _over(message: str, charter: Charter) -> JsonResponse:
    """The text can no longer be written: the page says so, and where it leads on to."""
    return JsonResponse({"message": message, "url": charter.get_absolute_url()}, status=410)
