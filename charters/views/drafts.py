"""A group's draft: start it, read it, fill in its heading, print it, adopt it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charters.adoption import StaleDraftError, adopt
from charters.adoption_form import AdoptForm
from charters.completeness import Review
from charters.documents.charter_pdf import charter_pdf
from charters.documents.charter_word import WORD_TYPE, charter_word
from charters.edition import Edition
from charters.forms import CharterHeadingForm
from charters.models import Charter, Presence
from charters.models.manuscript import ClosedGroupError, FrozenError, ManuscriptError
from charters.obligations.outlook import Outlook
from charters.views.desk import draft_of, reading_desk, what_became_of, where_adopted, whole_number
from charters.views.files import file_answer, file_name, pdf_answer
from charters.views.writing import Writing
from charters.word_origin import Origin
from members import access
from members.views.answers import SignedInRequest, form_answer


def lead_on(request: SignedInRequest, adopted: Charter) -> HttpResponse:
    messages.info(request, what_became_of(adopted))
    return redirect(adopted)


or_the_adopted = where_adopted(lead_on)


def _came_too_late(request: SignedInRequest, ended: Charter) -> HttpResponse:
    """Whoever sent the form of adopting after another did is told that what they wrote in it was not used."""
    first = ended.adopted_by
    if request.method != "POST" or first in (None, request.user) or ended.adopted_at is None:
        return lead_on(request, ended)
    words = {"name": first.name, "moment": date_format(localtime(ended.adopted_at), "j. F Y \\k\\l. H.i")}
    said = _("%(name)s vedtog kommissoriet den %(moment)s. Det, du skrev og satte hak ved, er ikke brugt.")
    messages.warning(request, said % words)
    return redirect(ended)


@login_required
@require_POST
def charter_start(request: SignedInRequest, slug: str) -> HttpResponse:
    """Make the group's draft from the standard text ("Udfyld kommissorium")."""
    group = access.find_group(request.user, slug, permission=access.EDIT_CHARTER)
    try:
        charter = Charter.start(group, by=request.user)
    except ManuscriptError as error:
        messages.error(request, str(error))
        return redirect(group)
    return redirect(charter)


@login_required
@require_POST
def edition_next(request: SignedInRequest, slug: str) -> HttpResponse:
    """Begin the next edition with the text of the one in force; the draft there is, if there is one."""
    group = access.find_group(request.user, slug, permission=access.EDIT_CHARTER)
    current = Charter.objects.adopted().filter(group=group).select_related("group__project").first()
    if current is None:
        raise Http404
    try:
        draft = current.next_edition(by=request.user)
    except ManuscriptError as error:
        messages.error(request, str(error))
        return redirect(group)
    _tell_of_register(request, draft, current)
    return redirect(draft)


def _tell_of_register(request: SignedInRequest, draft: Charter, former: Charter) -> None:
    """A next edition takes name and level from the register, where the last may have said something else."""
    if (draft.project_name, draft.level) == (former.project_name, former.level):
        return
    said = _(
        "Projektets navn og niveau er hentet fra registret. "
        "I udgave %(number)s stod der »%(name)s«, %(level)s."
    )
    named = {"number": former.number, "name": former.project_name, "level": former.get_level_display()}
    messages.info(request, said % named)


