"""What is to be followed up, as a calendar program subscribes to it (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import astuple, dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from charters.models import CalendarAddress, Charter, Obligation
from members import access
from members.models import Membership, User, WorkingGroup

ONE_DAY = datetime.timedelta(days=1)
IN_A_LIST = 80  # characters of an obligation's words that a calendar shows on a day


@dataclass(frozen=True)
class Entry:
    """Something that a day is for; no person is named in it, for a calendar is often shown to others."""

    uid: str
    day: datetime.date
    title: str
    text: str
    path: str  # of the page about it


def gives(address: CalendarAddress) -> bool:
    """Whether an address still gives anything: its owner signs in, and may see the group."""
    owner: User = address.owner
    if not owner.is_active:
        return False
    return address.group is None or access.can(owner, access.VIEW_DRAFTS, address.group)


def entries_of(address: CalendarAddress) -> list[Entry]:
    """What an address gives its owner: two queries.

    For a group all its obligations and its charter's review; for a person the obligations they see to, and
    the reviews of the charters of the groups they lead.
    """
    obligations = Obligation.objects.in_force().exclude(next_on=None)
    charters = Charter.objects.adopted().exclude(review_on=None)
    if address.group is None:
        obligations = obligations.of_responsible(address.owner_id)
        leads = Q(person=address.owner_id, role__in=access.LEADING_ROLES)
        charters = charters.filter(group__in=Membership.objects.current().filter(leads).values("group"))
    else:
        obligations, charters = obligations.filter(group=address.group), charters.filter(group=address.group)
    found = [_of_obligation(o) for o in obligations.select_related("group")]
    found += [_of_review(charter) for charter in charters.select_related("group")]
    return sorted(found, key=lambda entry: (entry.day, entry.uid))


def name_of(group: WorkingGroup | None) -> str:
    return _("Mine forpligtelser i OS2") if group is None else group.name


def mark_of(address: CalendarAddress, entries: list[Entry]) -> str:
    """An ETag: of all that the calendar says but when it was asked for."""
    told = repr([name_of(address.group), *map(astuple, entries)])
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def calendar_of(address: CalendarAddress, entries: list[Entry], *, absolute: Callable[[str], str]) -> bytes:
    """The file that a calendar program reads.

    Args:
        address: whose name the calendar bears.
        entries: what it gives.
        absolute: makes a whole address of a path.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//OS2//OS2arbejdsgrupper//DA")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name_of(address.group))
    calendar.add("x-published-ttl", "PT12H")
    for entry in entries:
        calendar.add_component(_event(entry, absolute))
    return bytes(calendar.to_ical())


def _event(entry: Entry, absolute: Callable[[str], str]) -> Event:
    url = absolute(entry.path)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + ONE_DAY)
    event.add("summary", entry.title)
    event.add("description", f"{entry.text}\n\n{url}")
    event.add("url", url)
    event.add("transp", "TRANSPARENT")  # it takes no time of the day
    return event


def _of_obligation(obligation: Obligation) -> Entry:
    if obligation.next_on is None:
        raise ValueError(obligation)
    words = Truncator(" ".join(obligation.wording.split())).chars(IN_A_LIST)
    group = obligation.group
    return Entry(
        f"forpligtelse-{obligation.pk}@os2arbejdsgrupper",
        obligation.next_on,
        _("Følg op: %(words)s") % {"words": words},
        f"{group.name}\n{obligation.wording}",
        obligation.get_absolute_url(),
    )


def _of_review(charter: Charter) -> Entry:
    if charter.review_on is None:
        raise ValueError(charter)
    return Entry(
        f"gennemgang-{charter.pk}@os2arbejdsgrupper",
        charter.review_on,
        _("Kommissoriet gennemgås senest i dag: %(group)s") % {"group": charter.group.name},
        _("Gælder kommissoriet stadig? Vælg den næste dag, eller begynd en ny udgave."),
        charter.get_absolute_url(),
    )
