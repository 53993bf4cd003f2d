"""The words by which a filled-in form is recognised: headings, header fields, and which charter it is."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from django.utils import translation

from charters.blocks import without_unseen
from charters.kinds import KINDS
from charters.standard_texts import sections_of

LONGEST_HEADING = 120  # that is looked for among lines that are not marked as headings
MAX_HEADING = 200  # that a section can have
_LONGEST_TITLE = 200
_CLOSE = 0.88  # how alike two headings are that differ by a slip
_SLIPS_LOOKED_FOR = 500
_STEM = 6  # letters that two words share when one is a form of the other
_SMALL = frozenset("i og af for til med om på den det de en et os2s".split())  # noqa: SIM905
_NUMBERING = re.compile(r"(?:§?\s*\d+(?:\.\d+)*[.):]?|[a-z][.)]|[ivx]+[.)])\s+", re.IGNORECASE)
_FIELDS = {
    "project_name": r"(?:projekt|produkt)(?:et)?s? ?navn|navn på (?:projekt|produkt)(?:et)?|projekt(?:et)?",
    "level": r"(?:produkt|projekt)?(?:et|ets|s)? ?niveau",
    "dated_on": r"dato(?: for .{1,30})?|vedtagelsesdato|vedtaget(?: den)?",
    "reason": r"hvorfor en ny udgave",
    "members": r"(?:\w+ )?\w*medlemmer(?:ne)?(?: (?:i|af) \w+)?|deltagere",
}


def key_of(heading: str) -> str:
    """A heading without what may differ: its number, capitals, signs and space."""
    plain = unicodedata.normalize("NFC", without_unseen(heading)).strip()
    if numbering := _NUMBERING.match(plain):
        plain = plain[numbering.end() :]
    plain = re.sub(r"['’´`]", "", plain.casefold())
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def field_of(label: str) -> str:
    """Which header field a label names, or nothing."""
    if len(label) > 60:
        return ""
    key = key_of(label)
    return next((name for name, words in _FIELDS.items() if re.fullmatch(words, key)), "")


def kind_of(words: str) -> str:
    """Which type of group some words speak of, where they speak of one."""
    found = [kind for kind, of_group in KINDS.items() if of_group.word in words.casefold()]
    return str(found[0]) if len(found) == 1 else ""


def is_kind_word(words: str) -> bool:
    """Whether this is nothing but the name of a type of group: "Styregrupper"."""
    return bool(
        re.fullmatch(r"(?:kommissorium (?:for|til) )?(?:styre|koordinations|fag)gruppe[nr]?", key_of(words))
    )


def is_charter_title(words: str) -> bool:
    return bool(re.match(r"kommissorium (?:for|til)\b", key_of(words)))


def speaks_of_charter(words: str) -> bool:
    """Whether a line may be a title by its words: "Styregruppe for OS2iot - kommissorium"; no sentence is."""
    return _may_be_title(words) and "kommissorium" in key_of(words).split()


def speaks_of_group(words: str, *, name: str) -> bool:
    """Whether a line names a type of group, or the group itself."""
    named = key_of(name)
    return _may_be_title(words) and bool(kind_of(words) or (named and named in key_of(words)))


def _may_be_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and not words.rstrip().endswith((".", ":", "!", "?"))


@lru_cache(maxsize=1)
def standard_headings() -> frozenset[str]:
    """The headings of OS2's three standard texts, as keys."""
    return frozenset(key_of(section["heading"]) for kind in KINDS.values() for section in sections_of(kind))


def telling(key: str) -> set[str]:
    """The words of a heading or a name that count."""
    return {word for word in key.split() if word not in _SMALL}


def is_form_of(word: str, other: str) -> bool:
    """Whether one word is a form of the other: "økonomi", "økonomiske"."""
    shorter = min(len(word), len(other))
    return word == other or (shorter >= _STEM and word[:shorter] == other[:shorter])


def is_close(one: str, other: str) -> bool:
    """Whether two keys differ by no more than a slip of the pen; a word more or less is no slip."""
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if one.count(" ") != other.count(" "):
        return False
    return (
        matcher.real_quick_ratio() >= _CLOSE and matcher.quick_ratio() >= _CLOSE and matcher.ratio() >= _CLOSE
    )


@dataclass
class Headings:
    """The headings that a charter is known to have."""

    keys: frozenset[str]
    _seen: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def with_standard(cls, headings: Iterable[str] = ()) -> Headings:
        return cls(standard_headings() | {key_of(heading) for heading in headings} - {""})

    def has(self, heading: str) -> bool:
        """Whether this is one of them, numbered, in capitals or with a slip."""
        if len(heading) > LONGEST_HEADING or heading.rstrip().endswith("."):
            return False
        key = key_of(heading)
        if key in self.keys:
            return True
        if key not in self._seen and len(key) > 6 and len(self._seen) < _SLIPS_LOOKED_FOR:
            self._seen[key] = any(is_close(key, known) for known in self.keys)
        return self._seen.get(key, False)


def may_be_misread(words: str, *, stands_out: bool, headings: Headings) -> bool:
    """Whether a paragraph of a section would be taken for something else if it came back from Word."""
    head = words.partition(":")[0]
    return (
        stands_out
        or headings.has(words)
        or headings.has(head)
        or bool(field_of(head))
        or is_kind_word(words)
        or is_charter_title(words)
        or speaks_of_charter(words)
        or words == unfilled()
    )


def unfilled() -> str:
    """What our documents say where nothing was written."""
    with translation.override("da"):
        return translation.gettext("Ikke udfyldt")
