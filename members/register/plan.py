"""What a list would make of the register: row by row, and nothing written.

A plan is made of the rows and of the register as it stands, and of nothing else.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.models import Membership, Organisation, User
from members.register.known import Pair, Register
from members.register.seats import Outcome, Seats
from members.register.wishes import Reader, Wish, person_field


class Deed(models.TextChoices):
    """What a row can do. Each is counted on the preview."""

    NEW_PERSON = "person", _("Opret person")
    NEW_MEMBERSHIP = "medlemskab", _("Opret medlemskab")
    CHANGE = "ret", _("Ret medlemskab")
    END = "afslut", _("Afslut medlemskab")
    CORRECT_PERSON = "ret-person", _("Ret person")
    NEW_ORGANISATION = "organisation", _("Opret organisation")


@dataclass(frozen=True)
class Choices:
    """What the reader of the preview has chosen.

    Attributes:
        organisations: create those that the register lacks.
        people: let names, phone numbers and titles in the list replace the register's.
    """

    organisations: bool = False
    people: bool = False


@dataclass
class Line:
    """One row, and what becomes of it.

    Attributes:
        deeds: what is done, each with what it does it to or from what to what.
        problems: why nothing is done.
        notes: what the reader should know, and which stops nothing.
    """

    wish: Wish
    deeds: list[tuple[Deed, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        return self.wish.problems

    @property
    def is_refused(self) -> bool:
        return bool(self.wish.problems)

    @property
    def is_unchanged(self) -> bool:
        return not self.deeds and not self.is_refused


@dataclass
class Plan:
    """All rows, and what is to be written when somebody says yes."""

    lines: list[Line]
    organisations: list[Organisation] = field(default_factory=list)
    people: list[User] = field(default_factory=list)  # new ones
    corrected: list[User] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)  # new and changed

    @property
    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.is_refused]

    @property
    def changing(self) -> list[Line]:
        return [line for line in self.lines if line.deeds]

    @property
    def unchanged_count(self) -> int:
        return sum(line.is_unchanged for line in self.lines)

    @property
    def counts(self) -> list[tuple[Deed, int]]:
        """How often each thing is done; what is not done is left out."""
        times = Counter(deed for line in self.lines for deed, _words in line.deeds)
        return [(deed, times[deed]) for deed in Deed if times[deed]]

    @cached_property
    def mark(self) -> str:
        """By which a plan is known again: it is another when the register, the file or a choice is."""
        said = [
            (wish.number, wish.email, wish.name, wish.phone, wish.title, line.deeds, line.problems)
            for line in self.lines
            for wish in (line.wish,)
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def plan(
    rows: Sequence[dict[str, Any]], register: Register, *, group: str = "", choices: Choices | None = None
) -> Plan:
    """What the rows would make of the register.

    Args:
        rows: of a ``MemberList``.
        register: as far as the rows name it; it is read and never changed.
        group: the group of rows that name none.
        choices: those of the preview.
    """
    return _Planner(register, group, choices or Choices()).plan(rows)


class _Planner:
    def __init__(self, register: Register, group: str, choices: Choices) -> None:
        self._register, self._choices = register, choices
        self._reader = Reader(register, group=group, may_add=choices.organisations)
        self._people = dict(register.people)
        self._named_in: dict[str, int] = {}  # the row that a person's name and numbers were taken from
        self._plan = Plan([])

    def plan(self, rows: Sequence[dict[str, Any]]) -> Plan:
        wishes = self._reader.wishes(rows)
        self._people |= {
            wish.email: User(email=wish.email, name=wish.name)
            for wish in reversed(wishes)
            if wish.email not in self._people and not wish.problems
        }
        outcomes = self._outcomes(wishes)
        for wish in wishes:
            self._plan.lines.append(self._line(wish, outcomes.get(wish.number)))
        return self._plan

    def _outcomes(self, wishes: Sequence[Wish]) -> dict[int, Outcome]:
        groups = {wish.group.pk: wish.group for wish in wishes if wish.group is not None}
        together: dict[Pair, list[Wish]] = defaultdict(list)
        for wish in wishes:
            if wish.group is not None and not wish.problems:
                together[wish.group.pk, wish.email].append(wish)
        outcomes: dict[int, Outcome] = {}
        for (group, email), ones in together.items():
            memberships = self._register.memberships.get((group, email), [])
            today = self._register.today
            seats = Seats.of(self._people[email], groups[group], memberships, today=today)
            outcomes |= seats.settle(ones)
        return outcomes

    def _line(self, wish: Wish, outcome: Outcome | None) -> Line:
        line = Line(wish)
        if outcome and outcome.problem:
            wish.problems.append(outcome.problem)
        if not line.is_refused:
            self._do_for_person(line)
            if outcome:
                self._do_for_membership(line, outcome)
        return line

    # --- The person -------------------------------------------------------------------------------

    def _do_for_person(self, line: Line) -> None:
        wish, person = line.wish, self._people[line.wish.email]
        is_first = self._named_in.setdefault(wish.email, wish.number) == wish.number
        if person.pk is None and is_first:
            person.name, person.phone, person.title = wish.name, wish.phone, wish.title
            person.organisation = wish.organisation
            self._add_organisation(line)
            self._plan.people.append(person)
            line.deeds.append((Deed.NEW_PERSON, ""))
            return
        differing = dict(self._differing(wish, person))
        if not differing:
            return
        if is_first and self._choices.people and _may_be_corrected(person):
            self._correct(line, person, differing)
        else:
            line.notes += [_stands(name, getattr(person, name)) for name in differing]

    def _differing(self, wish: Wish, person: User) -> Iterator[tuple[str, str]]:
        for name in ("name", "phone", "title"):
            words = getattr(wish, name)
            if words and words != getattr(person, name):
                yield name, words

    def _correct(self, line: Line, person: User, differing: dict[str, str]) -> None:
        corrected = self._people[line.wish.email] = copy.copy(person)
        for name, words in differing.items():
            line.deeds.append((Deed.CORRECT_PERSON, _from_to(getattr(person, name), words)))
            setattr(corrected, name, words)
        self._plan.corrected.append(corrected)

    def _add_organisation(self, line: Line) -> None:
        new = line.wish.organisation
        if new is not None and new.pk is None and not any(new is one for one in self._plan.organisations):
            self._plan.organisations.append(new)
            line.deeds.append((Deed.NEW_ORGANISATION, new.name))

    # --- The membership ---------------------------------------------------------------------------

    def _do_for_membership(self, line: Line, outcome: Outcome) -> None:
        after, before = outcome.membership, outcome.before
        if after is None:
            return
        self._add_organisation(line)
        if outcome.note:
            line.notes.append(outcome.note)
        if before is None:
            if after.organisation is None:
                after.organisation = self._people[line.wish.email].organisation
            line.deeds.append((Deed.NEW_MEMBERSHIP, _described(after)))
            self._plan.memberships.append(after)
        elif deeds := list(_changes(before, after)):
            line.deeds += deeds
            self._plan.memberships.append(after)


def _may_be_corrected(person: User) -> bool:
    return person.pk is not None and not person.is_superuser and not person.is_anonymised


def _changes(before: Membership, after: Membership) -> Iterator[tuple[Deed, str]]:
    if before.role != after.role:
        yield Deed.CHANGE, _from_to(before.get_role_display(), after.get_role_display())
    if before.organisation != after.organisation:
        yield Deed.CHANGE, _from_to(str(before.organisation or ""), str(after.organisation))
    if before.joined_on != after.joined_on:
        words = _from_to(date_format(before.joined_on), date_format(after.joined_on))
        yield Deed.CHANGE, _t("fra: %(words)s") % {"words": words}
    if after.left_on is not None and before.left_on != after.left_on:
        day = date_format(after.left_on)
        if before.left_on is None:
            yield Deed.END, day
        else:
            words = _from_to(date_format(before.left_on), day)
            yield Deed.CHANGE, _t("til: %(words)s") % {"words": words}


def _described(membership: Membership) -> str:
    words = [str(membership.get_role_display()), str(membership.organisation or "")]
    days = date_format(membership.joined_on)
    days += f" – {date_format(membership.left_on)}" if membership.left_on else ""
    return ", ".join(filter(None, [*words, _t("fra %(days)s") % {"days": days}]))


def _from_to(before: str, after: str) -> str:
    return f"{before or '–'} → {after}"


def _stands(name: str, words: str) -> str:
    label = str(person_field(name).verbose_name)
    if not words:
        return _t("Registret har intet for %(label)s. Det rettes ikke.") % {"label": label}
    return _t("Registret har %(label)s »%(words)s«. Det rettes ikke.") % {"label": label, "words": words}
