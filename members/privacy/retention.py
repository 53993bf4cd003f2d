"""What has been kept long enough: memberships that ended years ago, and the people who are left with none.

Source: GDPR art. 5, 1 e (no longer than needed); how long is for OS2 to say (MEMBERSHIP_RETENTION_YEARS).
"""

from __future__ import annotations

import datetime

from auditlog.context import disable_auditlog
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _t

from members import access
from members.log.acts import Act
from members.log.noting import note
from members.models import LogEntry, Membership, Project, User
from members.models.membership import MembershipQuerySet
from members.models.user import UserQuerySet


def limit() -> datetime.date:
    """The day that a membership must have ended by to be old enough."""
    today = timezone.localdate()
    year = today.year - settings.MEMBERSHIP_RETENTION_YEARS
    try:
        return today.replace(year=year)
    except ValueError:  # 29 February
        return today.replace(year=year, day=28)


def expired() -> MembershipQuerySet:
    """The memberships that are old enough to be deleted."""
    return Membership.objects.ended(on=limit())


def unattached() -> UserQuerySet:
    """People who are in no group, nor were since the limit, and have no duty here: to be looked at."""
    kept = Membership.objects.filter(Q(left_on=None) | Q(left_on__gt=limit()), person=OuterRef("pk"))
    duties = Project.objects.open().filter(facilitator=OuterRef("pk"))
    people: UserQuerySet = User.objects.filter(~Exists(kept), ~Exists(duties), anonymised_at=None)
    return people.exclude(Q(is_staff=True) | Q(is_superuser=True), is_active=True)


@transaction.atomic
def clear(memberships: MembershipQuerySet) -> tuple[int, list[int]]:
    """Delete memberships, as far as they are old enough, and what the log says of them.

    The log is told how many they were, and not which: what is to be forgotten would else be kept there.

    Returns:
        How many were deleted, and the ids of the people who are ``unattached`` after it.
    """
    old = memberships.filter(pk__in=expired().values("pk"))
    gone = dict(old.order_by().values_list("pk", "person_id"))
    with access.together(), disable_auditlog():
        old.filter(pk__in=gone).delete()
    of_memberships = ContentType.objects.get_for_model(Membership)
    LogEntry.objects.filter(content_type=of_memberships, object_id__in=gone).delete()
    note(Act.CLEARED, additional_data={_t("medlemskaber"): len(gone)})
    return len(gone), list(unattached().filter(pk__in=gone.values()).values_list("pk", flat=True))
