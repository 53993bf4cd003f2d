"""What the site said yes to, beside what it has."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple

from charters.bundling import zip_of
from charters.models import Bundle, Charter, FollowUp, Section
from members.models import Membership, User, WorkingGroup


class Outcome(NamedTuple):
    """How many were acknowledged, how many of those are missing, and what is there twice or untold."""

    acknowledged: int
    lost: int
    doubled: int
    untold: int

    @classmethod
    def of(cls, told: Iterable[str], stored: Iterable[str]) -> Outcome:
        """Compare by name; each name was asked for once."""
        names, found = set(told), Counter(stored)
        return cls(
            acknowledged=len(names),
            lost=len(names - found.keys()),
            doubled=sum(1 for number in found.values() if number > 1),
            untold=len(found.keys() - names),
        )

    @property
    def is_right(self) -> bool:
        """Everybody asked until there was an answer, so nothing is stored that nobody was told of either."""
        return not (self.lost or self.doubled or self.untold)


def words_of(sections: Iterable[Section]) -> list[str]:
    bodies = Section.objects.filter(pk__in=[section.pk for section in sections]).values_list(
        "body", flat=True
    )
    return [word for body in bodies for word in re.findall(r"ord-\d+-\d+-\d+\.", body)]


def editions_of(groups: Iterable[WorkingGroup]) -> list[str]:
    frozen = Charter.objects.frozen().filter(group__in=groups).select_related("group")
    return [charter.get_absolute_url() for charter in frozen]


def members_of(group: WorkingGroup, people: Iterable[User]) -> list[str]:
    found = Membership.objects.filter(group=group, person__in=people)
    return [str(pk) for pk in found.values_list("person", flat=True)]


def notes_of(obligation: int) -> list[str]:
    return list(FollowUp.objects.filter(obligation=obligation).values_list("note", flat=True))


def orders_that_can_be_read() -> list[str]:
    """Addresses of the orders that are done, and whose zip holds what was ordered."""
    read = []
    for bundle in Bundle.objects.filter(state=Bundle.State.DONE):
        _size, pieces = zip_of(bundle)
        archive = zipfile.ZipFile(BytesIO(b"".join(pieces)))
        if archive.testzip() is None and len(archive.namelist()) == bundle.total + 1:  # and the overview
            read.append(bundle.get_absolute_url())
    return read
