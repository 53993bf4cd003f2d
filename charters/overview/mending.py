""" "Skal rettes": what is wrong in words, since when, and the page that mends it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charters.models import Obligation
from charters.overview.counting import counted
from charters.overview.faults import Fault, Found, lines, rows_of
from charters.overview.filters import MendingFilter
from members.models import Membership, Project, WorkingGroup

PAGE_SIZE = 100


@dataclass(frozen=True)
class Line:
    """One thing to mend. ``explain`` is where the project says why it stays so (følg-eller-forklar)."""

    fault: Fault
    since: datetime.date | None
    project: Project | None
    group: WorkingGroup | None
    what: str
    button: str
    url: str
    explain: str = ""


@dataclass(frozen=True)
class Heap:
    """All lines of one kind on a page, and how many there are on all pages."""

    fault: Fault
    count: int
    lines: Sequence[Line]


@dataclass(frozen=True)
class MendingPage:
    page: Page
    heaps: Sequence[Heap]
    count: int


def page_of(form: MendingFilter, *, number: str | None) -> MendingPage:
    """A page of the list; a number that makes no sense gives the nearest."""
    chosen = form.fault_chosen
    asked, scope = ([chosen] if chosen else list(Fault)), form.scope
    counts = counted({str(fault): rows for fault, rows in rows_of(scope, of=asked).items()})
    page = Paginator(range(sum(counts.values())), PAGE_SIZE).get_page(number)
    start = (page.number - 1) * PAGE_SIZE
    shown, skipped = _on_page(counts, start)
    part = slice(start - skipped, start - skipped + PAGE_SIZE)
    found = [Found(*line) for line in lines(scope, of=shown)[part]] if shown else []
    told = _in_words(found)
    heaps = [
        Heap(fault, counts[fault], of_this)
        for fault in asked
        if (of_this := [line for line in told if line.fault == fault])
    ]
    return MendingPage(page, heaps, sum(counts.values()))


def _on_page(counts: Mapping[str, int], start: int) -> tuple[list[Fault], int]:
    """Which kinds a page shows, for the others need not be looked for, and how many lines go before them."""
    shown, skipped, line = [], 0, 0
    for fault, count in counts.items():
        if line + count <= start:
            skipped += count
        elif line < start + PAGE_SIZE and count:
            shown.append(Fault(fault))
        line += count
    return shown, skipped


def _in_words(found: Sequence[Found]) -> list[Line]:
    """The lines with what they are about: at most four queries."""
    groups = WorkingGroup.objects.select_related("project").in_bulk({f.group for f in found if f.group})
    projects = Project.objects.select_related("facilitator").in_bulk({f.project for f in found if f.project})
    seats = Membership.objects.select_related("person").in_bulk(_about(found, Fault.MEMBER_GONE))
    duties = Obligation.objects.select_related("responsible").in_bulk(_about(found, Fault.UNMANNED))
    made = []
    for one in found:
        group, project = groups.get(one.group or 0), projects.get(one.project or 0)
        seat = seats.get(one.about or 0) if one.fault == Fault.MEMBER_GONE else None
        duty = duties.get(one.about or 0) if one.fault == Fault.UNMANNED else None
        telling = _Telling(one, group, project, seat, duty)
        made.append(telling.line())
    return made


def _about(found: Sequence[Found], fault: Fault) -> set[int]:
    return {one.about for one in found if one.fault == fault and one.about}


@dataclass(frozen=True)
class _Telling:
    found: Found
    group: WorkingGroup | None
    project: Project | None
    seat: Membership | None
    duty: Obligation | None

    def line(self) -> Line:
        fault = self.found.fault
        button, url = self._way_out()
        explain = ""
        if fault.requirement and self.project:
            explain = reverse("members:project-explain", args=[self.project.slug, fault.requirement])
        return Line(fault, self.found.since, self.project, self.group, self._what(), button, url, explain)

    def _what(self) -> str:
        """What the heading does not say already."""
        if self.seat:
            return self.seat.person.name
        if self.duty and self.duty.responsible:
            return f"{self.duty.responsible.name}: {self.duty.wording}"
        if self.found.fault == Fault.FACILITATOR_GONE and self.project and self.project.facilitator:
            return self.project.facilitator.name
        if self.found.fault == Fault.UNAPPROVED:
            number = self.found.about or 0
            return ngettext("%(n)s mangler at godkende", "%(n)s mangler at godkende", number) % {"n": number}
        return ""

    def _way_out(self) -> tuple[str, str]:
        if self.group:
            return self._of_group(self.group)
        assert self.project is not None  # noqa: S101 - a rule tells of a group or of a project
        return self._of_project(self.project)

    def _of_project(self, project: Project) -> tuple[str, str]:
        if self.found.fault == Fault.G6:
            asked = urlencode({"projekt": project.slug, "type": WorkingGroup.Kind.STEERING})
            return _("Opret styregruppe"), f"{reverse('members:group-create')}?{asked}"
        return _("Vælg tovholder"), reverse("members:project-update", args=[project.slug])

    def _of_group(self, group: WorkingGroup) -> tuple[str, str]:
        home, slug = group.get_absolute_url(), [group.slug]
        if self.seat:
            return _("Afslut medlemskabet"), reverse(
                "members:membership-end", args=[group.slug, self.seat.pk]
            )
        if self.duty:
            return _("Vælg en anden"), reverse("charters:obligation-update", args=[group.slug, self.duty.pk])
        return {
            Fault.NO_MEMBERS: (_("Tilføj medlem"), reverse("members:membership-search", args=slug)),
            Fault.NO_LEADER: (_("Vælg en leder"), f"{home}#medlemmer"),
            Fault.G11: (_("Skriv datoen"), reverse("members:group-update", args=slug)),
            Fault.G12: (_("Vælg repræsentant"), f"{home}#medlemmer"),
            Fault.NO_CHARTER: (_("Udfyld kommissorium"), f"{home}#kommissorium"),
            Fault.DRAFT_STANDING: (_("Se udkastet"), reverse("charters:draft-detail", args=slug)),
            Fault.REVIEW_DUE: (_("Gennemgå"), reverse("charters:charter-current", args=slug)),
            Fault.OLDER_TEXT: (_("Se den nye tekst"), reverse("charters:charter-take-in", args=slug)),
            Fault.UNAPPROVED: (_("Skriv godkendelser"), reverse("charters:charter-current", args=slug)),
        }.get(self.found.fault, (_("Vælg en anden"), home))
