""" "Mit mandat": what each of a person's groups decides, asks and does, and what awaits that person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from guardian.shortcuts import get_objects_for_user

from charters.kinds import KindOfGroup, kind_of
from charters.models import Charter, CharterMember, Obligation, Section
from charters.models.charter_query import the_text
from charters.models.prose import Topic
from members.access import EDIT_CHARTER
from members.models import Membership, User, WorkingGroup

# Without its app: guardian then takes the group's own content type, which is looked up once and remembered.
EDITS = EDIT_CHARTER.partition(".")[2]


@dataclass(frozen=True)
class Awaiting:
    """One thing that awaits a person, and the button that does it."""

    message: str
    action: str
    url: str
    post: bool = False  # the button changes something at once, so it is a form


@dataclass
class Mandate:
    """One group of a person, as "Mit mandat" shows it."""

    membership: Membership
    roster: list[Membership]
    leads: bool = False  # may write and adopt its charter
    charter: Charter | None = None  # the one in force
    draft: Charter | None = None
    must_approve: bool = False
    has_newer_text: bool = False  # OS2 has published one since the group's was begun
    lacks_steering: bool = False
    overdue: list[Obligation] = field(default_factory=list)  # of the group
    topics: dict[str, list[Section]] = field(default_factory=dict)

    @property
    def group(self) -> WorkingGroup:
        return self.membership.group

    @property
    def kind(self) -> KindOfGroup:
        return kind_of(self.group)

    @property
    def purpose(self) -> list[Section]:
        return self.topics.get(Topic.PURPOSE, [])

    @property
    def decides(self) -> list[Section]:
        return self.topics.get(Topic.DECIDES, [])

    @property
    def asks(self) -> list[Section]:
        return self.topics.get(Topic.ASKS, [])

    @property
    def does(self) -> list[Section]:
        return self.topics.get(Topic.DOES, [])

    @property
    def stands_in_for_steering(self) -> bool:
        """Whether the group also carries a styregruppe's duties (os2.eu/arbejdsgrupper)."""
        return self.lacks_steering and self.kind.stands_in_for_steering

    @property
    def own_overdue(self) -> list[Obligation]:
        """Those that this person is to follow up."""
        return [o for o in self.overdue if o.responsible_id == self.membership.person_id]

    def awaiting(self) -> list[Awaiting]:
        """What awaits this person in this group, most pressing first."""
        found = []
        if self.must_approve and self.charter:
            url = reverse("charters:edition-approve", args=[self.group.slug, self.charter.number])
            found.append(Awaiting(_("Kommissoriet venter på din godkendelse."), _("Godkend"), url))
        if self.draft:
            url = self.draft.get_absolute_url()
            if self.leads:
                found.append(Awaiting(_("Udkastet er ikke vedtaget endnu."), _("Arbejd videre"), url))
            else:
                found.append(Awaiting(_("Der er et udkast til kommissorium."), _("Læs udkastet"), url))
        elif self.charter is None and self.leads:
            url = reverse("charters:charter-start", args=[self.group.slug])
            found.append(
                Awaiting(_("Gruppen har intet kommissorium endnu."), _("Udfyld kommissorium"), url, post=True)
            )
        if self.leads and self.has_newer_text:
            url = reverse("charters:charter-take-in", args=[self.group.slug])
            found.append(Awaiting(_("OS2 har forbedret standardteksten."), _("Se ændringerne"), url))
        found += self._overdue_awaiting()
        if self.charter and self.leads:
            url = self.charter.get_absolute_url()
            if self.charter.is_due_for_review():
                found.append(Awaiting(_("Kommissoriet skal gennemgås."), _("Læs kommissoriet"), url))
            elif self.charter.is_review_near() and not self.draft:
                day = date_format(self.charter.review_on) if self.charter.review_on else ""
                message = _("Kommissoriet skal gennemgås senest den %(day)s.") % {"day": day}
                found.append(Awaiting(message, _("Læs kommissoriet"), url))
        return found

    def _overdue_awaiting(self) -> list[Awaiting]:
        """What is overdue, for whoever leads the group or sees to it."""
        number = len(self.overdue if self.leads else self.own_overdue)
        if not number:
            return []
        message = (
            ngettext(
                "Opfølgningen på %(n)s forpligtelse er overskredet.",
                "Opfølgningen på %(n)s forpligtelser er overskredet.",
                number,
            )
            if self.leads
            else ngettext(
                "Du er ansvarlig for %(n)s forpligtelse, hvor opfølgningen er overskredet.",
                "Du er ansvarlig for %(n)s forpligtelser, hvor opfølgningen er overskredet.",
                number,
            )
        )
        url = reverse("charters:obligation-list", args=[self.group.slug])
        return [Awaiting(message % {"n": number}, _("Følg op"), url)]


def mandates_of(user: User) -> list[Mandate]:
    """The mandates of a person's open groups: seven queries, however many there are.

    Those in which something awaits the person come first, then by name of group.
    """
    steering = WorkingGroup.objects.open().steering().filter(project=OuterRef("group__project"))
    own = (
        Membership.objects.current()
        .filter(person=user, group__closed_on=None)
        .select_related("group__project")
        .annotate(has_steering=Exists(steering))
        .order_by("group__sort_key", "group__pk")
    )
    memberships = list(own)
    groups = [membership.group_id for membership in memberships]
    rosters = _by_group(
        Membership.objects.current()
        .filter(group__in=groups)
        .in_roster_order()
        .select_related("person", "organisation")
    )
    charters, led = _charters(groups), _led_by(user, groups)
    overdue = _by_group(Obligation.objects.overdue().filter(group__in=groups))
    awaited = set(
        CharterMember.objects.filter(
            person=user, charter__group__in=groups, charter__state=Charter.State.ADOPTED, approval=None
        )
        .exclude(role__in=Membership.Role.not_deciding())
        .values_list("charter_id", flat=True)
    )
    mandates = [
        _mandate(
            Mandate(
                membership,
                rosters[membership.group_id],
                leads=membership.group_id in led,
                overdue=overdue[membership.group_id],
            ),
            charters[membership.group_id],
            awaited,
        )
        for membership in memberships
    ]
    return sorted(mandates, key=lambda mandate: not mandate.awaiting())


def _led_by(user: User, groups: list[int]) -> set[int]:
    """Those of the groups whose charter ``user`` may write."""
    return set(
        get_objects_for_user(user, EDITS, WorkingGroup).filter(pk__in=groups).values_list("pk", flat=True)
    )


def _mandate(mandate: Mandate, charters: list[Charter], awaited: set[int]) -> Mandate:
    membership = mandate.membership
    has_steering: bool = membership.has_steering  # type: ignore[attr-defined]  # annotated in mandates_of
    mandate.lacks_steering = membership.group.project_id is not None and not has_steering
    text = the_text(charters)
    mandate.has_newer_text = text is not None and text.has_newer_text
    for charter in charters:
        charter.group = membership.group
        if charter.is_draft:
            mandate.draft = charter
        else:
            mandate.charter = charter
            mandate.must_approve = charter.pk in awaited
            for section in charter.standing_sections():
                mandate.topics.setdefault(section.topic, []).append(section)
    return mandate


def _charters(groups: list[int]) -> dict[int, list[Charter]]:
    current = Charter.objects.living().filter(group__in=groups)
    adopted = Section.objects.filter(charter__state=Charter.State.ADOPTED)
    return _by_group(current.with_newer_text().prefetch_related(Prefetch("sections", adopted)))


def _by_group[T: (Membership, Charter, Obligation)](rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.group_id].append(row)
    return found
