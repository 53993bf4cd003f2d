"""Groups: find one, read about it, create, correct and close it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from members import access
from members.forms.filters import GroupFilter
from members.forms.groups import CloseGroupForm, GroupForm, NewGroupForm, OwnGroupForm
from members.models import Membership, Project, WorkingGroup
from members.register.addresses import Addresses
from members.views.answers import SignedInRequest, created, form_answer, page_of, saved, word_of


@require_safe
def group_list(request: HttpRequest) -> HttpResponse:
    """The groups a person sees; open to everyone."""
    form = GroupFilter(request.GET)
    groups = WorkingGroup.objects.visible_to(request.user).select_related("project").with_member_count()
    page = page_of(request, form.apply(groups).order_by("sort_key", "pk"))
    return render(request, "members/group_list.html", {"form": form, "page_obj": page})


@dataclass
class Roster:
    """Everyone who was, is or will be in a group; from one query."""

    current: list[Membership]
    coming: list[Membership]
    former: list[Membership]

    @classmethod
    def of(cls, group: WorkingGroup) -> Roster:
        memberships = list(group.memberships.in_roster_order().select_related("person", "organisation"))
        current = [m for m in memberships if m.is_current]
        coming = [m for m in memberships if m.is_coming]
        former = [m for m in memberships if not m.is_current and not m.is_coming]
        former.sort(key=lambda m: m.left_on or m.joined_on, reverse=True)
        return cls(current, coming, former)

    @property
    def addresses(self) -> Addresses:
        return Addresses.of(m.person for m in self.current)

    @property
    def warnings(self) -> list[str]:
        return [warning for m in self.current for warning in m.warnings()]


@require_safe
def group_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A group: public ones are open to everyone; contact details are for its own members."""
    group = access.find_group(request.user, slug)
    rights = access.rights(request.user, group)
    visible = WorkingGroup.objects.visible_to(request.user)
    context = {
        "group": group,
        "rights": rights,
        "manages": "manage_group" in rights,
        "belongs": "view_drafts" in rights,
        "is_secretariat": access.is_secretariat(request.user),
        "roster": Roster.of(group),
        "parent": visible.filter(pk=group.parent_id).first() if group.parent_id else None,
        "subgroups": visible.filter(parent=group).open(),
        "crumbs": [(_("Grupper"), reverse("members:group-list")), (group.name, None)],
    }
    return render(request, "members/group_detail.html", context)


def _project_asked_for(request: HttpRequest) -> Project | None:
    """The project whose page one comes from."""
    slug = word_of(request.GET, "projekt")
    return Project.objects.filter(slug=slug).first() if slug else None


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_create(request: SignedInRequest) -> HttpResponse:
    """Set up a group; the secretariat's."""
    access.require_secretariat(request.user)
    project = _project_asked_for(request)
    cancel = project.get_absolute_url() if project else reverse("members:group-list")
    form = NewGroupForm(
        request.POST or None,
        cancel=cancel,
        initial={"project": project, "kind": request.GET.get("type", "")},
    )

    def create() -> str:
        group = form.save()
        messages.success(request, _("%(group)s er oprettet. Tilføj nu medlemmerne.") % {"group": group})
        return str(group.get_absolute_url())

    return created(request, form, create) or form_answer(request, form, title=_("Opret gruppe"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_update(request: SignedInRequest, slug: str) -> HttpResponse:
    """Correct a group; its leaders some of it, the secretariat all."""
    group = access.find_group(request.user, slug, permission=access.MANAGE_GROUP)
    form_class = GroupForm if access.is_secretariat(request.user) else OwnGroupForm
    home = group.get_absolute_url()
    form = form_class(request.POST or None, instance=group, cancel=home)
    if saved(form, request=request):
        messages.success(request, _("Gruppen er rettet."))
        return redirect(group)
    title = _("Ret %(group)s") % {"group": form.initial.get("name") or group.name}
    return form_answer(request, form, title=title)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_close(request: SignedInRequest, slug: str) -> HttpResponse:
    """Close a group for good; the secretariat's."""
    access.require_secretariat(request.user)
    group = access.find_group(request.user, slug)
    if group.is_closed:
        messages.info(request, _("Gruppen er allerede nedlagt."))
        return redirect(group)
    form = CloseGroupForm(request.POST or None, instance=group, cancel=group.get_absolute_url())
    if saved(form, request=request, save=lambda: group.close(on=form.cleaned_data["closed_on"])):
        messages.success(request, _("%(group)s er nedlagt.") % {"group": group})
        return redirect(group)
    return form_answer(
        request,
        form,
        title=_("Nedlæg %(group)s?") % {"group": group},
        intro=_(
            "Gruppens kommissorium ophører, og dens ledere kan ikke længere rette gruppen, dens medlemmer "
            "eller et udkast. Siden, alle kommissorier og gruppens historie bliver stående og kan læses."
        ),
    )
