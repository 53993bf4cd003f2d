"""What the register knows of that which a list names, read with few questions however long the list is."""

from __future__ import annotations

import datetime
import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from django.utils import timezone

from members.models import Membership, Organisation, User, WorkingGroup
from members.register.cells import email_of

_AT_ONCE = 5_000  # in one question
_ADDRESS = re.compile(r".*/grupper/([-\w]+)/?.*")
_NEAR = 0.85  # of two names that are one, misspelt
Pair = tuple[int, str]  # a group, and somebody's address


def key_of(name: str) -> str:
    """A name as people spell it: whatever its case, aa as å."""
    return unicodedata.normalize("NFC", " ".join(name.split())).casefold().replace("aa", "å")


def _keys_of_organisation(name: str) -> list[str]:
    """What an organisation is called: "Odder Kommune" is Odder, "Københavns Kommune" is København too."""
    key = key_of(name)
    stem = re.sub(r"\s*\b(?:regions)?kommune$|^kommunen?\s+", "", key)
    keys = [key, stem]
    if stem != key and stem.endswith("s"):
        keys.append(stem[:-1])
    return list(dict.fromkeys(filter(None, keys)))


class Organisations:
    """The organisations by the names they go by; new ones are added as a list names them."""

    def __init__(self, known: Iterable[Organisation]) -> None:
        self._whole: dict[str, Organisation] = {}
        self._short: dict[str, list[Organisation]] = defaultdict(list)
        for organisation in known:
            self.add(organisation)

    def add(self, organisation: Organisation) -> None:
        whole, *short = _keys_of_organisation(organisation.name)
        self._whole[whole] = organisation
        for key in short:
            self._short[key].append(organisation)

    def find(self, name: str) -> Organisation | None:
        """The one that is called so; what two are called for short is neither's name."""
        keys = _keys_of_organisation(name)
        for key in keys:
            if key in self._whole:
                return self._whole[key]
        for key in keys:
            if len(self._short.get(key, ())) == 1:
                return self._short[key][0]
        return None

    def nearest(self, name: str) -> Organisation | None:
        """One whose name is nearly this."""
        names = {key: one for key, ones in self._short.items() for one in ones} | self._whole
        for key in reversed(_keys_of_organisation(name)[:2]):
            if found := difflib.get_close_matches(key, names, n=1, cutoff=_NEAR):
                return names[found[0]]
        return None


class Groups:
    """The groups by name and by address."""

    def __init__(self, known: Iterable[WorkingGroup]) -> None:
        self._by_slug: dict[str, WorkingGroup] = {}
        self._by_name: dict[str, list[WorkingGroup]] = defaultdict(list)
        for group in known:
            self._by_slug[group.slug.lower()] = group
            self._by_name[key_of(group.name)].append(group)

    def find(self, words: str) -> list[WorkingGroup]:
        """The groups that are called this; of several, those that still run, if any do."""
        address = _ADDRESS.sub(r"\1", words).lower()
        if address in self._by_slug:
            return [self._by_slug[address]]
        named = self._by_name.get(key_of(words), [])
        return [group for group in named if not group.is_closed] or named


@dataclass
class Register:
    """The part of the register that a list may touch, as it stands.

    Attributes:
        today: the day on which it was read.
        people: by their addresses.
        memberships: of these people in the groups that the list names.
    """

    today: datetime.date = field(default_factory=timezone.localdate)
    groups: Sequence[WorkingGroup] = ()
    organisations: Sequence[Organisation] = ()
    people: dict[str, User] = field(default_factory=dict)
    memberships: dict[Pair, list[Membership]] = field(default_factory=dict)


def register_for(rows: Sequence[dict[str, Any]], *, group: str = "", lock: bool = False) -> Register:
    """The register, as far as the rows name it.

    Args:
        rows: of a list.
        group: the group of rows that name none.
        lock: hold the groups and the people against others who write in them or make them nameless, until
            the transaction ends.
    """
    groups = {one.pk: one for one in WorkingGroup.objects.only("pk", "name", "slug", "kind", "closed_on")}
    named = _named(rows, Groups(groups.values()), group)
    if lock:
        for part in batched(sorted(named), _AT_ONCE):
            groups |= {
                one.pk: one for one in WorkingGroup.objects.locked().filter(pk__in=part).order_by("pk")
            }
    register = Register(
        groups=list(groups.values()),
        organisations=list(Organisation.objects.order_by("pk")),
        people={person.email.lower(): person for person in _people(rows, lock=lock)},
    )
    _read_memberships(register, named)
    return register


def _named(rows: Iterable[dict[str, Any]], groups: Groups, group: str) -> set[int]:
    words = {row.get("group_address") or row.get("group") or group for row in rows}
    return {one.pk for said in words if said for one in groups.find(said)}


def _people(rows: Iterable[dict[str, Any]], *, lock: bool) -> Iterator[User]:
    addresses = set()
    for row in rows:
        try:
            addresses.add(email_of(row.get("email", "")))
        except ValueError:
            continue  # the row is refused for it
    people = User.objects.select_related("organisation").order_by("pk")
    if lock:
        people = people.select_for_update(of=("self",), no_key=True)
    for part in batched(sorted(addresses), _AT_ONCE):
        yield from people.filter(email__in=part)


def _read_memberships(register: Register, named: set[int]) -> None:
    emails = {person.pk: email for email, person in register.people.items()}
    found: dict[Pair, list[Membership]] = defaultdict(list)
    for part in batched(sorted(emails), _AT_ONCE):
        memberships = Membership.objects.filter(person__in=part).select_related("organisation")
        for membership in memberships.order_by("joined_on", "pk"):
            if membership.group_id in named:
                found[membership.group_id, emails[membership.person_id]].append(membership)
    register.memberships = dict(found)
