"""The obligations of a draft: which points state them, which live on, and what the group says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.boundfield import BoundField
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from charters.difference import Change, difference
from charters.models import Charter, Obligation, Section
from charters.models.manuscript import ManuscriptError
from charters.models.prose import Area
from charters.obligations.choosing import choose, words_of
from charters.obligations.outlook import Outlook
from charters.obligations.stated import Point
from charters.points_form import PointsForm
from charters.text import Block, Run
from charters.views.desk import draft_of, reading_desk
from charters.views.drafts import or_the_adopted
from members import access
from members.views.answers import SignedInRequest


@dataclass(frozen=True)
class Line:
    """A point as the page shows it."""

    point: Point
    former: Obligation | None  # which lives on in it
    is_second: bool  # another point states the same
    marking: BoundField | None = None  # for those who may say what it is
    origin: BoundField | None = None

    @property
    def area(self) -> str:
        return str(Area(self.point.area).label) if self.point.area else ""

    @property
    def changes(self) -> list[Change]:
        """The words that are others than in the former edition; none where they are the same."""
        if self.former is None or self.former.wording == self.point.wording:
            return []
        return difference(_block(self.former.wording), _block(self.point.wording))


@dataclass(frozen=True)
class Part:
    """A section with points of it: those that matter here, or those that are only there to be marked."""

    section: Section
    lines: list[Line]
    is_aside: bool = False

    @property
    def anchor(self) -> str:
        return f"{self.section.anchor}-andet" if self.is_aside else self.section.anchor


def _block(wording: str) -> list[Block]:
    return [Block("p", 0, (Run(wording),))]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@or_the_adopted
def draft_obligations(request: SignedInRequest, slug: str) -> HttpResponse:
    """The obligations that a draft makes, to read; to correct for those who hold ``edit_charter``."""
    permission = access.EDIT_CHARTER if request.method == "POST" else access.VIEW_DRAFTS
    charter = draft_of(request, slug, permission=permission)
    desk = reading_desk(request, charter)
    standing = charter.group.obligations.in_force().with_last_follow_up().with_statements()
    outlook = Outlook.of(charter, standing=standing)
    form = PointsForm(request.POST or None, outlook=outlook)
    if request.method == "POST" and form.is_valid():
        _save(request, charter, form)
        return HttpResponseRedirect(request.path)
    parts = list(_parts(outlook, form if desk.may_edit else None))
    context = {
        "charter": charter,
        "desk": desk,
        "form": form,
        "outlook": outlook,
        "parts": [part for part in parts if not part.is_aside],
        "others": [part for part in parts if part.is_aside],
    }
    status = 422 if form.is_bound else 200
    return render(request, "charters/draft_obligations.html", context, status=status)


def _save(request: SignedInRequest, charter: Charter, form: PointsForm) -> None:
    """Save what was changed, and tell of what could not be."""
    said = form.said
    try:
        unknown = choose(charter, said)
    except ManuscriptError as error:
        messages.error(request, str(error))
        return
    if len(unknown) < len(said):
        messages.success(request, _("Jeres valg er gemt."))
    if unknown:
        messages.warning(request, _told(charter, unknown))


def _told(charter: Charter, unknown: list[str]) -> str:
    words = ", ".join(f"»{wording}«" for wording in words_of(charter, unknown))
    said = ngettext(
        "Et punkt er skrevet om eller taget ud, siden I åbnede siden, og jeres valg for det er ikke gemt: "
        "%(words)s. Se efter, og vælg igen.",
        "%(count)d punkter er skrevet om eller taget ud, siden I åbnede siden, og jeres valg for dem er ikke "
        "gemt: %(words)s. Se efter, og vælg igen.",
        len(unknown),
    )
    return said % {"count": len(unknown), "words": words or _("ordene kendes ikke længere")}


def _parts(outlook: Outlook, form: PointsForm | None) -> Iterator[Part]:
    """A marked section whole; of another what was marked in it, and the rest aside."""
    for section in outlook.sections:
        lines = [_line(point, outlook, form) for point in outlook.points(section)]
        stating = [line for line in lines if line.point.area or section.area]
        aside = [line for line in lines if line not in stating]
        if stating or section.area:
            yield Part(section, stating)
        if aside:
            yield Part(section, aside, is_aside=True)


def _line(point: Point, outlook: Outlook, form: PointsForm | None) -> Line:
    fields: Any = form.of(point) if form else ()
    is_second = bool(point.area) and not outlook.states(point)
    return Line(point, None if is_second else outlook.former(point), is_second, *fields)
