""" "Mit mandat": what each of a person's groups decides, asks and does, and what awaits that person."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.utils import timezone

from charters import yearly
from charters.awaiting import Awaiting, awaiting
from charters.kinds import KindOfGroup, kind_of
from charters.models import Charter, CharterMember, Obligation, Section
from charters.models.charter_query import the_text
from charters.models.prose import Topic
from charters.obligations.following import SOON
from members.access import EDIT_CHARTER
from members.models import Membership, User, WorkingGroup, WorkingGroupUserGrant
from members.models.membership import MembershipQuerySet

EDITS = EDIT_CHARTER.partition(".")[2]


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
    checked_on: datetime.date | None = None  # of the last yearly check
    overdue: list[Obligation] = field(default_factory=list)  # of the group
    soon: list[Obligation] = field(default_factory=list)  # the same, to be followed up within a month
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

    @property
    def own_soon(self) -> list[Obligation]:
        return [o for o in self.soon if o.responsible_id == self.membership.person_id]

    @property
    def is_check_due(self) -> bool:
        """Whether it is time for the yearly check."""
        return self.charter is not None and yearly.is_due(self.charter, checked_on=self.checked_on)

    def awaiting(self) -> list[Awaiting]:
        """What awaits this person in this group, most pressing first."""
        return awaiting(self)


def mandates_of(user: User) -> list[Mandate]:
    """The mandates of a person's open groups: seven queries, however many there are.

    Those in which something awaits the person come first, then by name of group.
    """
    mandates = mandates_by_person([user])[user.pk]
    return sorted(mandates, key=lambda mandate: not mandate.awaiting())


def mandates_by_person(people: Sequence[User], *, is_read: bool = True) -> dict[int, list[Mandate]]:
    """The mandates of several people, by the person's key: as many queries as for one.

    Args:
        people: some hundreds at most; all of their groups are in memory at a time.
        is_read: whether the texts and rosters are wanted too, and not only what awaits.
    """
    memberships = list(_memberships(people))
    groups = list({membership.group_id for membership in memberships})
    rosters = _by_group(_rosters(groups)) if is_read else defaultdict(list)
    charters, led = _charters(groups, is_read=is_read), _led(people, groups)
    today = timezone.localdate()
    due = _by_group(Obligation.objects.due_by(today + SOON).filter(group__in=groups))
    awaited = _awaited(people, groups)
    found: dict[int, list[Mandate]] = {person.pk: [] for person in people}
    for membership in memberships:
        person, group = membership.person_id, membership.group_id
        mandate = Mandate(
            membership,
            rosters[group],
            leads=(person, group) in led,
            overdue=[obligation for obligation in due[group] if obligation.is_overdue],
            soon=[obligation for obligation in due[group] if not obligation.is_overdue],
        )
        found[person].append(_mandate(mandate, charters[group], awaited, is_read=is_read))
    return found


def _memberships(people: Sequence[User]) -> MembershipQuerySet:
    steering = WorkingGroup.objects.open().steering().filter(project=OuterRef("group__project"))
    checks = yearly.last_checks(OuterRef("group"))
    return (
        Membership.objects.current()
        .filter(person__in=people, group__closed_on=None)
        .select_related("group__project")
        .annotate(has_steering=Exists(steering), checked_on=Subquery(checks.values("made_on")[:1]))
        .order_by("group__sort_key", "group__pk")
    )


def _rosters(groups: Sequence[int]) -> MembershipQuerySet:
    current = Membership.objects.current().filter(group__in=groups)
    return current.in_roster_order().select_related("person", "organisation")


def _awaited(people: Sequence[User], groups: Sequence[int]) -> set[tuple[int | None, int]]:
    """Whose approval of which edition in force is missing."""
    missing = CharterMember.objects.filter(
        person__in=people, charter__group__in=groups, charter__state=Charter.State.ADOPTED, approval=None
    ).exclude(role__in=Membership.Role.not_deciding())
    return set(missing.values_list("person_id", "charter_id"))


def _led(people: Sequence[User], groups: Sequence[int]) -> set[tuple[int, int]]:
    """Who of the people may write the charter of which of the groups.

    The grants of all are one query; those employed in the secretariat, who are few, are asked one by one.
    """
    grants = WorkingGroupUserGrant.objects.filter(
        user__in=people, content_object__in=groups, permission__codename=EDITS
    )
    everywhere = [person.pk for person in people if person.has_perm(EDIT_CHARTER)]
    return set(grants.values_list("user_id", "content_object_id")) | set(product(everywhere, groups))


def _mandate(
    mandate: Mandate, charters: list[Charter], awaited: set[tuple[int | None, int]], *, is_read: bool
) -> Mandate:
    membership = mandate.membership
    has_steering: bool = membership.has_steering  # type: ignore[attr-defined]  # annotated in _memberships
    mandate.checked_on = membership.checked_on  # type: ignore[attr-defined]  # the same
    mandate.lacks_steering = membership.group.project_id is not None and not has_steering
    text = the_text(charters)
    mandate.has_newer_text = text is not None and text.has_newer_text
    for charter in charters:
        charter.group = membership.group
        if charter.is_draft:
            mandate.draft = charter
        else:
            mandate.charter = charter
            mandate.must_approve = (membership.person_id, charter.pk) in awaited
            for section in charter.standing_sections() if is_read else ():
                mandate.topics.setdefault(section.topic, []).append(section)
    return mandate


def _charters(groups: Sequence[int], *, is_read: bool) -> dict[int, list[Charter]]:
    current = Charter.objects.living().filter(group__in=groups).with_newer_text()
    if is_read:
        adopted = Section.objects.filter(charter__state=Charter.State.ADOPTED)
        current = current.prefetch_related(Prefetch("sections", adopted))
    return _by_group(current)


def _by_group[T: (Membership, Charter, Obligation)](rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.group_id].append(row)
    return found
