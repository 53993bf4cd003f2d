"""Many editions as one zip ("Samling"), for the secretariat: choose, wait, download."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charters.bundle_forms import BundleForm, SelectionForm
from charters.bundling import ask_for, size_of, try_again, zip_of
from charters.kinds import KINDS
from charters.models import Bundle
from charters.views.files import LONGEST_NAME
from members import access
from members.danish import danish_slug
from members.models import User
from members.views.answers import SignedInRequest, created, form_answer

STOP_POLLING = 286  # htmx asks no more after this


def bundle_of(request: HttpRequest, pk: int) -> Bundle:
    """One's own bundle; needs the secretariat.

    Raises:
        PermissionDenied: somebody else asks.
        Http404: there is none, it is too old, or it is a colleague's.
    """
    access.require_secretariat(request.user)
    bundle = Bundle.objects.of(cast(User, request.user)).select_related("project").filter(pk=pk).first()
    if bundle is None:
        raise Http404
    return bundle


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bundle_create(request: SignedInRequest) -> HttpResponse:
    """Choose which charters to collect, see how many they are, and order; the secretariat's."""
    access.require_secretariat(request.user)
    chooser = SelectionForm(request.POST if request.method == "POST" else request.GET)
    chooser.is_valid()
    form = BundleForm(request.POST or None, initial=chooser.selection._asdict())

    def create() -> str:
        return ask_for(form.selection, by=request.user).get_absolute_url()

    return created(request, form, create) or form_answer(
        request,
        form,
        template="charters/bundle_form.html",
        chooser=chooser,
        count=chooser.selection.charters().count(),
        bundles=Bundle.objects.of(request.user).select_related("project").defer("overview"),
    )


@login_required
@require_safe
def bundle_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far one's bundle is, and the way to it; the part that changes is asked for by itself."""
    bundle = bundle_of(request, pk)
    context = {"bundle": bundle, "done": bundle.done(), "size": size_of(bundle)}
    if not request.htmx:
        return render(request, "charters/bundle_detail.html", context)
    status = 200 if bundle.is_under_way else STOP_POLLING
    return render(request, "charters/_bundle_progress.html", {**context, "by_itself": True}, status=status)


@login_required
@require_POST
def bundle_retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin again with what one's bundle lacks."""
    return redirect(try_again(bundle_of(request, pk)))


@login_required
@require_safe
def bundle_zip(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Download one's bundle, from the stored documents."""
    bundle = bundle_of(request, pk)
    if not bundle.is_done:
        raise Http404
    size, pieces = zip_of(bundle)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Length"] = str(size)
    day = date_format(timezone.localtime(bundle.created_at), "Y-m-d")
    chosen = [bundle.project.name if bundle.project else "", bundle.kind and KINDS[bundle.kind].word]
    parts = [_("kommissorier"), *chosen, bundle.level and bundle.get_level_display(), day]
    name = danish_slug(" ".join(filter(None, parts)), longest=LONGEST_NAME)
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response
