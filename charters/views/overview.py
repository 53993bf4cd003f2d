""" "Overblik" and "Skal rettes": how everything stands, for the secretariat."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charters.overview import listing, mending
from charters.overview.export import COLUMNS, export_rows
from charters.overview.figures import figures
from charters.overview.filters import MendingFilter, OverviewFilter
from charters.views.files import file_answer
from members import access
from members.spreadsheet import EXCEL, csv_of, excel_of
from members.views.answers import SignedInRequest


@login_required
@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Every open project and faggruppe, and how it stands; the secretariat's."""
    access.require_secretariat(request.user)
    form = OverviewFilter(request.GET)
    shown = listing.page_of(form, number=request.GET.get("page"))
    context = {"form": form, "shown": shown, "page_obj": shown.page, "sort": form.chosen("sort")}
    return render(request, "charters/overview.html", context)


@login_required
@require_safe
def overview_figures(request: SignedInRequest) -> HttpResponse:
    """The numbers on top of the overview, which fetches them when it is shown; the secretariat's."""
    access.require_secretariat(request.user)
    context = {"figures": figures(), "state": request.GET.get("state", "")}
    name = "_overview_figures" if request.htmx else "overview_figures"
    return render(request, f"charters/{name}.html", context)


@login_required
@require_safe
def mending_list(request: SignedInRequest) -> HttpResponse:
    """What is wrong, each with the way to mend it; the secretariat's."""
    access.require_secretariat(request.user)
    form = MendingFilter(request.GET)
    shown = mending.page_of(form, number=request.GET.get("page"))
    return render(
        request, "charters/mending_list.html", {"form": form, "shown": shown, "page_obj": shown.page}
    )


@login_required
@require_safe
def overview_csv(request: SignedInRequest) -> HttpResponse:
    """What the overview shows, on all its pages; the secretariat's."""
    access.require_secretariat(request.user)
    content = csv_of(COLUMNS, export_rows(listing.Listing.of(OverviewFilter(request.GET))))
    return file_answer(content, name=f"{_file_name()}.csv", kind="text/csv; charset=utf-8", kept=True)


@login_required
@require_safe
def overview_excel(request: SignedInRequest) -> FileResponse:
    """The same as an Excel workbook; the secretariat's."""
    access.require_secretariat(request.user)
    book = excel_of(COLUMNS, export_rows(listing.Listing.of(OverviewFilter(request.GET))))
    return FileResponse(book, as_attachment=True, filename=f"{_file_name()}.xlsx", content_type=EXCEL)


def _file_name() -> str:
    return f"{_('overblik')}-{timezone.localdate().isoformat()}"
