"""Danish names, searched and sorted alike on every database.

SQLite folds only ASCII, and neither database of ours knows everywhere that æ, ø, å come last and
that aa is å. Names therefore carry two keys the database generates itself, so that no bulk
write can leave them stale.
"""

import re
from functools import reduce

from django.db import models
from django.db.models import Expression, F, Value
from django.db.models.functions import Lower, Replace
from django.utils.text import slugify

# SQLite's lower() leaves these alone; PostgreSQL's does not, so both end up the same.
_FOLD = [("Æ", "æ"), ("Ø", "ø"), ("Å", "å"), ("É", "é"), ("Ü", "ü"), ("Ö", "ö"), ("Ä", "ä"), ("aa", "å")]
# z0 < z1 < z2 < z3 in every collation: digits before letters, and nothing but ASCII.
_ORDER = [
    ("z", "z0"),
    ("æ", "z1"),
    ("ä", "z1"),
    ("ø", "z2"),
    ("ö", "z2"),
    ("å", "z3"),
    ("é", "e"),
    ("ü", "y"),
]
_SLUG = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", "ö": "oe", "ü": "ue"}
)
_ASCII_LOWER = str.maketrans({chr(c): chr(c + 32) for c in range(ord("A"), ord("Z") + 1)})


def _replaced(expression: Expression, pairs: list[tuple[str, str]]) -> Expression:
    return reduce(lambda e, pair: Replace(e, Value(pair[0]), Value(pair[1])), pairs, expression)


def search_key(text: str) -> str:
    """What a search term must be turned into before it is looked for in a ``SearchKeyField``."""
    folded = text.strip().translate(_ASCII_LOWER)
    return reduce(lambda t, pair: t.replace(*pair), _FOLD, folded)


def sort_key(text: str) -> str:
    """The key by which ``text`` sorts in a Danish list: æ, ø, å last, aa as å."""
    return reduce(lambda t, pair: t.replace(*pair), _ORDER, search_key(text))


def search_key_field(source: str) -> models.GeneratedField:
    """A column the database keeps: ``source`` with the case of all Danish letters folded, aa as å."""
    return models.GeneratedField(
        expression=_replaced(Lower(F(source)), _FOLD),
        output_field=models.CharField(max_length=400),
        db_persist=True,
    )


def sort_key_field(source: str) -> models.GeneratedField:
    """A column the database keeps: what to ``order_by`` for a Danish alphabet."""
    return models.GeneratedField(
        expression=_replaced(_replaced(Lower(F(source)), _FOLD), _ORDER),
        output_field=models.CharField(max_length=800, db_index=True),
        db_persist=True,
    )


def danish_slug(text: str, *, fallback: str = "gruppe") -> str:
    """A readable address part: "Ærø & Aabenraa" becomes "aeroe-aabenraa"."""
    slug = slugify(text.translate(_SLUG))
    return re.sub(r"-+", "-", slug)[:80].strip("-") or fallback
