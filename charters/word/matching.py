"""Where in a draft the sections of a Word file belong, and who of the register its members are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from charters import text
from charters.word.charter import WordCharter, WordSection
from charters.word.document import Leftover
from charters.word.heading_fields import WordMember, is_filled
from charters.word.labels import is_close, key_of

_STEM = 6  # letters that two words share when one is a form of the other: "økonomi", "økonomiske"
_SMALL = frozenset("i og af for til med om på den det de en et os2s".split())  # noqa: SIM905


class DraftSection(Protocol):
    """A section of the draft, or of a standard text."""

    heading: str
    prompt: str


class Person(Protocol):
    """Somebody in the register."""

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Proposed[S: DraftSection]:
    """A section as the file has it, and the draft's own that it takes the place of; None for a new one."""

    section: S | None
    heading: str
    body: str
    is_sure: bool  # the headings are the same, but for how they are written
    named: str = ""  # the heading that the file gives it


@dataclass(frozen=True)
class MemberFound[P: Person]:
    """A member that the file names, and who that is; more than one where the name does not tell."""

    named: WordMember
    people: tuple[P, ...]


@dataclass(frozen=True)
class Proposal[S: DraftSection, P: Person]:
    """What the file would make of the draft."""

    sections: tuple[Proposed[S], ...]  # in the file's order
    missing: tuple[S, ...]  # those that the file does not have
    members: tuple[MemberFound[P], ...]
    absent: tuple[P, ...]  # people of the group whom the file does not name
    project_name: str
    level: str
    dated_on: datetime.date | None
    leftovers: tuple[Leftover, ...] = field(default=())


def match[S: DraftSection, P: Person](
    word: WordCharter, sections: Sequence[S], people: Sequence[P], *, others: Sequence[P] = ()
) -> Proposal[S, P]:
    """What a charter from Word would make of a draft; nothing is saved.

    Args:
        word: the charter that was read.
        sections: the draft's.
        people: the group's members.
        others: further people of the register whose names are looked for.
    """
    places = _places(word.sections, sections)
    proposed = [_proposed(found, places.get(index)) for index, found in enumerate(word.sections)]
    taken = {id(place.section) for place in places.values()}
    members = [MemberFound(named, _who(named, people) or _who(named, others)) for named in word.members]
    there = {id(person) for found in members for person in found.people}
    return Proposal(
        sections=tuple(proposed),
        missing=tuple(section for section in sections if id(section) not in taken),
        members=tuple(members),
        absent=tuple(person for person in people if id(person) not in there),
        project_name=word.project_name,
        level=word.level,
        dated_on=word.dated_on,
        leftovers=tuple(word.leftovers),
    )


@dataclass(frozen=True)
class _Place[S: DraftSection]:
    section: S
    is_sure: bool


def _places[S: DraftSection](found: Sequence[WordSection], sections: Sequence[S]) -> dict[int, _Place[S]]:
    """For each section of the file that has one, its place: the surest first, each place once."""
    places: dict[int, _Place[S]] = {}
    free = list(sections)
    for is_same, is_sure in ((_is_equal, True), (is_close, True), (_is_short_for, False)):
        for index, section in enumerate(found):
            if index in places:
                continue
            key = key_of(section.heading)
            fits = [place for place in free if is_same(key, key_of(place.heading))]
            if fits and (is_same is _is_equal or len(fits) == 1):
                places[index] = _Place(fits[0], is_sure)
                free.remove(fits[0])
    return places


def _proposed[S: DraftSection](found: WordSection, place: _Place[S] | None) -> Proposed[S]:
    if place is None:
        return Proposed(None, found.heading, found.body, is_sure=True, named=found.heading)
    # A heading that only differs in how it is written stays as the draft has it.
    heading = place.section.heading
    body = "" if _is_prompt(found.body, place.section.prompt) else found.body
    return Proposed(place.section, heading, body, is_sure=place.is_sure, named=found.heading)


def _is_prompt(body: str, prompt: str) -> bool:
    """Whether a section still says only what is to be written in it."""
    words = text.plain(body).strip(" ().")
    return bool(body) and (not is_filled(words) or key_of(words) == key_of(prompt))


def _is_equal(one: str, other: str) -> bool:
    return one == other


def _is_short_for(one: str, other: str) -> bool:
    """Whether every word that counts in one heading is in the other: "Formål", "Økonomi"."""
    said, whole = ({word for word in key.split() if word not in _SMALL} for key in (one, other))
    few, many = (said, whole) if len(said) <= len(whole) else (whole, said)
    return bool(few) and all(any(_is_form_of(word, of) for of in many) for word in few)


def _is_form_of(word: str, other: str) -> bool:
    shorter = min(len(word), len(other))
    return word == other or (shorter >= _STEM and word[:shorter] == other[:shorter])


def _who[P: Person](named: WordMember, people: Iterable[P]) -> tuple[P, ...]:
    """The people a name may be: those of that very name, or else those whose name is much like it."""
    key = key_of(named.name)
    keyed = [(key_of(person.name), person) for person in people]
    for is_same in (_is_equal, _is_same_person, is_close):
        if who := tuple(person for other, person in keyed if other and is_same(key, other)):
            return who
    return ()


def _is_same_person(one: str, other: str) -> bool:
    """Whether first and last name agree and one has names between that the other leaves out."""
    few, many = sorted((one.split(), other.split()), key=len)
    between = iter(many)
    return len(few) > 1 and few[0] == many[0] and few[-1] == many[-1] and all(word in between for word in few)
