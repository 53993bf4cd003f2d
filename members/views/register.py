"""The register in and out: lists of members brought in, lists and e-mail addresses taken out."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members import access
from members.forms.register import ConfirmPlanForm, PlanFilter, RegisterFileForm
from members.models import RegisterFile
from members.register.plan import Plan
from members.register.receiving import WhichGroupError, receive
from members.register.table import ListError
from members.register.writing import PlanChangedError, RefusedRowsError, bring_in, planned
from members.views.answers import SignedInRequest, form_answer

ROWS_A_PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_import(request: SignedInRequest) -> HttpResponse:
    """Send a list of members; the secretariat's. Nothing is written before it has been looked through."""
    access.require_secretariat(request.user)
    cancel = reverse("members:person-list")
    if request.method == "POST":
        form = RegisterFileForm(request.POST, request.FILES, cancel=cancel)
    else:
        form = RegisterFileForm(cancel=cancel, initial={"group": request.GET.get("gruppe", "")[:300]})
    if form.is_bound and form.is_valid() and _received(form, request):
        return redirect("members:register-review")
    waiting = RegisterFile.objects.filter(owner=request.user).defer("rows").first()
    context = {
        "title": _("Hent medlemmer ind fra en liste"),
        "intro": _("Listen læses og vises række for række. Intet gemmes, før I har set det igennem."),
        "crumbs": [(_("Personer"), cancel), (_("Hent ind"), None)],
        "waiting": waiting,
    }
    return form_answer(request, form, template="members/register_import.html", **context)


def _received(form: RegisterFileForm, request: SignedInRequest) -> bool:
    file = form.cleaned_data["file"]
    try:
        receive(file, name=file.name, group=form.cleaned_data["group"], by=request.user)
    except ListError as error:
        form.add_error("group" if isinstance(error, WhichGroupError) else "file", str(error))
        return False
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def register_review(request: SignedInRequest) -> HttpResponse:
    """See what one's list would make of the register, and write it; the secretariat's."""
    access.require_secretariat(request.user)
    file = RegisterFile.objects.filter(owner=request.user).first()
    if file is None:
        messages.info(request, _("Der er ingen liste at se igennem. Måske er den allerede hentet ind."))
        return redirect("members:register-import")
    confirm = ConfirmPlanForm(request.POST if request.method == "POST" else None)
    shown, problem = PlanFilter(request.GET), ""
    choices = shown.choices
    if request.method == "POST":
        choices = confirm.choices
        problem = _problem_with(file, confirm, request)
        if not problem:
            return redirect("members:person-list")
    plan = planned(file, choices)
    confirm.show(plan, choices)
    context = {
        "file": file,
        "plan": plan,
        "confirm": confirm,
        "form": shown,
        "problem": problem,
        "page_obj": Paginator(shown.apply(plan), ROWS_A_PAGE).get_page(request.GET.get("page")),
        "crumbs": [
            (_("Personer"), reverse("members:person-list")),
            (_("Hent ind"), reverse("members:register-import")),
            (file.name, None),
        ],
    }
    return render(request, "members/register_review.html", context, status=422 if problem else 200)


def _problem_with(file: RegisterFile, confirm: ConfirmPlanForm, request: SignedInRequest) -> str:
    """Write the list; why it was not written, or nothing when it was."""
    seen, skip = confirm.cleaned_data.get("seen", ""), confirm.cleaned_data["skip_refused"]
    try:
        written = bring_in(file, confirm.choices, seen=seen, skip_refused=skip, by=request.user)
    except RefusedRowsError:
        return _(
            "Intet er gemt: nogle rækker er afvist. Ret listen, og hent den ind igen, eller sæt flueben ved "
            "»Spring de afviste rækker over«."
        )
    except (PlanChangedError, IntegrityError):
        return _(
            "Intet er gemt: registret eller listen er ændret, siden siden blev vist. Se den igennem, som den "
            "er nu."
        )
    if written is None:
        messages.info(request, _("Listen er allerede hentet ind."))
    else:
        messages.success(request, _told(file, written))
    return ""


def _told(file: RegisterFile, plan: Plan) -> str:
    deeds = ", ".join(f"{deed.label.lower()}: {count}" for deed, count in plan.counts)
    said = _("»%(name)s« er hentet ind (%(deeds)s).") if deeds else _("»%(name)s« ændrede intet.")
    return said % {"name": file.name, "deeds": deeds}


@login_required
@require_POST
def register_discard(request: SignedInRequest) -> HttpResponse:
    """Throw one's list away; the secretariat's. The register is as it was."""
    access.require_secretariat(request.user)
    RegisterFile.objects.filter(owner=request.user).delete()
    messages.info(request, _("Listen er kasseret. Registret er ikke ændret."))
    return redirect("members:register-import")
