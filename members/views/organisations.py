"""The organisations people come from. Every page here is the secretariat's."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members import access
from members.forms.filters import OrganisationFilter
from members.forms.people import NewOrganisationForm, OrganisationForm
from members.models import Organisation
from members.views.answers import SignedInRequest, created, form_answer, page_of, saved


@login_required
@require_safe
def organisation_list(request: SignedInRequest) -> HttpResponse:
    """Every organisation, and how many people come from it."""
    access.require_secretariat(request.user)
    form = OrganisationFilter(request.GET)
    page = page_of(request, form.apply(Organisation.objects.with_people_count()).order_by("sort_key"))
    return render(request, "members/organisation_list.html", {"form": form, "page_obj": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_create(request: SignedInRequest) -> HttpResponse:
    """Put an organisation in the register."""
    access.require_secretariat(request.user)
    form = NewOrganisationForm(request.POST or None, cancel=reverse("members:organisation-list"))

    def create() -> str:
        organisation = form.save()
        messages.success(request, _("%(name)s er oprettet.") % {"name": organisation})
        return reverse("members:organisation-list")

    return created(request, form, create) or form_answer(request, form, title=_("Opret organisation"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_update(request: SignedInRequest, pk: int) -> HttpResponse:
    """Correct an organisation."""
    access.require_secretariat(request.user)
    organisation = get_object_or_404(Organisation, pk=pk)
    name = organisation.name
    form = OrganisationForm(
        request.POST or None, instance=organisation, cancel=reverse("members:organisation-list")
    )
    if saved(form, request=request):
        messages.success(request, _("Organisationen er rettet."))
        return redirect("members:organisation-list")
    return form_answer(request, form, title=_("Ret %(name)s") % {"name": name})
