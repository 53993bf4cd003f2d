"""The register as a list with the columns that the import reads: what goes out comes in again as it was."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _

from members.models import Membership, User
from members.models.membership import MembershipQuerySet
from members.models.user import UserQuerySet

COLUMNS = [
    _("Navn"),
    _("E-mail"),
    _("Organisation"),
    _("Rolle"),
    _("Fra"),
    _("Til"),
    _("Gruppe"),
    _("Gruppens adresse"),
    _("Telefon"),
    _("Stilling"),
]
Row = list[str | datetime.date | None]
_NONE: list[Membership | None] = [None]


def membership_rows(memberships: MembershipQuerySet) -> Iterator[Row]:
    """A row for each membership, group by group."""
    found = memberships.select_related("group", "person", "organisation")
    for membership in found.order_by("group__sort_key", "group", "person__sort_key", "joined_on", "pk"):
        yield _row(membership.person, membership)


def person_rows(people: UserQuerySet) -> Iterator[Row]:
    """A row for each membership of today or to come, person by person; one for whoever has none."""
    memberships = Membership.objects.current_or_coming().select_related("group", "organisation")
    in_order: QuerySet[Membership] = memberships.order_by(F("group__sort_key"), "joined_on", "pk")
    people = people.select_related("organisation").prefetch_related(
        Prefetch("memberships", in_order, to_attr="of_today")
    )
    for person in people:
        of_today: list[Membership] = person.of_today
        for membership in of_today or _NONE:
            yield _row(person, membership)


def _row(person: User, membership: Membership | None) -> Row:
    organisation = membership.organisation if membership else person.organisation
    row: Row = [person.name, person.email, organisation.name if organisation else ""]
    if membership is None:
        row += ["", None, None, "", ""]
    else:
        group = membership.group
        row += [
            membership.get_role_display(),
            membership.joined_on,
            membership.left_on,
            group.name,
            group.slug,
        ]
    return [*row, person.phone, person.title]
