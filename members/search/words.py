"""Words as they are looked for: Danish stems and letters, and nothing that a database takes as a command.

Every word stands in the index twice, as small ASCII letters and digits behind one letter that says which it
is: ``f`` its form, in the order of the text, for phrases and beginnings of words; ``s`` its stem. ``k`` is
the kind of thing. Both databases thus read the same words, whatever language they were set up for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 60  # letters of a word that count
_LETTERS = str.maketrans({"å": "aa", "æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe"})
_ASCII = re.compile(r"[a-z0-9]")
_OS2 = "os2"  # the name of every product begins so: "naturkort" finds OS2naturkort
_STEMMER = snowballstemmer.stemmer("danish")


class Word(NamedTuple):
    """A word's form and stem, and those of what follows "OS2" in it, empty where it does not begin so."""

    form: str
    stem: str
    rest: str = ""
    rest_stem: str = ""


def words_of(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [word_at(text, start, end) for start, end in spans(text)]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of a text begins and ends; the text is ``normal``."""
    for found in _WORD.finditer(text):
        yield found.span()


def word_at(text: str, start: int, end: int) -> Word:
    return _word(text[start : min(end, start + _LONGEST)])


def normal(text: str) -> str:
    """A text in which a letter and its mark are one: some keyboards send them apart."""
    return unicodedata.normalize("NFC", text)


def indexed(kind: str, texts: Iterable[str]) -> str:
    """What the index holds of a thing: its kind, the forms of its texts' words in order, and their stems."""
    words = [word for text in texts for word in words_of(normal(text))]
    others = {f"s{word.stem}" for word in words}
    for word in words:
        if word.rest:
            others |= {f"f{word.rest}", f"s{word.rest_stem}"}
    return " ".join([kind_word(kind), *(f"f{word.form}" for word in words), *sorted(others)])


def kind_word(kind: str) -> str:
    return f"k{kind}"


@lru_cache(maxsize=20_000)
def _word(word: str) -> Word:
    rest = word[len(_OS2) :]
    form = _form(word)
    if not form.startswith(_OS2) or len(rest) < 2:
        return Word(form, _stem(word))
    return Word(form, _stem(word), _form(rest), _stem(rest))


def _form(word: str) -> str:
    """A word without case and marks: "Ærø", "AERØ" and "ærø" are "aeroe", "Å" is "aa"."""
    small = normal(word.casefold()).translate(_LETTERS)
    letters = (c for c in unicodedata.normalize("NFKD", small).casefold() if not unicodedata.combining(c))
    return "".join(c if _ASCII.match(c) else f"u{ord(c):x}" for c in letters)


def _stem(word: str) -> str:
    """The form of a word's stem: "forpligtelserne" and "Forpligtelse" have the same.

    Source: Snowball's Danish stemmer, which knows "å" and not "aa".
    """
    return _form(_STEMMER.stemWord(normal(word.casefold()).replace("aa", "å")))