@login_required
@require_safe
@or_the_adopted
def draft_detail(request: SignedInRequest, slug: str) -> HttpResponse:
    """The draft, to read for the group's members and to write for those who lead it."""
    charter = draft_of(request, slug, permission=access.VIEW_DRAFTS)
    review = Review.of(charter)
    desk = reading_desk(request, charter)
    context = {
        "charter": charter,
        "edition": Edition.of(charter, roster=review.roster),
        "review": review,
        "may_edit": desk.may_edit,
        "desk": desk,
        "newer": desk.may_edit and charter.has_newer_text,
        "writing": Writing(request, charter),
    }
    return render(request, "charters/draft_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@or_the_adopted
def draft_update(request: SignedInRequest, slug: str) -> HttpResponse:
    """Fill in the heading fields of the draft."""
    charter = draft_of(request, slug, permission=access.EDIT_CHARTER)
    if charter.group.is_closed and request.method != "POST":
        return not_opened(request, charter)
    here = request.path
    home = charter.get_absolute_url()
    form = CharterHeadingForm(request.POST or None, instance=charter, action=here, cancel=f"{home}#hoved")
    if request.method == "POST" and form.is_valid():
        try:
            charter.rewrite_heading(**form.changed)
        except ManuscriptError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kommissoriets hoved er gemt."))
            return HttpResponseRedirect(f"{home}#hoved")
    return form_answer(request, form, title=_("Kommissoriets hoved"))


@login_required
@require_safe
def draft_pdf(request: SignedInRequest, slug: str) -> HttpResponse:
    """The draft on paper, marked as one."""
    charter = draft_of(request, slug, permission=access.VIEW_DRAFTS)
    try:
        pdf = charter_pdf(Edition.of(charter))
    except ManuscriptError as error:
        messages.error(request, str(error))
        return redirect(charter)
    return pdf_answer(request, pdf, name=file_name(charter))


@login_required
@require_safe
def draft_word(request: SignedInRequest, slug: str) -> HttpResponse:
    """The draft for Word, to be sent round or filled in without a network."""
    charter = draft_of(request, slug, permission=access.VIEW_DRAFTS, with_sections=False)
    origin = Origin.of(charter)  # before its text is read: it may say too little, never too much
    content = charter_word(Edition.of(charter), origin=str(origin))
    return file_answer(content, name=f"{file_name(charter)}.docx", kind=WORD_TYPE, kept=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@where_adopted(_came_too_late)
def draft_adopt(request: SignedInRequest, slug: str) -> HttpResponse:
    """Adopt the draft ("Vedtag"), with its date and those who approve in the meeting."""
    charter = draft_of(request, slug, permission=access.EDIT_CHARTER)
    if charter.group.is_closed and request.method != "POST":
        return not_opened(request, charter)
    review = Review.of(charter)
    form = AdoptForm(request.POST or None, charter=charter, roster=review.roster)
    if request.method == "POST" and form.is_valid() and (answer := _adopted(request, charter, form)):
        return answer
    return form_answer(
        request,
        form,
        template="charters/draft_adopt.html",
        charter=charter,
        review=review if form.since is None else Review.of(charter),
        outlook=Outlook.of(charter),
        writers=Presence.writing_in(charter, besides=request.user),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@or_the_adopted
def draft_give_up(request: SignedInRequest, slug: str) -> HttpResponse:
    """Give the draft up; whoever leads the group can take it up again."""
    charter = draft_of(request, slug, permission=access.EDIT_CHARTER, with_sections=False)
    if request.method == "POST":
        try:
            charter.give_up(by=request.user)
        except ManuscriptError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Udkastet er opgivet. Det kan tages op igen her på siden."))
        return redirect(charter.group)
    context = {
        "charter": charter,
        "title": _("Opgiv udkastet"),
        "text": _("Det gældende kommissorium gælder fortsat. Udkastet til den næste udgave lægges væk.")
        if charter.follows_another
        else _("Udkastet lægges væk, og gruppen står uden kommissorium, indtil I begynder igen."),
        "submit": _("Opgiv udkastet"),
        "danger": True,
        "cancel": charter.get_absolute_url(),
        "writers": Presence.writing_in(charter, besides=request.user),
    }
    return render(request, "charters/draft_give_up.html", context)


@login_required
@require_POST
def draft_take_up(request: SignedInRequest, slug: str) -> HttpResponse:
    """Take up again a draft that the group gave up; the last, where the page does not say which."""
    group = access.find_group(request.user, slug, permission=access.EDIT_CHARTER)
    those = Charter.objects.given_up().filter(group=group).select_related("group")
    chosen = whole_number(request.POST.get("charter", ""))
    given_up = (those if chosen is None else those.filter(pk=chosen)).first()
    if given_up is None:
        draft = Charter.objects.drafts().filter(group=group).select_related("group").first()
        return redirect(draft or group)
    try:
        given_up.take_up_again()
    except ManuscriptError as error:
        messages.error(request, str(error))
        return redirect(group)
    messages.success(request, _("Udkastet er taget op igen."))
    return redirect(given_up)


def not_opened(request: SignedInRequest, charter: Charter) -> HttpResponse:
    """A form of a closed group's draft could only refuse."""
    messages.error(request, str(ClosedGroupError()))
    return redirect(charter)


def _adopted(request: SignedInRequest, charter: Charter, form: AdoptForm) -> HttpResponse | None:
    """Adopt, and lead on to the edition; or say on the form why not."""
    try:
        adopt(
            charter,
            by=request.user,
            on=form.cleaned_data["adopted_on"],
            approving=form.cleaned_data["approving"],
            base=form.cleaned_data["base"],
            roster=form.cleaned_data["roster"] or None,
            reason=form.cleaned_data.get("reason", ""),
            address=request.build_absolute_uri,
        )
    except FrozenError:
        charter.refresh_from_db()
        return _came_too_late(request, charter)
    except StaleDraftError as error:
        charter.refresh_from_db()
        form.start_from(charter, list(charter.group.roster()))
        form.add_error(None, str(error))
        return None
    except ManuscriptError as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, _("Kommissoriet er vedtaget."))
    return redirect(charter)
