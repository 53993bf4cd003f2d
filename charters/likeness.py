"""How alike two wordings are, by their words."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"\w+")


def words(wording: str) -> Counter[str]:
    """The words of a text, without case, punctuation and order."""
    return Counter(_WORD.findall(wording.casefold()))


def likeness(mine: Counter[str], other: Counter[str]) -> int:
    """How many words of a thousand two texts have in common; nothing is like a text without words."""
    return 2_000 * (mine & other).total() // ((mine.total() + other.total()) or 1)
