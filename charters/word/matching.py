"""Where in a draft the sections of a Word file belong, and who of the register its members are."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from charters import text
from charters.pairing import Passage, matched_by_words
from charters.word.charter import WordCharter, WordSection
from charters.word.document import Leftover
from charters.word.heading_fields import WordMember, is_filled
from charters.word.labels import is_close, is_form_of, key_of, telling

_LONGEST_NAME = 80


class DraftSection(Passage, Protocol):
    """A section of the draft, or of a standard text."""

    @property
    def prompt(self) -> str: ...


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
    is_renamed: bool = False  # it is known by its words, though the file gives it another heading


@dataclass(frozen=True)
class MemberFound[P: Person]:
    """A member that the file names, and who that is; more than one where the name does not tell."""

    named: WordMember
    people: tuple[P, ...]
    is_sure: bool = True  # no letter of the name is another
    nearest: P | None = None  # in the group, where it is nobody's name


@dataclass(frozen=True)
class Proposal[S: DraftSection, P: Person]:
    """What the file would make of the draft."""

    sections: tuple[Proposed[S], ...]  # in the file's order
    missing: tuple[S, ...]  # those that the file does not have
    members: tuple[MemberFound[P], ...]
    absent: tuple[P, ...]  # people of the group whom the file does not name
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
    members = [
        _found(named, people) or _found(named, others) or MemberFound(named, ()) for named in word.members
    ]
    there = {id(person) for found in members for person in found.people}
    absent = [person for person in people if id(person) not in there]
    return Proposal(
        sections=tuple(proposed),
        missing=tuple(section for section in sections if id(section) not in taken),
        members=tuple(replace(found, nearest=_nearest(found, absent)) for found in members),
        absent=tuple(absent),
        leftovers=tuple(word.leftovers),
    )


@dataclass(frozen=True)
class _Place[S: DraftSection]:
    section: S
    is_sure: bool
    is_by_words: bool = False


def _places[S: DraftSection](found: Sequence[WordSection], sections: Sequence[S]) -> dict[int, _Place[S]]:
    """For each section of the file that has one, its place: the surest first, each place once."""
    places: dict[int, _Place[S]] = {}
    free = list(sections)
    for is_same in (_is_equal, is_close):
        _place_by_heading(found, free, places, is_same=is_same, is_sure=True)
    waiting = [index for index in range(len(found)) if index not in places]
    alike = matched_by_words(free, [found[index] for index in waiting])
    places |= {waiting[j]: _Place(free[i], is_sure=False, is_by_words=True) for i, j in alike.items()}
    free = [section for i, section in enumerate(free) if i not in alike]
    _place_by_heading(found, free, places, is_same=_is_short_for, is_sure=False)
    return places


def _place_by_heading[S: DraftSection](
    found: Sequence[WordSection],
    free: list[S],
    places: dict[int, _Place[S]],
    *,
    is_same: Callable[[str, str], bool],
    is_sure: bool,
) -> None:
    for index, section in enumerate(found):
        if index in places:
            continue
        key = key_of(section.heading)
        fits = [place for place in free if is_same(key, key_of(place.heading))]
        if fits and (is_same is _is_equal or len(fits) == 1):
            places[index] = _Place(fits[0], is_sure)
            free.remove(fits[0])


def _proposed[S: DraftSection](found: WordSection, place: _Place[S] | None) -> Proposed[S]:
    if place is None:
        return Proposed(None, found.heading, found.body, is_sure=True, named=found.heading)
    heading = place.section.heading
    body = "" if _is_prompt(found.body, place.section.prompt) else found.body
    # A heading that only differs in how it is written, numbered or in capitals, is the draft's own.
    named = heading if key_of(found.heading) == key_of(heading) else found.heading
    is_renamed = place.is_by_words and named != heading
    return Proposed(place.section, heading, body, is_sure=place.is_sure, named=named, is_renamed=is_renamed)


def _is_prompt(body: str, prompt: str) -> bool:
    """Whether a section still says only what is to be written in it."""
    words = text.plain(body).strip(" ().")
    return bool(body) and (not is_filled(words) or key_of(words) == key_of(prompt))


def _is_equal(one: str, other: str) -> bool:
    return one == other


def _is_short_for(one: str, other: str) -> bool:
    """Whether every word that counts in one heading is in the other: "Formål", "Økonomi"."""
    said, whole = telling(one), telling(other)
    few, many = (said, whole) if len(said) <= len(whole) else (whole, said)
    return bool(few) and all(any(is_form_of(word, of) for of in many) for word in few)


def _found[P: Person](named: WordMember, people: Iterable[P]) -> MemberFound[P] | None:
    """The people a name may be: those of that very name, or else those whose name is much like it."""
    key = key_of(named.name)
    keyed = [(key_of(person.name), person) for person in people]
    for is_same in (_is_equal, _is_same_person, is_close):
        if who := tuple(person for other, person in keyed if other and is_same(key, other)):
            return MemberFound(named, who, is_sure=is_same is not is_close)
    return None


def _nearest[P: Person](found: MemberFound[P], absent: Sequence[P]) -> P | None:
    """Who of the members that the file does not name a name is most like."""
    if found.people or len(found.named.name) > _LONGEST_NAME:
        return None
    keyed = {key_of(person.name): person for person in absent}
    like = difflib.get_close_matches(key_of(found.named.name), keyed, n=1)
    return keyed[like[0]] if like else None


def _is_same_person(one: str, other: str) -> bool:
    """Whether first and last name agree and one has names between that the other leaves out."""
    few, many = sorted((one.split(), other.split()), key=len)
    between = iter(many)
    return len(few) > 1 and few[0] == many[0] and few[-1] == many[-1] and all(word in between for word in few)
