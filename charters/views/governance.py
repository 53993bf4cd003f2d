"""How a project stands with OS2's governance, to read, to copy into a report, and to print.

For everyone who is signed in, as on the project's own page, and with the groups that each may see.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charters.governance_report import answers
from charters.governance_text import report_markdown, report_text
from charters.views.files import file_answer
from members import governance
from members.views.answers import SignedInRequest


@login_required
@require_safe
def governance_report(request: SignedInRequest, slug: str) -> HttpResponse:
    """The answers as a page."""
    project = governance.find_project(request.user, slug)
    given = answers(project, reader=request.user)
    address = request.build_absolute_uri
    context = {
        "project": project,
        "answers": given,
        "text": report_text(project, given, address=address),
        "markdown": report_markdown(project, given, address=address),
        "may_explain": governance.may_explain(request.user, project),
        "is_asked": any(answer.mark != answer.mark.NOT_RELEVANT for answer in given),
        "crumbs": [
            (_("Projekter"), reverse("members:project-list")),
            (project.name, project.get_absolute_url()),
            (_("Styring"), None),
        ],
    }
    return render(request, "charters/governance_report.html", context)


@login_required
@require_safe
def governance_report_text(request: SignedInRequest, slug: str) -> HttpResponse:
    """The answers as plain text."""
    project = governance.find_project(request.user, slug)
    given = answers(project, reader=request.user)
    content = report_text(project, given, address=request.build_absolute_uri)
    return file_answer(content, name=f"{project.slug}-styring.txt", kind="text/plain; charset=utf-8")


@login_required
@require_safe
def governance_report_markdown(request: SignedInRequest, slug: str) -> HttpResponse:
    """The answers as the rows of OS2's governance report."""
    project = governance.find_project(request.user, slug)
    given = answers(project, reader=request.user)
    content = report_markdown(project, given, address=request.build_absolute_uri)
    return file_answer(content, name=f"{project.slug}-styring.md", kind="text/markdown; charset=utf-8")
