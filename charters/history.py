"""What became of a section while it was a draft: who wrote when, and what changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from charters.difference import Change, difference
from charters.models import Section, SectionRevision
from charters.wording import Wording
from members.models import User

# Whoever pauses shorter than this is still at the same piece of work; a save is made at each breath.
_ONE_SITTING = datetime.timedelta(minutes=10)
PAGE_SIZE = 200  # revisions read for a page


@dataclass(frozen=True)
class Entry:
    """One line of the history: a sitting of one person, or a single act."""

    last: SectionRevision
    began_at: datetime.datetime
    before: Wording | None  # None for the text the section began with

    @property
    def author(self) -> User | None:
        return self.last.author

    @property
    def is_beginning(self) -> bool:
        return self.before is None

    @property
    def heading_before(self) -> str:
        """The former heading, where it was changed."""
        return self.before.heading if self.before and self.before.heading != self.last.heading else ""

    @property
    def changes(self) -> list[Change]:
        return difference(self.before.blocks if self.before else (), self.last.wording.blocks)

    @property
    def is_changed(self) -> bool:
        return self.before is not None and self.before != self.last.wording

    @property
    def is_body_changed(self) -> bool:
        return self.before is not None and self.before.body != self.last.body


@dataclass(frozen=True)
class History:
    """A page of a section's history."""

    entries: list[Entry]  # newest first
    older_than: int | None  # what to ask for the next page with, where there is one

    @classmethod
    def of(cls, section: Section, *, before: int | None = None, every_save: bool = False) -> History:
        """The history of a section, or a page of it.

        Args:
            section: whose.
            before: only revisions with a lower number.
            every_save: a line for each save, rather than for each sitting.
        """
        revisions = section.revisions.select_related("author").order_by("-number")
        if before is not None:
            revisions = revisions.filter(number__lt=before)
        newest = list(revisions[: PAGE_SIZE + 1])
        older = newest.pop() if len(newest) > PAGE_SIZE else None
        standing = _standing_at(section, older.number) if older else None
        if not every_save:
            newest = [
                revision for revision in newest if revision.aside in ("", SectionRevision.Aside.CONFLICT)
            ]
        entries = list(_entries(newest[::-1], standing=standing, one_each=every_save))
        return cls(entries[::-1], older.number + 1 if older else None)


def _standing_at(section: Section, number: int) -> Wording | None:
    """The text the section held when a revision was made."""
    revision = section.revisions.filter(number__lte=number, aside="").order_by("-number").first()
    return revision.wording if revision else None


def _entries(
    revisions: Sequence[SectionRevision], *, standing: Wording | None, one_each: bool
) -> Iterator[Entry]:
    """The lines of some revisions, oldest first; ``standing`` is the text before them."""
    for sitting in _sittings(revisions, one_each=one_each):
        entry = Entry(sitting[-1], sitting[0].saved_at, standing)
        if not entry.last.aside:
            standing = entry.last.wording
        if entry.is_beginning or entry.is_changed or entry.last.act or entry.last.aside:
            yield entry


def _sittings(revisions: Iterable[SectionRevision], *, one_each: bool) -> Iterator[list[SectionRevision]]:
    """The revisions in their order, those together that one person wrote without a longer pause."""
    sitting: list[SectionRevision] = []
    for revision in revisions:
        if sitting and (one_each or not _goes_on(sitting[-1], revision)):
            yield sitting
            sitting = []
        sitting.append(revision)
    if sitting:
        yield sitting


def _goes_on(last: SectionRevision, revision: SectionRevision) -> bool:
    is_plain = not (last.act or last.aside or revision.act or revision.aside)
    is_same_author = last.author_id == revision.author_id and last.number > 0
    return is_plain and is_same_author and revision.saved_at - last.saved_at < _ONE_SITTING
