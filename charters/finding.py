"""The charters in force, found by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from charters.models import Charter, Section
from charters.models.charter import FOUND_AS
from charters.text import plain
from members.search.index import put
from members.search.query import Clause, Query
from members.search.sources import Hit, Passage, Source, add

PASSAGES = 3  # of a charter, at most
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])|\n+")  # not after "inkl."
_MARK = re.compile(r"^\s*(?:- |\d+\. )")  # of a point


class Charters(Source):
    """By group: its edition in force."""

    kind, label = FOUND_AS, _("Kommissorier")

    def things(self) -> QuerySet[Any]:
        return Charter.objects.adopted().select_related("group").prefetch_related("sections")

    def key(self, thing: Charter) -> int:
        return thing.group_id

    def of_keys(self, keys: Any) -> QuerySet[Any]:
        return self.things().filter(group__in=keys).order_by("group__sort_key", "pk")

    def group(self, thing: Charter) -> int:
        return thing.group_id

    def texts(self, thing: Charter) -> list[str]:
        return [words for section in _sections(thing) for words in (section.heading, plain(section.body))]

    def hit(self, thing: Charter, query: Query) -> Hit:
        url = thing.get_absolute_url()
        about = _("Udgave %(number)s") % {"number": thing.number}
        passages = [
            Passage(section.heading, f"{url}#{section.anchor}", query.marked(sentence))
            for _has, section, sentence in _best(list(_sentences(thing, query)))
        ]
        return Hit(query.marked(thing.group_name), url, about, passages)


def _sections(charter: Charter) -> list[Section]:
    standing = [section for section in charter.sections.all() if section.removed_at is None]
    return sorted(standing, key=lambda section: section.position)


class _Found(NamedTuple):
    """A sentence that has something of what was looked for."""

    has: frozenset[Clause]
    section: Section
    sentence: str


def _sentences(charter: Charter, query: Query) -> Iterator[_Found]:
    for section in _sections(charter):
        lines = [*_SENTENCE.split(plain(section.body)), section.heading]
        for sentence in (_MARK.sub("", line) for line in lines):
            if has := query.found_in(sentence):
                yield _Found(has, section, sentence)


def _best(found: list[_Found]) -> list[_Found]:
    """A few that together have as much as can be of what was looked for, in the text's order."""
    chosen: list[int] = []
    seen: frozenset[Clause] = frozenset()
    left = list(range(len(found)))
    while left and len(chosen) < PASSAGES:
        best = max(left, key=lambda at: (len(found[at].has - seen), len(found[at].has)))
        left.remove(best)
        chosen.append(best)
        seen |= found[best].has
    return [found[at] for at in sorted(chosen)]


def keep(charter: Charter) -> None:
    """Let a group's charter be found by the edition that has just been adopted."""
    put(Charters(), [charter])


def connect() -> None:
    """Let charters be found, below the register's things."""
    add(Charters())
