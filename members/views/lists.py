"""Lists and e-mail addresses taken out of the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import access
from members.danish import danish_slug
from members.forms.filters import PersonFilter
from members.log.acts import Act
from members.log.noting import note
from members.models import Membership, User, WorkingGroup
from members.models.membership import MembershipQuerySet
from members.register.addresses import Addresses
from members.register.export import COLUMNS, Row, membership_rows, person_rows
from members.spreadsheet import EXCEL, csv_of, excel_of
from members.views.answers import SignedInRequest

COMMA = "komma"


def _list_answer(
    rows: Iterable[Sequence[Any]], *, name: str, form: str, of: WorkingGroup | None = None
) -> HttpResponseBase:
    """The rows as a file in one of the two forms. That it was taken out is noted, not what was in it."""
    note(Act.LIST_TAKEN_OUT, of, additional_data={_("liste"): name, _("form"): form})
    file_name = f"{danish_slug(name)}-{timezone.localdate().isoformat()}"
    if form == "xlsx":
        book = excel_of(COLUMNS, rows)
        return FileResponse(book, as_attachment=True, filename=f"{file_name}.xlsx", content_type=EXCEL)
    answer = HttpResponse(csv_of(COLUMNS, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    return answer


@login_required
@require_safe
def register_list(request: SignedInRequest, form: str) -> HttpResponseBase:
    """Every membership of today and to come, or with ``?alle`` of all times; the secretariat's."""
    access.require_secretariat(request.user)
    return _list_answer(_asked_for(request, Membership.objects.all()), name=_("medlemmer"), form=form)


def _asked_for(request: SignedInRequest, memberships: MembershipQuerySet) -> Iterator[Row]:
    return membership_rows(memberships if "alle" in request.GET else memberships.current_or_coming())


@login_required
@require_safe
def person_list_file(request: SignedInRequest, form: str) -> HttpResponseBase:
    """The people that the list of people shows, and their groups; the secretariat's."""
    access.require_secretariat(request.user)
    people = PersonFilter(request.GET).apply(User.objects.order_by("sort_key", "email"))
    return _list_answer(person_rows(people), name=_("personer"), form=form)


@login_required
@require_safe
def group_list_file(request: SignedInRequest, slug: str, form: str) -> HttpResponseBase:
    """A group's members; needs ``manage_group``. With ``?alle`` those who have left, too."""
    group = access.find_group(request.user, slug, permission=access.MANAGE_GROUP)
    memberships = Membership.objects.filter(group=group)
    return _list_answer(_asked_for(request, memberships), name=group.slug, form=form, of=group)


@login_required
@require_safe
def group_addresses(request: SignedInRequest, slug: str) -> HttpResponse:
    """The addresses of a group's members; for its members and the secretariat."""
    group = access.find_group(request.user, slug, permission=access.VIEW_DRAFTS)
    people = [membership.person for membership in group.roster()]
    note(Act.LIST_TAKEN_OUT, group, additional_data={_("liste"): _("E-mailadresser")})
    crumbs = [(_("Grupper"), reverse("members:group-list")), (group.name, group.get_absolute_url())]
    return _addresses_page(request, people, crumbs=crumbs, of=group.name)


@login_required
@require_safe
def person_addresses(request: SignedInRequest) -> HttpResponse:
    """The addresses of the people that the list of people shows; the secretariat's."""
    access.require_secretariat(request.user)
    people = PersonFilter(request.GET).apply(User.objects.order_by("sort_key", "email"))
    home = f"{reverse('members:person-list')}?{request.GET.urlencode()}"
    note(Act.LIST_TAKEN_OUT, additional_data={_("liste"): _("E-mailadresser")})
    return _addresses_page(request, people, crumbs=[(_("Personer"), home)], of=_("Personer"))


def _addresses_page(
    request: SignedInRequest, people: Iterable[User], *, crumbs: list[tuple[str, str]], of: str
) -> HttpResponse:
    addresses = Addresses.of(people, by_comma=request.GET.get("adskil") == COMMA)
    crumbs = [*crumbs, (_("E-mailadresser"), "")]
    context = {"addresses": addresses, "crumbs": crumbs, "of": of}
    return render(request, "members/register_addresses.html", context)
