"""No CPR numbers: what looks like one, said once, and how it is refused in whatever is saved.

Source: databeskyttelsesloven § 11. Nothing here has a use for the number.

A field that people write in has ``without_cpr`` among its validators, and a rule that saves without asking
the field asks here itself. A number is never told whole, neither on a page nor in a file that waits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_SPACES = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DASHES = "\u058a\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d-"  # those Word makes, and minus
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_LIKE_ONE = re.compile(
    rf"(?<![\d+])(?:(\d\d)(\d\d)(\d\d)[{_SPACES}]{{0,2}}[{_DASHES}]?[{_SPACES}]{{0,2}}"
    rf"|(\d\d)[./](\d\d)[./](\d\d)[{_DASHES}])\d{{4}}(?!\d)"
)
_HIDDEN = re.compile(r"\d{6}-…")
_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
_REPLACEMENT = 60  # is added to the day in a number given to somebody who has none (erstatnings-CPR)
_MOST_TOLD = 3


def numbers_in(words: str) -> list[str]:
    """What looks like CPR numbers, each as it is told to people: "010190-…".

    Six digits that are a day of some year, and four more, with or without a dash or a space between; or the
    day with dots, a dash and four digits. Not part of a longer number. The last four are not checked: since
    2007 not all of them keep to modulus 11.
    """
    return list(dict.fromkeys(_told(found) for found in _found_in(_UNSEEN.sub("", words))))


def looks_like_cpr(words: str) -> bool:
    """Whether what looks like a CPR number stands in some words."""
    return bool(numbers_in(words))


def without_cpr(words: str) -> None:
    """A validator: nothing in the words looks like a CPR number.

    Raises:
        ValidationError: something does; the message says what, but not the number.
    """
    if found := numbers_in(words):
        raise ValidationError(refusal(found), code="cpr")


def refusal(numbers: list[str]) -> str:
    """What is said of ``numbers_in`` some words, and what to do.

    The advice is for P-numbers and other numbers of ten digits that happen to begin with a day.
    """
    said = _(
        "%(numbers)s ligner et CPR-nummer og kan ikke gemmes. Slet det. "
        "Er det et andet nummer, så skriv det med mellemrum efter hver to cifre."
    )
    return said % {"numbers": ", ".join(f"»{number}«" for number in numbers[:_MOST_TOLD])}


def hidden(data: Any) -> Any:
    """Some words, or lists and dictionaries of them, with the numbers as they are told.

    For what must wait in the database with what is wrong with it, such as the rows of a list of members.
    """
    match data:
        case str():
            return _without_numbers(data) if looks_like_cpr(data) else data
        case list():
            return [hidden(one) for one in data]
        case dict():
            return {name: hidden(one) for name, one in data.items()}
        case _:
            return data


def is_hidden(words: str) -> bool:
    """Whether ``hidden`` has taken a number out of some words."""
    return bool(_HIDDEN.search(words))


def all_words(data: Any) -> str:
    """All words in some lists and dictionaries, a line each."""
    match data:
        case str():
            return data
        case list():
            return "\n".join(all_words(one) for one in data)
        case dict():
            return "\n".join(all_words(one) for one in data.values())
        case _:
            return ""


def _found_in(words: str) -> Iterator[re.Match[str]]:
    for found in _LIKE_ONE.finditer(words):
        day, month = (int(pair) for pair in _pairs(found)[:2])
        if day > _REPLACEMENT:
            day -= _REPLACEMENT
        if 1 <= month <= len(_DAYS) and 1 <= day <= _DAYS[month - 1]:
            yield found


def _pairs(found: re.Match[str]) -> list[str]:
    return [pair for pair in found.groups() if pair]


def _told(found: re.Match[str]) -> str:
    return "".join(str(int(digit)) for pair in _pairs(found) for digit in pair) + "-…"


def _without_numbers(words: str) -> str:
    words = _UNSEEN.sub("", words)
    for found in reversed(list(_found_in(words))):
        words = words[: found.start()] + _told(found) + words[found.end() :]
    return words
