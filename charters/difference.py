"""What changed from one text to another, block by block and word by word, as a reader is shown it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any, Literal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from charters.alignment import Pair, align, in_order
from charters.blocks import inline, runs_after
from charters.plain_text import numbered
from charters.text import Block, Run

State = Literal["same", "added", "removed"]
Kind = Literal["same", "added", "removed", "changed"]

_COUNTED: list[tuple[tuple[bool, Kind | Literal["moved"]], Any]] = [  # Any: a lazy string, which has no type
    ((True, "added"), ngettext_lazy("%(count)d punkt tilføjet", "%(count)d punkter tilføjet", "count")),
    ((True, "changed"), ngettext_lazy("%(count)d punkt ændret", "%(count)d punkter ændret", "count")),
    ((True, "moved"), ngettext_lazy("%(count)d punkt flyttet", "%(count)d punkter flyttet", "count")),
    ((True, "removed"), ngettext_lazy("%(count)d punkt fjernet", "%(count)d punkter fjernet", "count")),
    (
        (False, "added"),
        ngettext_lazy("%(count)d tekstafsnit tilføjet", "%(count)d tekstafsnit tilføjet", "count"),
    ),
    (
        (False, "changed"),
        ngettext_lazy("%(count)d tekstafsnit ændret", "%(count)d tekstafsnit ændret", "count"),
    ),
    (
        (False, "moved"),
        ngettext_lazy("%(count)d tekstafsnit flyttet", "%(count)d tekstafsnit flyttet", "count"),
    ),
    (
        (False, "removed"),
        ngettext_lazy("%(count)d tekstafsnit fjernet", "%(count)d tekstafsnit fjernet", "count"),
    ),
]
_LITTLE = 1 / 3  # of the shorter text
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words that both texts hold, or only the new or the old one."""

    state: State
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def is_space(self) -> bool:
        """Whether there is no word in it, and so nothing to say of it."""
        return not self.text.strip()

    @property
    def html(self) -> SafeString:
        return SafeString(inline(self.runs))  # inline() escapes what it writes


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one block: its old words are the pieces but for the added, its new all but the removed.

    Words that stayed are shown in their new formatting.
    """

    kind: Kind
    block: Block  # as it is now, or was before it was removed
    pieces: tuple[Piece, ...]
    before: Block | None = None  # where it changed
    number: int = 0  # in its list, where that is numbered and it was not removed
    reformatted: bool = (
        False  # words that stayed are bold, in italics or a link now, and were not, or the reverse
    )
    moved: bool = False  # added here and removed somewhere else, or the reverse

    @property
    def is_same(self) -> bool:
        return self.kind == "same"

    @property
    def moved_in(self) -> bool:
        return self._deeper > 0

    @property
    def moved_out(self) -> bool:
        return self._deeper < 0

    @property
    def _deeper(self) -> int:
        if self.before is None or self.before.is_point != self.block.is_point:
            return 0  # what becomes a point or a paragraph is at another depth for that
        return self.block.depth - self.before.depth

    @property
    def notes(self) -> list[str]:
        """What the words do not show, in words."""
        told = [
            (self.moved and self.kind == "added", _("flyttet hertil")),
            (self.moved and self.kind == "removed", _("flyttet herfra")),
            (self.moved_in, _("rykket ind")),
            (self.moved_out, _("rykket ud")),
            (self.before is not None and self.before.kind != self.block.kind, self._what_it_became()),
            (self.reformatted, _("fed, kursiv eller link ændret")),
        ]
        return [note for is_so, note in told if is_so]

    def _what_it_became(self) -> str:
        names = {
            "p": _("nu et tekstafsnit"),
            "ul": _("nu et punkt uden nummer"),
            "ol": _("nu et punkt med nummer"),
        }
        return names[self.block.kind]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Blocks that are left out because nothing happened to them."""

    count: int


def difference(old: Sequence[Block], new: Sequence[Block]) -> list[Change]:
    """What became of each block, in the order of both texts."""
    pairs = align(old, new)
    gone = {before.text for before, after in pairs if before and not after}
    come = {after.text for before, after in pairs if after and not before}
    numbers = (number for _block, number in numbered(new))
    return [_change(pair, number=next(numbers) if pair[1] else 0, moved=gone & come) for pair in pairs]


