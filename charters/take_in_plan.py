"""What becomes of a group's text when OS2 improves the standard text that it was made from.

Three texts: the old standard text (the base), the group's own (theirs) and the new standard text (ours).
What the group changed stays; what only OS2 changed is taken in; where both changed one block, the group's
stands and OS2's is offered beside it. The rules know no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from charters.pairing import Passage, pairs
from charters.wording import Wording, join

Fate = Literal["same", "taken", "merged", "choose", "kept", "new", "gone", "own", "left_out"]


class Standard(Passage, Protocol):
    """A section of a standard text."""

    @property
    def wording(self) -> Wording: ...


class Own(Standard, Protocol):
    """A section of the group's text; ``source`` is the section of the old standard text that it came from."""

    @property
    def source(self) -> Any: ...
    @property
    def is_removed(self) -> bool: ...
    @property
    def offer(self) -> Wording | None:
        """OS2's words from last time, where the group has not chosen yet."""


@dataclass(frozen=True)
class Step[O: Own, S: Standard]:
    """What becomes of one section.

    ``wording`` is what it says afterwards. ``offer`` is the same with OS2's words wherever both changed one
    block; None where there is nothing to choose.
    """

    fate: Fate
    own: O | None
    standard: S | None
    wording: Wording
    offer: Wording | None = None

    @property
    def heading(self) -> str:
        return self.wording.heading


def plan[O: Own, S: Standard](
    base: Sequence[S], *, own: Sequence[O], standard: Sequence[S]
) -> list[Step[O, S]]:
    """What becomes of each section, in the order the text has afterwards.

    Args:
        base: the old standard text, in order.
        own: the group's sections, standing and taken out, in order.
        standard: the new standard text, in order.
    """
    of_base = {id(section.source): section for section in own if section.source is not None}
    free = [section for section in own if section.source is None]
    steps: list[Step[O, S]] = []
    for before, after in pairs(base, standard):
        mine = of_base.get(id(before)) if before is not None else None
        if before is None and after is not None:
            mine = _group_had_it(after, free)
        step = _step(before, mine, after)
        if step:
            steps.append(step)
    return list(_arranged(own, steps))


def _group_had_it[O: Own](after: Standard, free: list[O]) -> O | None:
    """The section that the group had put in by itself before OS2 did, by its heading."""
    for section in free:
        if not section.is_removed and section.heading.strip().casefold() == after.heading.strip().casefold():
            free.remove(section)
            return section
    return None


def _step[O: Own, S: Standard](before: S | None, mine: O | None, after: S | None) -> Step[O, S] | None:
    base = before.wording if before else None
    if after is None:
        if mine is None or mine.is_removed:
            return None
        return Step("gone" if mine.wording == base else "own", mine, None, mine.wording)
    if mine is None:
        return Step("left_out" if before else "new", None, after, after.wording)
    if mine.is_removed:  # it stays out; put back, it says what OS2 says now
        return Step("left_out", mine, after, _brought_up(mine, after, base=base))
    if mine.wording == after.wording:
        return Step("same", mine, after, mine.wording)
    if mine.wording == base:
        return Step("taken", mine, after, after.wording)
    return _put_together(mine, after, base=base)


def _brought_up(mine: Own, after: Standard, *, base: Wording | None) -> Wording:
    """What a section says that both have a hand in; where both changed one block, the group's words stand."""
    return (
        mine.wording
        if base == after.wording
        else join(after.wording, theirs=mine.wording, base=base).with_theirs
    )


def _put_together[O: Own, S: Standard](mine: O, after: S, *, base: Wording | None) -> Step[O, S]:
    """What becomes of a section that is neither the old standard text nor the new."""
    joined = join(after.wording, theirs=mine.wording, base=base)
    stands = _brought_up(mine, after, base=base)
    offer = None if joined.is_clean else joined.with_mine
    if mine.offer is not None:  # what was to be chosen last time still is, and OS2's words are the newest
        offer = join(after.wording, theirs=mine.offer, base=base).with_mine
    if offer is not None and offer != stands:
        return Step("choose", mine, after, stands, offer=offer)
    return Step("kept" if stands == mine.wording else "merged", mine, after, stands)


def _arranged[O: Own, S: Standard](own: Sequence[O], steps: Sequence[Step[O, S]]) -> Iterator[Step[O, S]]:
    """The group's order; what is new comes after what it comes after in the new standard text."""
    after_which: dict[int, list[Step[O, S]]] = {}  # by the group's section, 0 for the beginning
    last = 0
    for step in steps:
        if step.own is not None:
            last = id(step.own)
        else:
            after_which.setdefault(last, []).append(step)
    of_own = {id(step.own): step for step in steps if step.own is not None}
    yield from after_which.get(0, [])
    for section in own:
        if id(section) in of_own:
            yield of_own[id(section)]
        elif not section.is_removed:
            yield Step("own", section, None, section.wording)
        yield from after_which.get(id(section), [])
