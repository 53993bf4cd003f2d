"""A newer standard text: what it would do to the group's own, taking it in, and choosing the words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from charters.difference import Change, difference
from charters.models import Charter, Section
from charters.models.manuscript import ClosedGroupError, ConflictError, ManuscriptError
from charters.take_in import newer_than, plan_of, take_in, text_of
from charters.take_in_plan import Step
from charters.views.desk import draft_of, whole_number
from charters.views.history import or_too_late
from charters.wording import Wording
from members import access
from members.models import WorkingGroup
from members.views.answers import SignedInRequest

# What becomes of the sections, in the order a group wants to hear it.
FATES = {
    "choose": gettext_lazy("I vælger: OS2 og I har ændret det samme sted"),
    "merged": gettext_lazy("Flettes: OS2 og I har ændret hver sit sted"),
    "taken": gettext_lazy("Tages ind: kun OS2 har ændret det"),
    "new": gettext_lazy("Nye afsnit fra OS2"),
    "gone": gettext_lazy("Tages ud: OS2 har taget det ud, og I har ikke ændret det"),
    "kept": gettext_lazy("Bliver, som I har skrevet det"),
    "own": gettext_lazy("Bliver stående som jeres eget"),
    "left_out": gettext_lazy("I har taget det ud; det bliver ude"),
    "same": gettext_lazy("Uændret"),
}


@dataclass(frozen=True)
class Line:
    """What becomes of one section, as the plan shows it."""

    step: Step[Any, Any]

    @property
    def heading(self) -> str:
        return self._before.heading if self._before else self.step.heading

    @property
    def new_heading(self) -> str:
        """What it is called afterwards, where that is something else."""
        return self._after.heading if self._after.heading != self.heading else ""

    @property
    def changes(self) -> list[Change]:
        """What it would say that it does not say now; where the group chooses, if it chose OS2's words."""
        if self.step.fate not in ("choose", "merged", "taken", "new"):
            return []
        return difference(self._before.blocks if self._before else (), self._after.blocks)

    @property
    def _before(self) -> Wording | None:
        return self.step.own.wording if self.step.own else None

    @property
    def _after(self) -> Wording:
        return self.step.offer or self.step.wording


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def charter_take_in(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the newest standard text would do to the group's, and doing it; needs ``edit_charter``."""
    group = access.find_group(request.user, slug, permission=access.EDIT_CHARTER)
    charter = text_of(group)
    newest = newer_than(charter) if charter else None
    if charter is None or newest is None or group.is_closed:
        messages.info(request, _why_not(group, charter))
        return redirect(charter or group)
    if request.method == "POST" and request.POST.get("version") == str(newest.version):
        return _taken_in(request, group)
    steps = sorted(plan_of(charter, newest), key=lambda step: list(FATES).index(step.fate))
    context = {
        "group": group,
        "charter": charter,
        "newest": newest,
        "is_another": request.method == "POST",
        "fates": [
            (FATES[fate], [Line(step) for step in found])
            for fate, found in groupby(steps, key=lambda step: step.fate)
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "charters/take_in.html", context, status=status)


def _taken_in(request: SignedInRequest, group: WorkingGroup) -> HttpResponse:
    try:
        draft = take_in(group, by=request.user)
    except ManuscriptError as error:
        messages.error(request, str(error))
        return redirect(group)
    messages.success(request, _("OS2s ændringer er taget ind i udkastet."))
    return redirect(draft)


def _why_not(group: WorkingGroup, charter: Charter | None) -> str:
    """Why there is nothing to take in."""
    if group.is_closed:
        return str(ClosedGroupError())
    if charter is None:
        return _("Gruppen har intet kommissorium at tage ændringerne ind i.")
    return _("Gruppens tekst er lavet af den nyeste standardtekst.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@or_too_late
def section_choose(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The group's words beside OS2's, and the choice; needs ``edit_charter``."""
    charter = draft_of(request, slug, permission=access.EDIT_CHARTER, with_sections=False)
    section: Section = get_object_or_404(charter.sections.select_related("charter__group"), pk=pk)
    there = HttpResponseRedirect(f"{charter.get_absolute_url()}#{section.anchor}")
    is_stale = False
    if request.method == "POST" and request.POST.get("ordlyd") in ("os2", "jeres"):
        try:
            _chosen(request, section)
        except ConflictError:
            is_stale = True
        except ManuscriptError as error:
            messages.error(request, str(error))
            return there
        else:
            return there
    offer = section.offer
    if offer is None:
        messages.info(
            request, _("Der er ingen ordlyd at vælge i »%(heading)s«.") % {"heading": section.heading}
        )
        return there
    context = {
        "charter": charter,
        "section": section,
        "offer": offer,
        "changes": difference(section.wording.blocks, offer.blocks),
        "is_stale": is_stale,
        "is_unclear": request.method == "POST" and not is_stale,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "charters/section_choose.html", context, status=status)


def _chosen(request: SignedInRequest, section: Section) -> None:
    """Save the choice that was sent, and say so; also where somebody chose first.

    Raises:
        ConflictError: the section was written in after the two wordings were shown.
        ManuscriptError: it cannot be chosen any more.
    """
    is_os2s = request.POST["ordlyd"] == "os2"
    base = whole_number(request.POST.get("base", ""))
    named = {"heading": section.heading}
    if section.choose(offered=is_os2s, by=request.user, base=base):
        messages.success(request, _("I har valgt ordlyden i »%(heading)s«.") % named)
    else:
        messages.warning(request, _("Ordlyden i »%(heading)s« var allerede valgt, og den står ved.") % named)
