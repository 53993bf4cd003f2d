"""Adopted editions: to read, to cite, to print, and to approve by name."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_http_methods, require_safe

from charters.adoption import approve
from charters.documents.charter_word import WORD_TYPE, charter_word
from charters.edition import Edition
from charters.forms import ApprovalForm, ReviewForm
from charters.models import Charter, CharterDocument, CharterMember
from charters.models.manuscript import ManuscriptError
from charters.standing import Standing
from charters.take_in import is_behind
from charters.views.files import file_answer, file_name, pdf_answer
from charters.views.writing import Writing
from members import access
from members.views.answers import SignedInRequest, form_answer


def edition_of(request: HttpRequest, slug: str, number: int | None) -> Charter:
    """A frozen edition; without a number the one in force, and of a group that has none any more the last.

    Public where the group is.

    Raises:
        Http404: there is none, or ``request.user`` may not know of the group.
    """
    frozen = Charter.objects.visible_to(request.user).frozen().filter(group__slug=slug)
    if number is None:
        wanted = frozen.exclude(state=Charter.State.SUPERSEDED).order_by("state", "-number")
    else:
        wanted = frozen.filter(number=number)
    charter = wanted.select_related("template", "group__project").with_newer_text().first()
    if charter is None:
        raise Http404
    return charter


def reads_history(request: HttpRequest, edition: Charter) -> bool:
    """Whether somebody may read how an edition came to be: those who read the group's drafts."""
    user = request.user
    return user.is_authenticated and access.can(user, access.VIEW_DRAFTS, edition.group)


@require_safe
def edition_detail(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """An adopted charter as the document it is, with what has happened since beside it."""
    charter = edition_of(request, slug, number)
    standing = Standing.of(charter)
    approvable = standing.may_be_approved_by(request.user)
    rights = access.rights(request.user, charter.group)
    leads = charter.state == Charter.State.ADOPTED and "edit_charter" in rights
    prefetch_related_objects([charter], "sections")
    context = {
        "charter": charter,
        "edition": Edition.of(charter, members=standing.members),
        "standing": standing,
        "may_approve": any(member.person_id == request.user.pk for member in approvable),
        "may_record": bool(approvable),
        "may_review": leads,
        "former": charter.number - 1,  # the numbers of frozen editions have no gaps
        "writing": Writing(request, charter),
        "newer": leads and charter.has_newer_text and is_behind(charter.group),
        "reads_history": "view_drafts" in rights,
        "contested": {section.pk for section in charter.standing_sections() if section.is_contested},
    }
    return render(request, "charters/edition_detail.html", context)


def _etag(request: HttpRequest, slug: str, number: int) -> str:
    document = CharterDocument.objects.filter(charter=edition_of(request, slug, number))
    return f'"{document.values_list("pdf_sha256", flat=True).get()}"'


@require_safe
@condition(etag_func=_etag)
def edition_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The adopted document, from the stored bytes."""
    charter = edition_of(request, slug, number)
    pdf = CharterDocument.objects.values_list("pdf", flat=True).get(charter=charter)
    return pdf_answer(request, bytes(pdf), name=file_name(charter))


@require_safe
def edition_word(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The edition for Word. Public where the group is."""
    charter = edition_of(request, slug, number)
    address = request.build_absolute_uri(charter.get_absolute_url())
    content = charter_word(Edition.of(charter), address=address)
    return file_answer(content, name=f"{file_name(charter)}.docx", kind=WORD_TYPE, kept=True)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_approve(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Approve by name; whoever leads the group records the answers that came by mail."""
    charter = edition_of(request, slug, number)
    members = Standing.of(charter).may_be_approved_by(request.user)
    if not members:
        messages.info(request, _("Du har allerede godkendt, eller du skal ikke godkende denne udgave."))
        return redirect(charter)
    is_asked = any(member.person_id == request.user.pk for member in members)
    title = _("Godkend kommissoriet") if is_asked else _("Registrér godkendelse")
    submit = _("Godkend") if is_asked else title
    form = ApprovalForm(request.POST or None, charter=charter, members=members, submit=submit)
    if request.method == "POST" and form.is_valid() and _approved(request, form):
        return redirect(charter)
    template = "charters/edition_approve.html"
    return form_answer(request, form, template=template, title=title, charter=charter, members=members)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_review(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Choose the day of the next review, for whoever leads the group."""
    charter = edition_of(request, slug, number)
    access.require(request.user, access.EDIT_CHARTER, charter.group)
    form = ReviewForm(request.POST or None, charter=charter)
    if request.method == "POST" and form.is_valid():
        try:
            charter.review_next(on=form.cleaned_data["review_on"])
        except ManuscriptError as error:
            form.add_error("review_on", str(error))
        else:
            day = date_format(form.cleaned_data["review_on"])
            messages.success(request, _("Kommissoriet gennemgås senest den %(day)s.") % {"day": day})
            return redirect(charter)
    return form_answer(request, form, title=_("Næste gennemgang"))


def _approved(request: SignedInRequest, form: ApprovalForm) -> bool:
    member: CharterMember = form.cleaned_data["member"]
    given_on, manner = form.cleaned_data["given_on"], form.cleaned_data["manner"]
    try:
        approve(member, by=request.user, on=given_on, manner=manner)
    except ManuscriptError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("%(name)s har godkendt kommissoriet.") % {"name": member.name})
    return True
