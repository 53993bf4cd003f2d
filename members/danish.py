"""Danish names, searched and sorted alike on every database.

SQLite folds only ASCII, and neither database of ours knows everywhere that æ, ø, å come last and
that aa is å. Names therefore carry two keys the database generates itself, so that no bulk
write can leave them stale.
"""

import itertools
import re
import unicodedata
from functools import reduce
from typing import Any

from django.db import models
from django.db.models import Expression, F, Q, Value
from django.db.models.functions import Lower, Replace
from django.utils.text import slugify

# SQLite's lower() leaves these alone; PostgreSQL's does not, so both end up the same. Not all letters of
# the world: a replace within a replace for each is more than SQLite can read (28 are, in its version 3.40).
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


def _search_key(text: str) -> str:
    """What SQLite makes of ``text`` in a ``search_key_field``; PostgreSQL folds other letters too."""
    return reduce(lambda t, pair: t.replace(*pair), _FOLD, text.translate(_ASCII_LOWER))


def contains(text: str, *fields: str) -> Q:
    """That one of the fields, each a ``search_key_field`` or a path to one, contains ``text``.

    The case of Danish letters never matters. Other letters (Š, Ñ) stand in the key as they were written or
    in lower case, as the database has it: they are looked for as typed, small, capital and as initials.
    """
    typed = unicodedata.normalize("NFC", text.strip())  # some keyboards send a letter and its mark apart
    spelt = {_search_key(way) for way in (typed, typed.lower(), typed.upper(), typed.title())}
    either = [Q((f"{field}__contains", key)) for field in fields for key in sorted(spelt)]
    return reduce(Q.__or__, either)


def search_key_field(source: str) -> models.GeneratedField:
    """A column the database keeps: ``source`` with the case of all Danish letters folded, aa as å."""
    return models.GeneratedField(
        expression=_replaced(Lower(F(source)), _FOLD),
        output_field=models.CharField(max_length=400),
        db_persist=True,
    )


def sort_key_field(source: str) -> models.GeneratedField:
    """A column the database keeps: what to ``order_by`` for a Danish alphabet. See ``in_order``."""
    return models.GeneratedField(
        expression=_replaced(_replaced(Lower(F(source)), _FOLD), _ORDER),
        output_field=models.CharField(max_length=800),
        db_persist=True,
    )


def in_order(model: str) -> models.Index:
    """The index by which a long list is read in that order, without a look at all of it."""
    return models.Index(fields=["sort_key"], name=f"{model}_in_order")


def danish_slug(text: str, *, fallback: str = "gruppe", longest: int = 80) -> str:
    """A readable part of an address or a file's name: "Ærø & Aabenraa" becomes "aeroe-aabenraa"."""
    slug = slugify(text.translate(_SLUG))
    return re.sub(r"-+", "-", slug)[:longest].strip("-") or fallback


def free_slug(text: str, others: models.QuerySet[Any], *, fallback: str = "gruppe") -> str:
    """The slug of a text, with a number where one of the ``others`` has it already."""
    slug = stem = danish_slug(text, fallback=fallback)
    numbers = itertools.count(2)
    while others.filter(slug=slug).exists():
        slug = f"{stem}-{next(numbers)}"
    return slug
