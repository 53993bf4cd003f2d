"""Two texts held against each other: editions, an edition and its standard text, versions of a standard text.

Each comparison is a page, and with ``?pdf`` a PDF of the same for the agenda.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charters.comparison import Comparison, compare, compare_editions, compare_with_standard
from charters.documents.comparison_pdf import comparison_pdf
from charters.models import Charter, CharterTemplate
from charters.models.manuscript import ManuscriptError
from charters.views.desk import draft_of
from charters.views.editions import edition_of
from charters.views.files import pdf_answer
from charters.views.templates import template_of
from members import access
from members.views.answers import SignedInRequest


@dataclass(frozen=True)
class Side:
    """One of two texts that are compared, and where it is read."""

    name: str
    url: str

    @classmethod
    def of(cls, text: Charter | CharterTemplate) -> Side:
        if isinstance(text, CharterTemplate):
            return cls(_("Standardteksten, version %(n)s") % {"n": text.version}, text.get_absolute_url())
        if text.dated_on is None or text.is_draft:
            return cls(_("Udkastet"), text.get_absolute_url())
        named = {"n": text.number, "date": date_format(text.dated_on)}
        return cls(_("Udgave %(n)s (%(date)s)") % named, text.get_absolute_url())


@dataclass(frozen=True)
class Sheet:
    """A comparison as a page shows it."""

    title: str
    subject: str  # the group, or the standard text
    old: Side
    new: Side
    comparison: Comparison
    others: tuple[Side, ...] = ()  # what else the text can be compared with


@require_safe
def edition_compare(request: HttpRequest, slug: str, number: int, other: int) -> HttpResponse:
    """What a later edition says that an earlier one did not, and the reverse."""
    new, old = edition_of(request, slug, number), edition_of(request, slug, other)
    if old == new:
        return redirect(new)
    if old.number > new.number:
        return redirect("charters:edition-compare", slug, old.number, new.number)
    sheet = Sheet(
        title=_("Forskelle mellem to udgaver"),
        subject=new.group_name,
        old=Side.of(old),
        new=Side.of(new),
        comparison=compare_editions(old, new),
        others=_earlier(new, besides=old),
    )
    return _answer(request, sheet)


@require_safe
def edition_deviations(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Where an edition departs from the standard text it was made from."""
    return _deviations(request, edition_of(request, slug, number))


@login_required
@require_safe
def draft_deviations(request: SignedInRequest, slug: str) -> HttpResponse:
    """Where a draft departs from the standard text, for those who may read the draft."""
    return _deviations(request, draft_of(request, slug, permission=access.VIEW_DRAFTS))


@login_required
@require_safe
def draft_changes(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the draft of a next edition changes in the one before it."""
    draft = draft_of(request, slug, permission=access.VIEW_DRAFTS)
    former = Charter.objects.frozen().filter(group=draft.group).select_related("template", "group")
    edition = former.order_by("-number").first()
    if edition is None:
        raise Http404
    sheet = Sheet(
        title=_("Forskelle fra den forrige udgave"),
        subject=draft.group.name,
        old=Side.of(edition),
        new=Side.of(draft),
        comparison=compare_editions(edition, draft),
    )
    return _answer(request, sheet)


@require_safe
def template_compare(request: HttpRequest, kind: str, version: int, other: int) -> HttpResponse:
    """What OS2 changed in a standard text; a version still being written is the secretariat's own."""
    new, old = template_of(request, kind, version), template_of(request, kind, other)
    if old == new:
        return redirect(new)
    if old.version > new.version:
        return redirect("charters:template-compare", kind, old.version, new.version)
    sheet = Sheet(
        title=_("Forskelle mellem to versioner af standardteksten"),
        subject=new.get_kind_display(),
        old=Side.of(old),
        new=Side.of(new),
        comparison=compare(old.standing_sections(), new.standing_sections()),
    )
    return _answer(request, sheet)


def _deviations(request: HttpRequest, charter: Charter) -> HttpResponse:
    sheet = Sheet(
        title=_("Afvigelser fra standardteksten"),
        subject=charter.group.name if charter.is_draft else charter.group_name,
        old=Side.of(charter.template),
        new=Side.of(charter),
        comparison=compare_with_standard(charter),
    )
    return _answer(request, sheet)


def _earlier(charter: Charter, *, besides: Charter) -> tuple[Side, ...]:
    """The comparisons with each other edition before this one."""
    earlier = Charter.objects.frozen().filter(group=charter.group_id, number__lt=charter.number)
    numbers = earlier.exclude(pk=besides.pk).order_by("-number").values_list("number", flat=True)
    return tuple(
        Side(
            _("Udgave %(n)s") % {"n": number},
            reverse("charters:edition-compare", args=[charter.group.slug, charter.number, number]),
        )
        for number in numbers
    )


def _answer(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if "pdf" not in request.GET:
        return render(request, "charters/comparison.html", {"sheet": sheet})
    try:
        pdf = comparison_pdf(sheet)
    except ManuscriptError as error:
        messages.error(request, str(error))
        return redirect(request.path)
    return pdf_answer(request, pdf, name=f"{sheet.title} {sheet.subject} {sheet.old.name} {sheet.new.name}")
