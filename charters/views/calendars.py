"""Calendars to subscribe to: the secret addresses one makes and takes back, and what they give."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from charters.models import CalendarAddress
from charters.obligations.calendar import calendar_of, entries_of, gives, mark_of
from charters.views.files import file_answer
from members import access
from members.models import WorkingGroup
from members.views.answers import SignedInRequest, word_of


@dataclass(frozen=True)
class Offer:
    """A calendar that one may subscribe to, with its address where one was made."""

    group: WorkingGroup | None  # None: all of one's groups
    url: str = ""
    is_dead: bool = False  # one no longer belongs to the group

    @property
    def webcal(self) -> str:
        """The same address, as most calendar programs open it by themselves."""
        return f"webcal:{self.url.partition(':')[2]}"


@login_required
@require_safe
def calendar(request: SignedInRequest) -> HttpResponse:
    """One's own calendar addresses; ``?gruppe`` is the group whose page one comes from."""
    made = {a.group_id: a for a in request.user.calendar_addresses.select_related("group")}
    groups = {group.pk: group for group in _groups(request)}
    offers = []
    for group in [None, *groups.values()]:
        address = made.pop(group.pk if group else None, None)
        offers.append(Offer(group, _absolute(request, address) if address else ""))
    offers += [Offer(address.group, is_dead=True) for address in made.values()]
    return render(request, "charters/calendar.html", {"offers": offers})


def _groups(request: SignedInRequest) -> list[WorkingGroup]:
    """One's own groups, and the one that is asked for if one may read it."""
    own = list(WorkingGroup.objects.of_member(request.user).open().order_by("sort_key", "pk"))
    slug = word_of(request.GET, "gruppe")
    if slug and all(group.slug != slug for group in own):
        asked = WorkingGroup.objects.visible_to(request.user).open().filter(slug=slug).first()
        if asked and access.can(request.user, access.VIEW_DRAFTS, asked):
            own.append(asked)
    return own


def _absolute(request: HttpRequest, address: CalendarAddress) -> str:
    return request.build_absolute_uri(reverse("charters:calendar-feed", args=[address.token]))


def _home(slug: str) -> str:
    home = reverse("charters:calendar")
    return f"{home}?gruppe={slug}" if slug else home


@login_required
@require_POST
def calendar_create(request: SignedInRequest) -> HttpResponse:
    """Make an address for a group, or for all of one's groups; the one there is already stays."""
    slug = word_of(request.POST, "gruppe")
    group = access.find_group(request.user, slug, permission=access.VIEW_DRAFTS) if slug else None
    CalendarAddress.objects.get_or_create(owner=request.user, group=group)
    messages.success(request, _("Kalenderadressen er klar. Kopiér den til dit kalenderprogram."))
    return redirect(_home(slug))


@login_required
@require_POST
def calendar_revoke(request: SignedInRequest) -> HttpResponse:
    """Take one's address back: from now on it gives nothing. Safe to send twice."""
    slug = word_of(request.POST, "gruppe")
    own = request.user.calendar_addresses
    (own.filter(group__slug=slug) if slug else own.filter(group=None)).delete()
    messages.success(request, _("Adressen er taget tilbage. Kalendere, der bruger den, får ikke mere."))
    return redirect(_home(slug))


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What an address gives, to whoever has it: no session, for a calendar program cannot sign in.

    Raises:
        Http404: there is no such address, it was taken back, or its owner may no longer see the group.
    """
    address = CalendarAddress.objects.filter(token=token).select_related("owner", "group").first()
    if address is None or not gives(address):
        raise Http404
    entries = entries_of(address)
    mark = mark_of(address, entries)
    response = get_conditional_response(request, etag=mark)
    if response is None:
        content = calendar_of(address, entries, absolute=request.build_absolute_uri)
        response = file_answer(content, name="os2.ics", kind="text/calendar; charset=utf-8")
        response["ETag"] = mark
    patch_cache_control(response, private=True, no_cache=True)
    return response
