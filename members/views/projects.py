"""Projects and products: find one, see its groups and what its level asks, create, correct and close it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members import access, governance
from members.forms.fields import offered
from members.forms.filters import ProjectFilter
from members.forms.projects import CloseProjectForm, ExplanationForm, NewProjectForm, ProjectForm
from members.models import Explanation, Membership, Project, User, WorkingGroup
from members.views.answers import SignedInRequest, created, form_answer, page_of, saved


@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    """All projects; open to everyone. How they stand with governance is for those signed in."""
    form = ProjectFilter(request.GET)
    projects = Project.objects.select_related("facilitator")
    if request.user.is_authenticated:
        projects = governance.with_what_counts(projects, reader=request.user)
    page = page_of(request, form.apply(projects))
    for project in page if request.user.is_authenticated else []:
        project.shortfalls = sum(finding.is_shortfall for finding in governance.findings(project))
    return render(request, "members/project_list.html", {"form": form, "page_obj": page})


def _project(slug: str) -> Project:
    return get_object_or_404(Project.objects.select_related("facilitator__organisation"), slug=slug)


def _known(project: Project | None = None) -> list[User]:
    """Those who are likely to be tovholder: of the project's groups, or else of another project."""
    memberships = Membership.objects.current()
    seated = memberships.filter(group__project=project) if project else memberships.none()
    facilitators = Project.objects.open().values("facilitator")
    members = offered(User.objects.filter(pk__in=seated.values("person")))
    return members or offered(User.objects.filter(pk__in=facilitators))


@require_safe
def project_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A project and its groups; open to everyone, with the groups each person may see."""
    knows = request.user.is_authenticated  # how it stands with governance
    project = governance.find_project(request.user, slug) if knows else _project(slug)
    groups = WorkingGroup.objects.visible_to(request.user).filter(project=project)
    context = {
        "project": project,
        "groups": groups.with_member_count().order_by("closed_on", "sort_key", "pk"),
        "findings": governance.findings(project) if knows else [],
        "may_explain": governance.may_explain(request.user, project),
        "is_secretariat": access.is_secretariat(request.user),
        "crumbs": [(_("Projekter"), reverse("members:project-list")), (project.name, None)],
    }
    return render(request, "members/project_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_create(request: SignedInRequest) -> HttpResponse:
    """Take in a project; the secretariat's."""
    access.require_secretariat(request.user)
    form = NewProjectForm(request.POST or None, cancel=reverse("members:project-list"))

    def create() -> str:
        project = form.save()
        messages.success(request, _("%(project)s er oprettet.") % {"project": project})
        return str(project.get_absolute_url())

    return created(request, form, create) or form_answer(
        request, form, title=_("Opret projekt"), known=_known()
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_update(request: SignedInRequest, slug: str) -> HttpResponse:
    """Correct a project; the secretariat's."""
    access.require_secretariat(request.user)
    project = _project(slug)
    name, home = project.name, project.get_absolute_url()
    form = ProjectForm(request.POST or None, instance=project, cancel=home)
    if saved(form, request=request):
        messages.success(request, _("Projektet er rettet."))
        return redirect(project)
    return form_answer(request, form, title=_("Ret %(project)s") % {"project": name}, known=_known(project))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_close(request: SignedInRequest, slug: str) -> HttpResponse:
    """End a project; the secretariat's. Its open groups are named, and left as they are."""
    access.require_secretariat(request.user)
    project = _project(slug)
    if project.is_closed:
        messages.info(request, _("Projektet er allerede afsluttet."))
        return redirect(project)
    form = CloseProjectForm(request.POST or None, instance=project, cancel=project.get_absolute_url())
    if saved(form, request=request):
        messages.success(request, _("%(project)s er afsluttet.") % {"project": project})
        return redirect(project)
    return form_answer(
        request,
        form,
        template="members/project_close.html",
        title=_("Afslut %(project)s?") % {"project": project},
        open_groups=project.groups.open(),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_explain(request: SignedInRequest, slug: str, requirement: str) -> HttpResponse:
    """Follow or explain: the secretariat's and the project's facilitator's to write."""
    project = governance.find_project(request.user, slug)
    if not governance.may_explain(request.user, project):
        raise PermissionDenied
    finding = next((f for f in governance.findings(project) if f.requirement == requirement), None)
    if finding is None:
        raise Http404
    explanation = finding.explanation or Explanation(project=project, requirement=finding.requirement)
    home = f"{project.get_absolute_url()}#krav"
    form = ExplanationForm(request.POST or None, instance=explanation, cancel=home)
    if request.method == "POST" and form.is_valid():
        Explanation.give(
            project,
            finding.requirement,
            text=form.cleaned_data["text"],
            by=request.user,
        )
        messages.success(request, _("Forklaringen er gemt."))
        return redirect(home)
    return form_answer(request, form, title=finding.requirement.label, intro=finding.remark)