def folded(changes: Sequence[Change]) -> Iterator[Change | Unchanged]:
    """The changes with what stands beside them; how many blocks there are between, where that is several."""
    changed = [place for place, change in enumerate(changes) if not change.is_same]
    shown = {place + step for place in changed for step in (-1, 0, 1)}
    for is_shown, group in groupby(range(len(changes)), key=shown.__contains__):
        places = list(group)
        if is_shown or len(places) == 1:
            yield from (changes[place] for place in places)
        else:
            yield Unchanged(len(places))


def summary(changes: Iterable[Change]) -> str:
    """How much changed, as words: "2 punkter tilføjet, 1 punkt ændret"."""
    counts = Counter(
        (change.block.is_point, "moved" if change.moved else change.kind)
        for change in changes
        if not (change.moved and change.kind == "removed")  # counted where it went
    )
    told = [words % {"count": counts[what]} for what, words in _COUNTED if counts[what]]
    return ", ".join(told) or _("Ingen ændringer")


def _change(pair: Pair, *, number: int, moved: Collection[str]) -> Change:
    match pair:
        case Block() as gone, None:
            return Change("removed", gone, (Piece("removed", gone.runs),), moved=gone.text in moved)
        case None, Block() as come:
            return Change(
                "added", come, (Piece("added", come.runs),), number=number, moved=come.text in moved
            )
        case before, after if before == after:
            return Change("same", after, (Piece("same", after.runs),), number=number)
        case before, after:
            pieces, reformatted = _word_by_word(before, after)
            return Change("changed", after, pieces, before, number, reformatted)


def _word_by_word(before: Block, after: Block) -> tuple[tuple[Piece, ...], bool]:
    """The pieces of a block that changed, and whether what stayed of it was formatted anew."""
    old, new = before.runs, after.runs
    pieces: list[Piece] = []
    reformatted = False
    for stretch in _stretches(before.text, after.text):
        removed, old = _split(old, len(stretch.removed))
        added, new = _split(new, len(stretch.added))
        was, old = _split(old, len(stretch.same))
        same, new = _split(new, len(stretch.same))
        reformatted = reformatted or was != same
        states: list[tuple[State, tuple[Run, ...]]] = [("removed", removed), ("added", added), ("same", same)]
        pieces += [Piece(state, runs) for state, runs in states if runs]
    return tuple(pieces), reformatted


def _split(runs: tuple[Run, ...], count: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The first characters of some runs, and the rest."""
    rest = tuple(runs_after(runs, count))
    first = []
    for run in runs:
        if count > 0:
            first.append(replace(run, text=run.text[:count]))
        count -= len(run.text)
    return tuple(first), rest


@dataclass(slots=True)
class _Stretch:
    """What went at one place, what came instead, and what stayed after it."""

    removed: str
    added: str
    same: str


def _stretches(old: str, new: str) -> list[_Stretch]:
    """Both texts from beginning to end.

    Where little stayed, it is a new text to the reader too, and a mosaic of old and new would hide that.
    Where too much would have to be compared (250 words, changed at both ends), the middle is one change.
    """
    found = list(_joined(_TOKEN.findall(old), _TOKEN.findall(new)))
    stayed = sum(len(stretch.same) for stretch in found)
    return found if stayed >= _LITTLE * min(len(old), len(new)) else [_Stretch(old, new, "")]


def _joined(old: list[str], new: list[str]) -> Iterator[_Stretch]:
    stretch = _Stretch("", "", "")
    from_old = from_new = 0
    for at_old, at_new in chain(in_order(old, new, weigh=_weights), [(len(old), len(new))]):
        removed, added = "".join(old[from_old:at_old]), "".join(new[from_new:at_new])
        if stretch.same.isspace() and (removed or added):  # between two changes a space is part of both
            stretch.removed += stretch.same
            stretch.added += stretch.same
            stretch.same = ""
        if stretch.same and (removed or added):
            yield stretch
            stretch = _Stretch("", "", "")
        stretch.removed += removed
        stretch.added += added
        stretch.same += "".join(old[at_old : at_old + 1])
        from_old, from_new = at_old + 1, at_new + 1
    yield stretch


def _weights(old: Sequence[str], new: Sequence[str]) -> list[list[int]]:
    """A long word is a better hold than a short one, and a space is hardly any."""
    return [[1 + len(word.strip()) if word == other else 0 for other in new] for word in old]
