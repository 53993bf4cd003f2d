"""Days and periods of the register: which a day can be, and what "today's members" means, said once."""

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

EARLIEST = datetime.date(2012, 4, 24)  # OS2 was founded (OS2's vedtægter)
YEARS_AHEAD = 10


def believable(day: datetime.date) -> None:
    """A validator: a day in the life of OS2, not a slip of the hand such as the year 202 or 20266.

    Raises:
        ValidationError: the day lies before OS2 was founded, or more than ten years ahead.
    """
    if day < EARLIEST:
        raise ValidationError(_("Datoen kan ikke ligge før 24. april 2012, da OS2 blev stiftet."))
    if day.year > timezone.localdate().year + YEARS_AHEAD:
        raise ValidationError(_("Datoen kan højst ligge ti år frem."))


def in_force(prefix: str = "", *, on: datetime.date | None = None) -> Q:
    """The condition for memberships in force on a day.

    Args:
        prefix: the path to the membership, such as ``"memberships__"``.
        on: the day, today by default. On the day one leaves, one has left.
    """
    day = on or timezone.localdate()
    still_in = Q(**{f"{prefix}left_on": None}) | Q(**{f"{prefix}left_on__gt": day})
    return still_in & Q(**{f"{prefix}joined_on__lte": day})
