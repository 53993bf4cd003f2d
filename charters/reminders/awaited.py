"""Who is to be mailed, and of what."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from charters.awaiting import Awaiting
from charters.mandate import Mandate, mandates_by_person
from charters.models import Reminder
from members.models import Membership, User
from members.models.user import UserQuerySet

# So many people's groups are in memory at a time, read with as many queries as those of one.
AT_A_TIME = 200

Rhythm = User.MailRhythm


@dataclass(frozen=True)
class Told:
    """What awaits somebody in one group."""

    mandate: Mandate
    things: Sequence[Awaiting]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each message, and the page where one goes on; a mail cannot press a button."""
        home = f"{self.mandate.group.get_absolute_url()}#kommissorium"
        return [(thing.message, home if thing.post else thing.url) for thing in self.things]


@dataclass(frozen=True)
class Awaited:
    """A person, and all that is worth a mail to them now."""

    person: User
    told: Sequence[Told]

    @property
    def number(self) -> int:
        return sum(len(one.things) for one in self.told)

    @property
    def period_start(self) -> datetime.date:
        return period_start(self.person)


def period_start(person: User) -> datetime.date:
    """The first day of the month, or of the week, in which a person gets one mail at most."""
    today = timezone.localdate()
    if person.mail_rhythm == Rhythm.WEEKLY:
        return today - datetime.timedelta(days=today.weekday())
    return today.replace(day=1)


def everyone() -> Iterator[Awaited]:
    """All who have something to be told of and were not mailed in their period; some at a time."""
    last = 0
    while people := list(_mailed().filter(pk__gt=last).order_by("pk")[:AT_A_TIME]):
        last = people[-1].pk
        yield from awaited_by(_unsettled(people))


def awaited_by(people: Sequence[User]) -> list[Awaited]:
    """What awaits each of the people: the same number of queries for all. Those with nothing are left out."""
    mandates = mandates_by_person(people, is_read=False)
    awaited = [Awaited(person, _told(mandates[person.pk])) for person in people]
    return [one for one in awaited if one.told]


def _told(mandates: Sequence[Mandate]) -> list[Told]:
    told = [Told(m, [thing for thing in m.awaiting() if thing.is_mailed]) for m in mandates]
    return [one for one in told if one.things]


def _mailed() -> UserQuerySet:
    """Those who sign in, want mails, and are in an open group."""
    seats = Membership.objects.current().filter(person=OuterRef("pk"), group__closed_on=None)
    wanting = User.objects.with_login().exclude(email="").exclude(mail_rhythm=Rhythm.NEVER)
    mailed: UserQuerySet = wanting.filter(Exists(seats))
    return mailed


def _unsettled(people: Sequence[User]) -> list[User]:
    """Those whose mail of the period is not sent, nor being sent by another."""
    theirs = Reminder.objects.filter(person__in=people).order_by()
    taken = set(theirs.values_list("person_id", "period_start"))
    taken -= set(theirs.unsettled().values_list("person_id", "period_start"))
    return [person for person in people if (person.pk, period_start(person)) not in taken]
