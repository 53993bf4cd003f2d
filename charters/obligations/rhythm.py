"""When an obligation is to be followed up again."""

from __future__ import annotations

import calendar
import datetime

from charters.models import FollowUp, Obligation, Rhythm

# A group meets about every other month: what is not met is looked at again at the next meeting.
UNTIL_NEXT_MEETING = 2  # months
# A meeting some days early is the follow-up of the date that it lies before.
AT_MOST_EARLY = datetime.timedelta(days=30)


def next_date(
    due: datetime.date | None, every: int, *, followed_up_on: datetime.date, today: datetime.date
) -> datetime.date:
    """The next date of one that comes back: on the same day of the month, or the month's last day.

    Args:
        due: the date it had; None counts from the follow-up.
        every: how many months there are between two.
        followed_up_on: the day it was followed up. One shortly before ``due`` counts as that date's.
        today: the date is never before it.
    """
    first = day = due or followed_up_on
    early = min(AT_MOST_EARLY, datetime.timedelta(days=15 * every))
    months = 0
    if first <= followed_up_on + early:
        months, day = every, months_after(first, every)
    while day <= followed_up_on or day < today:
        months += every
        day = months_after(first, months)
    return day


def next_after(
    obligation: Obligation, *, status: str, on: datetime.date, today: datetime.date
) -> datetime.date | None:
    """When an obligation is to be followed up again, after a follow-up; None when it asks nothing more.

    Args:
        obligation: with the date and the rhythm it had.
        status: what the follow-up says.
        on: the day of the follow-up.
        today: nothing is to be followed up before it.
    """
    due = obligation.next_on
    if obligation.every:
        return next_date(due, obligation.every, followed_up_on=on, today=today)
    if due is None or status == FollowUp.Status.MET:
        return None
    return due if due > today else months_after(today, UNTIL_NEXT_MEETING)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last: a month after 31 January is 28 or 29 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def default_rhythm(wording: str) -> Rhythm | None:
    """The rhythm that a wording plainly asks for; a suggestion, for only the group knows.

    The standard texts say "Løbende opfølgning på business case" and "godkende budget" (styregruppe).
    """
    words = wording.casefold()
    if "løbende" in words:
        return Rhythm.QUARTERLY
    if "årlig" in words or "hvert år" in words or "godkende budget" in words:
        return Rhythm.YEARLY
    return None
