""" "Vores forpligtelser": what a group has taken on, how each stands, and who follows it up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reswap, retarget

from charters.documents.obligations_pdf import obligations_pdf
from charters.following_forms import FollowUpForm, PlanForm
from charters.kinds import kind_of
from charters.models import Obligation
from charters.models.manuscript import ManuscriptError
from charters.obligations.following import EDITS, READS, Agenda, may_follow_up, refusal
from charters.obligations.story import story_of
from charters.views.files import pdf_answer
from members import access
from members.models import WorkingGroup
from members.views.answers import SignedInRequest, created, form_answer, saved

Rights = frozenset[str]


def group_of(request: SignedInRequest, slug: str) -> tuple[WorkingGroup, Rights]:
    """A group and what ``request.user`` may do in it, for those who read its drafts.

    Raises:
        Http404: they may not know of the group.
        PermissionDenied: they see the group, but do not belong to it.
    """
    group = access.find_group(request.user, slug)
    rights = access.rights(request.user, group)
    if READS not in rights:
        raise PermissionDenied
    return group, rights


def obligation_of(
    request: SignedInRequest, slug: str, pk: int, *, with_last: bool = False
) -> tuple[Obligation, Rights]:
    """An obligation of such a group.

    Raises:
        Http404: there is none.
    """
    group, rights = group_of(request, slug)
    obligations = group.obligations.with_responsible().select_related("introduced_in", "retired_in")
    if with_last:
        obligations = obligations.with_last_follow_up()
    obligation: Obligation | None = obligations.filter(pk=pk).first()
    if obligation is None:
        raise Http404
    obligation.group = obligation.introduced_in.group = group
    if obligation.retired_in:
        obligation.retired_in.group = group
    return obligation, rights


def home_of(group: WorkingGroup) -> str:
    return reverse("charters:obligation-list", args=[group.slug])


def _crumbs(group: WorkingGroup, *under: str) -> list[tuple[str, str | None]]:
    home = home_of(group) if under else None
    return [
        (_("Grupper"), reverse("members:group-list")),
        (group.name, group.get_absolute_url()),
        (_("Vores forpligtelser"), home),
        *((name, None) for name in under),
    ]


def _list_context(request: SignedInRequest, group: WorkingGroup, rights: Rights) -> dict[str, Any]:
    agenda = Agenda.of(group)
    shown = [obligation for _urgency, those in agenda.sections for obligation in those]
    return {
        "group": group,
        "kind": kind_of(group),
        "agenda": agenda,
        "may_plan": EDITS in rights and not group.is_closed,
        "may_follow": {o.pk for o in shown if may_follow_up(request.user, o, rights=rights)},
        "crumbs": _crumbs(group),
    }


@login_required
@require_safe
def obligation_list(request: SignedInRequest, slug: str) -> HttpResponse:
    """A group's obligations, most pressing first; with ``?pdf`` for the agenda of the next meeting."""
    group, rights = group_of(request, slug)
    context = _list_context(request, group, rights)
    if "pdf" not in request.GET:
        return render(request, "charters/obligation_list.html", context)
    try:
        pdf = obligations_pdf(context["agenda"])
    except ManuscriptError as error:
        messages.error(request, str(error))
        return redirect(request.path)
    return pdf_answer(request, pdf, name=f"{_('Vores forpligtelser')} {group.name}")


@login_required
@require_safe
def obligation_detail(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One obligation: its words, where they came from, and every follow-up.

    htmx gets the row of the group's page: what "Annullér" puts back in place.
    """
    obligation, rights = obligation_of(request, slug, pk)
    if request.htmx:
        return _row(request, obligation, rights)
    context = {
        "obligation": obligation,
        "group": obligation.group,
        "story": story_of(obligation),
        "follow_ups": obligation.follow_ups.order_by("-made_on", "-pk").select_related("made_by"),
        "may_follow_up": may_follow_up(request.user, obligation, rights=rights),
        "may_plan": EDITS in rights and not refusal(obligation),
        "crumbs": _crumbs(obligation.group, _("Forpligtelse")),
    }
    return render(request, "charters/obligation_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def obligation_follow_up(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Write how an obligation stands: in its row, or on a page of its own."""
    obligation, rights = obligation_of(request, slug, pk, with_last=True)
    home = home_of(obligation.group)
    back = f"{home}#{obligation.anchor}"
    if said := refusal(obligation):
        messages.info(request, said)
        return redirect(home)
    if not may_follow_up(request.user, obligation, rights=rights):
        raise PermissionDenied
    form = FollowUpForm(
        request.POST or None,
        obligation=obligation,
        by=request.user,
        action=request.path,
        cancel=back,
        plans=EDITS in rights,
        in_place=bool(request.htmx),
    )

    def create() -> str:
        form.write()
        return back

    answer = created(request, form, create)
    if request.htmx:
        if answer is not None:
            return _row(request, obligation, rights, said=_("Opfølgningen er gemt."))
        part = form_answer(request, form, template="charters/_obligation_form.html", obligation=obligation)
        return reswap(retarget(part, f"#{obligation.anchor}-form"), "innerHTML")
    if answer is not None:
        messages.success(request, _("Opfølgningen er gemt."))
        return answer
    return form_answer(
        request,
        form,
        template="charters/obligation_follow_up.html",
        obligation=obligation,
        title=_("Følg op"),
        intro=obligation.wording,
        crumbs=_crumbs(obligation.group, _("Følg op")),
    )


def _row(request: SignedInRequest, obligation: Obligation, rights: Rights, *, said: str = "") -> HttpResponse:
    """An obligation in its place on the group's page, as it now is; a retired one has none.

    Raises:
        Http404: it is retired.
    """
    context = _list_context(request, obligation.group, rights)
    shown = [row for _urgency, rows in context["agenda"].sections for row in rows if row == obligation]
    if not shown:
        raise Http404
    context |= {"obligation": shown[0], "said": said}
    return render(request, "charters/_obligation_in_place.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def obligation_update(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Choose who follows an obligation up, when, and how often; for those who lead the group."""
    obligation, rights = obligation_of(request, slug, pk)
    if EDITS not in rights:
        raise PermissionDenied
    home = home_of(obligation.group)
    if said := refusal(obligation):
        messages.info(request, said)
        return redirect(home)
    back = f"{home}#{obligation.anchor}"
    form = PlanForm(request.POST or None, instance=obligation, cancel=back)
    if saved(form, request=request):
        messages.success(request, _("Ansvarlig og datoer er gemt."))
        return HttpResponseRedirect(back)
    title = _("Ansvarlig og datoer")
    crumbs = _crumbs(obligation.group, title)
    return form_answer(request, form, title=title, intro=obligation.wording, crumbs=crumbs)
