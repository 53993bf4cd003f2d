"""What each row of a list asks for, and what is wrong with the row whatever stands in the register."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from members.cpr import is_hidden, looks_like_cpr
from members.models import Membership, Organisation, User, WorkingGroup
from members.register.cells import day_of, email_of, role_of, unquoted, wrong_with
from members.register.known import Groups, Organisations, Register

_DAYS = ("joined_on", "left_on")
_WORDS = ("name", "phone", "title")
MOST_NEW = 100  # organisations that one list can add: more is a column of something else


@dataclass
class Wish:
    """A row, understood.

    Attributes:
        number: of the row in its file.
        organisation: the one it names, which may be new.
        group: None where the row is about the person alone.
        problems: why it cannot be done.
    """

    number: int
    email: str = ""
    name: str = ""
    phone: str = ""
    title: str = ""
    organisation: Organisation | None = None
    role: Membership.Role | None = None
    joined_on: datetime.date | None = None
    left_on: datetime.date | None = None
    group: WorkingGroup | None = None
    problems: list[str] = field(default_factory=list)


class Reader:
    """Reads rows as wishes, with the names that the register knows."""

    def __init__(self, register: Register, *, group: str, may_add: bool) -> None:
        self._people = register.people
        self._groups = Groups(register.groups)
        self._organisations = Organisations(register.organisations)
        self._group, self._may_add = group, may_add
        self._found: dict[str, Organisation | str] = {}  # or why there is none
        self._names: dict[str, str] = {}
        self._unknown = 0

    def wishes(self, rows: Sequence[dict[str, Any]]) -> list[Wish]:
        read = [self._wish(row) for row in rows]
        for wish in read:
            if wish.name:
                self._names.setdefault(wish.email, wish.name)
        for wish in read:
            if wish.email and wish.email not in self._people and not wish.name:
                wish.name = self._names.get(wish.email, "")
                if not wish.name:
                    wish.problems.append(_("Personen står ikke i registret, så navnet skal med."))
        return read

    def _wish(self, row: dict[str, Any]) -> Wish:
        wish, cells = Wish(row["n"]), {name: words for name, words in row.items() if name != "n"}
        wish.problems += dict.fromkeys(_wrong_cells(cells))
        cells = {name: unquoted(words) for name, words in cells.items()}
        wish.name = cells.get("name", "")
        if wish.problems:
            wish.email = cells.get("email", "")
            return wish
        for name in _WORDS:
            setattr(wish, name, self._try(wish, _fitting(name), cells.get(name, "")) or "")
        wish.email = self._try(wish, _address, cells.get("email", "")) or cells.get("email", "")
        wish.role = self._try(wish, role_of, cells.get("role", ""))
        for name in _DAYS:
            setattr(wish, name, self._try(wish, day_of, cells.get(name, "")))
        wish.organisation = self._try(wish, self._organisation, cells.get("organisation", ""))
        wish.group = self._try(
            wish, self._group_of, cells.get("group_address") or cells.get("group") or self._group
        )
        if not wish.group and not wish.problems and (wish.role or wish.joined_on or wish.left_on):
            wish.problems.append(_("Skriv, hvilken gruppe rækken handler om."))
        return wish

    def _try[T](self, wish: Wish, read: Callable[[str], T], words: str) -> T | None:
        try:
            return read(words) if words or read is _address else None
        except ValueError as error:
            wish.problems.append(str(error))
        except ValidationError as error:
            wish.problems += error.messages
        return None

    def _group_of(self, words: str) -> WorkingGroup:
        found = self._groups.find(words)
        if not found:
            raise ValueError(_("Gruppen »%(name)s« findes ikke.") % {"name": words[:80]})
        if len(found) > 1:
            raise ValueError(
                _("Flere grupper hedder »%(name)s«. Skriv gruppens adresse i stedet, for eksempel %(slug)s.")
                % {"name": words[:80], "slug": found[0].slug}
            )
        return found[0]

    def _organisation(self, words: str) -> Organisation:
        if words not in self._found:
            self._found[words] = self._organisations.find(words) or self._new_organisation(words)
        found = self._found[words]
        if isinstance(found, str):
            raise ValueError(found)
        return found

    def _new_organisation(self, words: str) -> Organisation | str:
        """A new one, or why it is refused: a name that is nearly a known one is that one, misspelt."""
        self._unknown += 1
        said = _("Organisationen »%(name)s« findes ikke i registret.") % {"name": words[:80]}
        if self._unknown > MOST_NEW:
            return said
        if near := self._organisations.nearest(words):
            return said + " " + _("Mener I »%(near)s«?") % {"near": near}
        if not self._may_add:
            return said
        new = Organisation(name=words, kind=Organisation.Kind.OTHER)
        try:
            new.clean_fields()
        except ValidationError as error:
            return " ".join(error.messages)
        self._organisations.add(new)
        return new


def _wrong_cells(cells: dict[str, str]) -> Iterator[str]:
    for words in cells.values():
        if problem := wrong_with(words):
            yield problem
        elif looks_like_cpr(words) or is_hidden(words):  # the rows of a list wait without their numbers
            yield _("En celle ligner et CPR-nummer. Det må ikke stå i registret.")


def _fitting(name: str) -> Callable[[str], str]:
    """The words, if the person's field can hold them."""

    def fit(words: str) -> str:
        held = person_field(name)
        try:
            return str(held.clean(words, None))
        except ValidationError as error:
            said = f"{str(held.verbose_name).capitalize()}: {' '.join(error.messages)}"
            raise ValueError(said) from error

    return fit


def person_field(name: str) -> models.Field[Any, Any]:
    """One of the fields of a person that a list can fill in."""
    return cast("models.Field[Any, Any]", User._meta.get_field(name))


def _address(words: str) -> str:
    if not words:
        raise ValueError(_("E-mailadressen mangler."))
    address = email_of(words)
    person_field("email").run_validators(address)
    return address
