"""Bringing a filled-in Word file into the draft: the file, what it would do, and the yes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from charters.forms import WordFileForm
from charters.from_word import OtherFileError, receive, take_over
from charters.models import Section, WordFile
from charters.models.manuscript import ClosedGroupError, ManuscriptError
from charters.views.desk import draft_of, whole_number
from charters.views.drafts import not_opened, or_the_adopted
from charters.word_preview import Choice, preview
from members import access
from members.views.answers import SignedInRequest, form_answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@or_the_adopted
def draft_from_word(request: SignedInRequest, slug: str) -> HttpResponse:
    """Choose a Word file for the draft; needs ``edit_charter``."""
    charter = draft_of(request, slug, permission=access.EDIT_CHARTER)
    if charter.group.is_closed:
        return not_opened(request, charter)
    is_sent = request.method == "POST"
    cancel = charter.get_absolute_url()
    form = (
        WordFileForm(request.POST, request.FILES, cancel=cancel) if is_sent else WordFileForm(cancel=cancel)
    )
    if is_sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            receive(charter, file, name=file.name, by=request.user)
        except ManuscriptError as error:
            form.add_error("file", str(error))
        else:
            return redirect("charters:draft-word-review", slug)
    intro = _("Teksten læses og vises ved siden af udkastet. Intet gemmes, før I har set det igennem.")
    return form_answer(request, form, title=_("Hent ind fra Word"), intro=intro)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@or_the_adopted
def draft_word_review(request: SignedInRequest, slug: str) -> HttpResponse:
    """See what one's Word file would do to the draft, choose, and save; needs ``edit_charter``."""
    charter = draft_of(request, slug, permission=access.EDIT_CHARTER)
    file = WordFile.objects.filter(charter=charter, owner=request.user).first()
    if file is None:
        messages.info(request, _("Der er ingen Word-fil at se igennem. Måske er den allerede hentet ind."))
        return redirect(charter)
    file.charter = charter
    choice = _choice(request) if request.method == "POST" else None
    problem = ""
    if choice is not None and choice.is_nothing:
        problem = _("Sæt flueben ved det, der skal med.")
    elif choice is not None:
        try:
            contested = take_over(file, choice, seen=request.POST.get("set", ""), by=request.user)
        except (ClosedGroupError, OtherFileError) as error:
            messages.error(request, str(error))
            return redirect(charter if isinstance(error, ClosedGroupError) else request.path)
        except ManuscriptError as error:
            problem = str(error)
            # What was saved until then is not: read the draft again, or lead on to what became of it.
            file.charter = charter = draft_of(request, slug, permission=access.EDIT_CHARTER)
        else:
            _tell(request, contested)
            return redirect(charter)
    context = {"charter": charter, "preview": preview(file, choice=choice), "problem": problem}
    return render(request, "charters/word_review.html", context, status=422 if problem else 200)


def _choice(request: SignedInRequest) -> Choice:
    """What is ticked, of what is sent."""

    def numbers(name: str) -> set[int]:
        sent = (whole_number(number) for number in request.POST.getlist(name))
        return {number for number in sent if number is not None}

    return Choice(
        sections=frozenset(numbers("afsnit")),
        apart=frozenset(numbers("nyt")),
        renamed=frozenset(numbers("navn")),
        facts=frozenset(request.POST.getlist("hoved")),
        is_reordered="orden" in request.POST,
        passages={
            number: request.POST.get(f"overskrift-{number}", "").strip() for number in numbers("tekst")
        },
    )


def _tell(request: SignedInRequest, contested: list[Section]) -> None:
    messages.success(request, _("Teksten fra Word er hentet ind. Historikken viser, hvad der stod før."))
    for section in contested:
        history = reverse("charters:draft-section-history", args=[section.charter.group.slug, section.pk])
        said = _(
            "»{heading}« er rettet eller taget ud imens. Teksten fra Word står i"
            ' <a href="{history}">afsnittets historik</a>.'
        )
        messages.warning(request, format_html(said, heading=section.heading, history=history))
