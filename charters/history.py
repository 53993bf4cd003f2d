"""What became of a section while it was a draft: who wrote when, and what changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from charters.difference import Change, difference
from charters.models import Section, SectionRevision
from charters.wording import Wording

# Those who pause shorter than this are still at the same piece of work; a save is made at each breath.
_ONE_SITTING = datetime.timedelta(minutes=10)
PAGE_SIZE = 20  # lines on a page
SAVES_SHOWN = 30  # of the single saves of one sitting

_STANDING_OUT = (
    SectionRevision.Aside.CONFLICT,
    SectionRevision.Aside.SETTLED,
    SectionRevision.Aside.OFFERED,
)


class Save(NamedTuple):
    """A revision without its text: a section that is written all day has thousands."""

    number: int
    saved_at: datetime.datetime
    act: str
    aside: str
    author_id: int | None
    author: str

    @property
    def by(self) -> str:
        return self.author or _("OS2arbejdsgrupper")

    @property
    def stands_out(self) -> bool:
        """Whether it is a text that somebody had to choose about, and that may never have come in."""
        return self.aside in _STANDING_OUT

    def goes_on(self, last: Save) -> bool:
        """Whether this was written in the same sitting as the one before, by whomever."""
        is_written = not (self.act or last.act) and last.number > 0
        return is_written and self.saved_at - last.saved_at <= _ONE_SITTING

    @classmethod
    def of(cls, section: Section) -> list[Save]:
        """All of a section's, oldest first."""
        fields = ("number", "saved_at", "act", "aside", "author_id", "author__name")
        return [cls(*row) for row in section.revisions.order_by("number").values_list(*fields)]


@dataclass(frozen=True)
class _Line:
    """What becomes an entry once its texts are read."""

    saves: list[Save]  # oldest first
    before: int | None  # the revision whose text stood until then

    @property
    def number(self) -> int:
        """The revision with the text it ended with."""
        standing = (save.number for save in reversed(self.saves) if not save.aside)
        return next(standing, self.saves[-1].number)


@dataclass(frozen=True)
class Entry:
    """One line of the history: a sitting, a single act, or a text that stands out."""

    last: SectionRevision
    saves: list[Save]  # newest first
    before: Wording | None  # None for the text the section began with

    @property
    def writers(self) -> list[str]:
        """The names of all who wrote, in the order they began."""
        return list({save.author_id: save.by for save in reversed(self.saves)}.values())

    @property
    def by(self) -> str:
        *others, last = self.writers
        return _("%(names)s og %(last)s") % {"names": ", ".join(others), "last": last} if others else last

    @property
    def began_at(self) -> datetime.datetime:
        return self.saves[-1].saved_at

    @property
    def ended_at(self) -> datetime.datetime:
        return self.saves[0].saved_at

    @property
    def single_saves(self) -> list[Save]:
        """What the entry unfolds to, as far as a page goes; nothing where it is one save itself."""
        return self.saves[:SAVES_SHOWN] if len(self.saves) > 1 else []

    @property
    def older_saves_than(self) -> int | None:
        """What to ask for those with that a page did not hold, where there are such."""
        return self.saves[SAVES_SHOWN - 1].number if len(self.saves) > SAVES_SHOWN else None

    @property
    def is_beginning(self) -> bool:
        return self.before is None

    @property
    def came_to_nothing(self) -> bool:
        """Whether people wrote, and the text was in the end as it had been."""
        return not (self.last.act or self.last.aside) and self.before == self.last.wording

    @property
    def heading_before(self) -> str:
        """The former heading, where it was changed."""
        return self.before.heading if self.before and self.before.heading != self.last.heading else ""

    @property
    def changes(self) -> list[Change]:
        return difference(self.before.blocks if self.before else (), self.last.wording.blocks)

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
        """The history of a section, or a page of it: two queries, however much was written.

        Args:
            section: whose.
            before: only lines that ended with a revision of a lower number.
            every_save: a line for each save, rather than for each sitting.
        """
        lines = _lines(Save.of(section), one_each=every_save)
        newest = sorted(lines, key=lambda line: line.number, reverse=True)
        wanted = [line for line in newest if before is None or line.number < before]
        shown = wanted[:PAGE_SIZE]
        older_than = shown[-1].number if len(wanted) > len(shown) else None
        return cls(_with_texts(section, shown), older_than)


def _with_texts(section: Section, lines: list[_Line]) -> list[Entry]:
    numbers = {number for line in lines for number in (line.number, line.before) if number is not None}
    kept = {revision.number: revision for revision in section.revisions.filter(number__in=numbers)}
    return [
        Entry(
            last=kept[line.number],
            saves=line.saves[::-1],
            before=None if line.before is None else kept[line.before].wording,
        )
        for line in lines
    ]


def _lines(saves: Iterable[Save], *, one_each: bool) -> Iterator[_Line]:
    """The lines of all saves: of each stretch the sitting, and what stands out from it."""
    standing: int | None = None
    for stretch in _stretches(saves, one_each=one_each):
        stood, sitting = standing, []
        for save in stretch:
            if save.stands_out:
                yield _Line([save], standing)
            else:
                sitting.append(save)
            if not save.aside:
                standing = save.number
        if sitting:
            yield _Line(sitting, stood)


def _stretches(saves: Iterable[Save], *, one_each: bool) -> Iterator[list[Save]]:
    """The saves in their order, those together that were written without a longer pause."""
    stretch: list[Save] = []
    for save in saves:
        if stretch and (one_each or not save.goes_on(stretch[-1])):
            yield stretch
            stretch = []
        stretch.append(save)
    if stretch:
        yield stretch
