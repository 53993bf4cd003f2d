"""Whether a file that somebody holds is the edition it says it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from charters.checking import check
from charters.forms import CheckForm
from charters.models import Charter


@require_http_methods(["GET", "HEAD", "POST"])
def document_check(request: HttpRequest) -> HttpResponse:
    """Compare a file with the editions that whoever asks may read. Public; nothing is kept of the file."""
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    context: dict[str, Any] = {"form": form}
    if request.method != "POST":
        return render(request, "charters/document_check.html", context)
    if not form.is_valid():
        return render(request, "charters/document_check.html", context, status=422)
    file = form.cleaned_data["file"]
    verdict = check(file.read(), among=Charter.objects.visible_to(request.user))
    context |= {"verdict": verdict, "named": file.name}
    return render(request, "charters/document_check.html", context)
