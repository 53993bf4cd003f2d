"""Periods of membership: what "today's members" means, said once."""

import datetime

from django.db.models import Q
from django.utils import timezone


def in_force(prefix: str = "", *, on: datetime.date | None = None) -> Q:
    """The condition for memberships in force on a day.

    Args:
        prefix: the path to the membership, such as ``"memberships__"``.
        on: the day, today by default. On the day one leaves, one has left.
    """
    day = on or timezone.localdate()
    still_in = Q(**{f"{prefix}left_on": None}) | Q(**{f"{prefix}left_on__gt": day})
    return still_in & Q(**{f"{prefix}joined_on__lte": day})
