"""What people write in the head of a charter: a level, a date, members with their organisations."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from charters.models import Charter
from charters.word.labels import key_of
from members.models import Membership, Project
from members.models.period import believable

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_WRITTEN = re.compile(rf"(\d{{1,2}})\.?\s*({'|'.join(_MONTHS)})[a-z]*\.?,?\s*(\d{{4}})", re.IGNORECASE)
_IN_DIGITS = re.compile(r"(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[-./ ]\s*(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_LEVEL = re.compile(r"(?:(?:produkt)?niveau|level|n)?\s*([123])(?!\d).{0,60}", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(kommune|kommunerne|regionskommune|region|styrelse\w*|ministeri\w+|a/s|aps|i/s|os2|kombit|kl|universitet)\b",
    re.IGNORECASE,
)
_ROLES = {str(label).lower() for label in Membership.Role.labels} | {
    "formand", "forperson", "næstformand", "tovholder", "medlem", "suppleant", "observatør", "leverandør",
    "projektleder", "produktejer", "sekretær", "referent",
}  # fmt: skip
_NOT_FILLED = re.compile(r"[\s.…_xX-]*|\[.*\]|<.*>|xyz|ikke udfyldt|ingen medlemmer endnu", re.IGNORECASE)
_OUTSIDE_BRACKETS = r"(?![^(]*\))"
LONGEST_LINE = 2_000  # in which members are looked for
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
_COLUMN_HEADS = {"navn", "organisation", "navn organisation", "navn rolle organisation", "medlem", "kommune"}


@dataclass(frozen=True)
class WordMember:
    """A member as the file names them."""

    name: str
    organisation: str = ""
    role: str = ""


@dataclass
class Facts:
    """What a file says in its head, beside the members; by the names that a charter has for it."""

    said: dict[str, str] = field(default_factory=dict)  # dates as ISO has them
    unread: dict[str, str] = field(default_factory=dict)  # words that do not say what they should
    empty: list[str] = field(default_factory=list)  # there is such a field, and nothing in it

    def take(self, name: str, lines: Sequence[str]) -> None:
        """Understand what stands in a field; words that are not all understood are kept as they are."""
        words = ", ".join(lines)
        if not is_filled(words):
            self.empty.append(name)
            return
        said, is_all = _READERS[name](lines)
        if said:
            self.said[name] = said
        if not (said and is_all):
            self.unread[name] = words


def is_filled(words: str) -> bool:
    """Whether somebody wrote something in place of "xyz"."""
    return not _NOT_FILLED.fullmatch(words.strip())


def level_of(words: str) -> str:
    """The product level that is meant, or nothing: "Niveau 2", "N2", "2", "Sandkasse"."""
    words = words.strip()
    if re.match(r"sand(?:kasse|box)", words, re.IGNORECASE):
        return str(Project.Level.SANDBOX)
    found = _LEVEL.fullmatch(words)
    return f"level_{found[1]}" if found else ""


def date_of(words: str) -> datetime.date | None:
    """The first day that is named, as Danes write one: "24. november 2026", "24/11-26", "2026-11-24"."""
    if found := _ISO.search(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _WRITTEN.search(words):
        day, month, year = int(found[1]), _MONTHS.index(found[2].lower()) + 1, int(found[3])
    elif found := _IN_DIGITS.search(words):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        named = datetime.date(year + 2000 if year < 100 else year, month, day)
        believable(named)
    except (ValueError, ValidationError):
        return None
    return named


def _line_of(name: str) -> Callable[[Sequence[str]], tuple[str, bool]]:
    """A reader of one line of words, no longer than a charter can have it."""
    most: int = getattr(Charter._meta.get_field(name), "max_length", 0)

    def read(lines: Sequence[str]) -> tuple[str, bool]:
        return (lines[0], len(lines) == 1) if len(lines[0]) <= most else ("", False)

    return read


def _level(lines: Sequence[str]) -> tuple[str, bool]:
    return level_of(", ".join(lines)), True


def _date(lines: Sequence[str]) -> tuple[str, bool]:
    words = ", ".join(lines)
    day = date_of(words)
    is_alone = len(re.findall(r"[^\W\d]{4,}", words)) <= 1
    return (day.isoformat(), is_alone) if day else ("", False)


_READERS = {
    "project_name": _line_of("project_name"),
    "level": _level,
    "dated_on": _date,
    "reason": _line_of("reason"),
}


def members_of(lines: Iterable[str]) -> list[WordMember]:
    """The members that some lines name, one or many to a line."""
    return [member for line in lines for part in _people(line) if (member := _member(part))]


def _people(line: str) -> Iterator[str]:
    """The parts of a line that each name one person, with what is said of them."""
    if key_of(line) in _COLUMN_HEADS or len(line) > LONGEST_LINE:
        return
    for part in re.split(rf"\s*;{_OUTSIDE_BRACKETS}", line):
        person = ""
        for piece in re.split(rf",\s*{_OUTSIDE_BRACKETS}|\s+og\s+(?=[A-ZÆØÅ]){_OUTSIDE_BRACKETS}", part):
            if person and _is_about(piece):
                person += f", {piece}"
            else:
                yield person
                person = piece
        yield person


def _is_about(piece: str) -> bool:
    """Whether this says something of the person before it, and is no other person."""
    piece = _IN_BRACKETS.sub("", piece)
    is_name = len(piece.split()) >= 2 and all(word[:1].isupper() for word in piece.split()[:2])
    return bool(_ORGANISATION.search(piece)) or piece.strip().lower() in _ROLES or not is_name


def _member(part: str) -> WordMember | None:
    said = [found.strip() for found in _IN_BRACKETS.findall(part)]
    name, *more = re.split(r",\s*|\s+[–—-]\s+|\s*\|\s*|\t", _IN_BRACKETS.sub("", part).strip(" \t.,;|"))
    if ":" in name and name.split(":")[0].strip().lower() in _ROLES:  # "Formand: Karen Havbirk"
        role, _colon, name = name.partition(":")
        more = [*more, role]
    if not is_filled(name):
        return None
    about = [words.strip() for bracket in said for words in bracket.split(",")] + [
        words.strip() for words in more
    ]
    roles = [words for words in about if words.lower() in _ROLES]
    others = [words for words in about if words and words not in roles]
    return WordMember(name.strip(), ", ".join(others), ", ".join(roles))
