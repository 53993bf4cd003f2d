"""What somebody looks for: words that must all be there, "phrases", and the beginning of the last word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from members.search.words import Word, kind_word, normal, spans, word_at, words_of

_QUOTED = re.compile(r'["“”„»«]([^"“”„»«]*)["“”„»«]')
_SHORTEST_BEGINNING = 2  # letters: one alone is the beginning of half of what there is


@dataclass(frozen=True)
class Clause:
    """What must be found: a word by its ``stem``, or, without one, ``forms`` that follow each other.

    ``begins``: the form may also be the beginning of a word.
    """

    forms: tuple[str, ...]
    stem: str = ""
    begins: bool = False

    def length_at(self, words: Sequence[Word], place: int) -> int:
        """How many of ``words``, from ``place`` on, are this; 0 where it is not there."""
        if not self.stem:
            found = tuple(word.form for word in words[place : place + len(self.forms)])
            return len(found) if found == self.forms else 0
        word = words[place]
        is_it = self.stem in (word.stem, word.rest_stem)
        return int(
            is_it or (self.begins and any(w.startswith(self.forms[0]) for w in (word.form, word.rest)))
        )

    def for_sqlite(self) -> str:
        """In FTS5's language; within quotation marks there is nothing but letters and digits."""
        if not self.stem:
            return '"' + " ".join(f"f{each}" for each in self.forms) + '"'
        return f'("s{self.stem}" OR "f{self.forms[0]}"*)' if self.begins else f'"s{self.stem}"'

    def for_postgresql(self) -> str:
        """As part of a ``tsquery``."""
        if not self.stem:
            return "(" + " <-> ".join(f"f{each}" for each in self.forms) + ")"
        return f"(s{self.stem} | f{self.forms[0]}:*)" if self.begins else f"s{self.stem}"


@dataclass(frozen=True)
class Piece:
    """Some of a text, and whether it is what was looked for."""

    text: str
    is_found: bool


@dataclass(frozen=True)
class Query:
    """All of ``clauses`` must be found. Build it with ``of``; one without clauses looks for nothing."""

    clauses: tuple[Clause, ...]

    @classmethod
    def of(cls, text: str) -> Query:
        """What was typed; whatever is no word, and no quotation mark around some, means nothing."""
        text = normal(text)
        clauses: list[Clause] = []
        start = 0
        for quoted in _QUOTED.finditer(text):
            clauses += _words(text[start : quoted.start()])
            if forms := tuple(word.form for word in words_of(quoted[1])):
                clauses.append(Clause(forms))
            start = quoted.end()
        return cls(tuple(dict.fromkeys([*clauses, *_words(text[start:], may_begin=True)])))

    def for_sqlite(self, kind: str) -> str:
        """All of it, among the things of one kind."""
        return " AND ".join([f'"{kind_word(kind)}"', *(clause.for_sqlite() for clause in self.clauses)])

    def for_postgresql(self, kind: str) -> str:
        return " & ".join([kind_word(kind), *(clause.for_postgresql() for clause in self.clauses)])

    def found_in(self, text: str) -> frozenset[Clause]:
        """Which of the clauses are in a text."""
        words = words_of(normal(text))
        places = range(len(words))
        return frozenset(c for c in self.clauses if any(c.length_at(words, place) for place in places))

    def marked(self, text: str) -> list[Piece]:
        """A text with what was looked for set apart."""
        text = normal(text)
        pieces, end = [], 0
        for start, stop in self._places(text):
            pieces += [Piece(text[end:start], is_found=False), Piece(text[start:stop], is_found=True)]
            end = stop
        return [piece for piece in [*pieces, Piece(text[end:], is_found=False)] if piece.text]

    def _places(self, text: str) -> Iterator[tuple[int, int]]:
        there = list(spans(text))
        words = [word_at(text, *span) for span in there]
        place = 0
        while place < len(words):
            length = max((clause.length_at(words, place) for clause in self.clauses), default=0)
            if length:
                yield there[place][0], there[place + length - 1][1]
            place += length or 1


def _words(text: str, *, may_begin: bool = False) -> list[Clause]:
    typed = words_of(text)
    return [
        Clause(
            (word.form,),
            word.stem,
            begins=may_begin and i == len(typed) and len(word.form) >= _SHORTEST_BEGINNING,
        )
        for i, word in enumerate(typed, start=1)
        if word.stem
    ]
