"""Erasures that outlive a restored backup: the list is kept outside the database, and done again after.

Source: GDPR art. 17; a backup taken before somebody was made nameless holds the name still.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import Membership, User
from members.privacy.anonymising import anonymise


@dataclass(frozen=True)
class Erasure:
    """That a person was made nameless. It holds no name and no address: only which row it was.

    Attributes:
        person: the key of the row.
        joined: when the row was made, so that nobody else is taken who has the same key in another database.
        at: when it was done.
    """

    person: int
    joined: datetime.datetime
    at: datetime.datetime

    @classmethod
    def read(cls, line: str) -> Self:
        """One line as ``line`` writes it.

        Raises:
            ValueError: it is none.
        """
        try:
            said = json.loads(line)
            joined, at = (datetime.datetime.fromisoformat(said[name]) for name in ("joined", "at"))
            return cls(int(said["person"]), joined, at)
        except (KeyError, TypeError) as error:
            raise ValueError(line) from error

    @property
    def line(self) -> str:
        return json.dumps(
            {"person": self.person, "joined": self.joined.isoformat(), "at": self.at.isoformat()}
        )


def erasures() -> Iterator[Erasure]:
    """Everybody who was made nameless, the first one first."""
    rows = User.objects.exclude(anonymised_at=None).order_by("anonymised_at", "pk")
    for person, joined, at in rows.values_list("pk", "date_joined", "anonymised_at"):
        yield Erasure(person, joined, at)


def reapply(done_once: Iterable[Erasure]) -> tuple[int, dict[int, list[str]]]:
    """Make nameless again whoever of a list is not; done already, or not in this database, nothing happens.

    Returns:
        How many it was done to, and by the key of those it could not be done to, why.
    """
    done, left = 0, {}
    for erasure in done_once:
        named = User.objects.filter(anonymised_at=None)
        person = named.filter(pk=erasure.person, date_joined=erasure.joined).first()
        if person is None:
            continue
        try:
            with transaction.atomic():
                _free(person, on=erasure.at.date())
                anonymise(person, by=None)
            done += 1
        except ValidationError as error:
            left[person.pk] = list(error.messages)
    return done, left


def _free(person: User, *, on: datetime.date) -> None:
    """What must have been ended by the day that the person was made nameless has ended again."""
    for membership in Membership.objects.current_or_coming().filter(person=person).select_related("group"):
        membership.end(on=max(on, membership.joined_on))
    for project in person.facilitated_projects.open():
        project.facilitator = None
        project.save(update_fields=["facilitator"])
    if person.is_staff or person.is_superuser:
        person.is_active = False
        person.save(update_fields=["is_active"])
