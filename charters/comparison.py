"""What changed from one whole text to another: section by section, with the words in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from django.db.models import prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from charters import text
from charters.difference import Change, difference
from charters.edition import Edition
from charters.models import Charter
from charters.obligations.continuing import continued
from charters.obligations.outlook import Outlook
from charters.obligations.stated import Marked, stated
from charters.pairing import Pair, Passage, moved, pairs

Kind = Literal["same", "added", "removed", "changed"]

_SECTIONS: list[tuple[str, Any]] = [  # Any: a lazy string, which has no type
    ("changed", ngettext_lazy("%(count)d afsnit ændret", "%(count)d afsnit ændret", "count")),
    ("added", ngettext_lazy("%(count)d afsnit tilføjet", "%(count)d afsnit tilføjet", "count")),
    ("removed", ngettext_lazy("%(count)d afsnit fjernet", "%(count)d afsnit fjernet", "count")),
    ("renamed", ngettext_lazy("%(count)d afsnit omdøbt", "%(count)d afsnit omdøbt", "count")),
    ("moved", ngettext_lazy("%(count)d afsnit flyttet", "%(count)d afsnit flyttet", "count")),
]
_OBLIGATIONS: list[tuple[str, Any]] = [
    ("changed", ngettext_lazy("%(count)d forpligtelse ændret", "%(count)d forpligtelser ændret", "count")),
    ("added", ngettext_lazy("%(count)d forpligtelse tilføjet", "%(count)d forpligtelser tilføjet", "count")),
    ("removed", ngettext_lazy("%(count)d forpligtelse fjernet", "%(count)d forpligtelser fjernet", "count")),
]


class Section(Passage, Marked, Protocol):
    """A section of a charter or a standard text."""


@dataclass(frozen=True)
class PassageChange:
    """What became of one section; its heading is the new one, or the old where it was taken out."""

    kind: Kind
    heading: str
    changes: Sequence[Change]
    former_heading: str = ""  # where it was renamed
    is_moved: bool = False

    @property
    def is_untouched(self) -> bool:
        return self.kind == "same" and not self.former_heading and not self.is_moved

    @property
    def notes(self) -> list[str]:
        """What became of the section as a whole, in words."""
        told = [
            (self.kind == "added", _("Afsnittet er nyt.")),
            (self.kind == "removed", _("Afsnittet er taget ud.")),
            (bool(self.former_heading), _("Omdøbt fra »%(heading)s«.") % {"heading": self.former_heading}),
            (self.is_moved, _("Flyttet.")),
        ]
        return [note for is_so, note in told if is_so]

    @property
    def counts_as(self) -> str:
        """What the summary counts it as: once each, by the most that happened to it."""
        if self.kind != "same":
            return self.kind
        return "renamed" if self.former_heading else "moved" if self.is_moved else ""


@dataclass(frozen=True)
class Fact:
    """A line of the heading that is another now; empty where there was or is none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    passages: Sequence[PassageChange]
    obligations: Counter[str] = field(default_factory=Counter)  # how many "changed", were "added", "removed"
    facts: Sequence[Fact] = ()

    @property
    def is_empty(self) -> bool:
        return not self.facts and all(passage.is_untouched for passage in self.passages)

    @property
    def untouched(self) -> list[PassageChange]:
        return [passage for passage in self.passages if passage.is_untouched]

    @property
    def summary(self) -> str:
        """ "2 afsnit ændret, 1 forpligtelse fjernet"."""
        counts = Counter(passage.counts_as for passage in self.passages)
        told = [words % {"count": counts[what]} for what, words in _SECTIONS if counts[what]]
        told += [
            words % {"count": self.obligations[what]}
            for what, words in _OBLIGATIONS
            if self.obligations[what]
        ]
        told += [_("hovedet ændret")] if self.facts else []
        return capfirst(", ".join(told)) or _("Ingen forskelle")


def compare(old: Sequence[Section], new: Sequence[Section], *, facts: Sequence[Fact] = ()) -> Comparison:
    """Compare two texts.

    Args:
        old: the sections of the one, in order.
        new: of the other; may both be of charters, editions or standard texts.
        facts: what else changed between them.
    """
    beside = pairs(old, new)
    place = {id(passage): at for at, passage in enumerate(old)}
    strayed = moved([place[id(before)] for before, after in beside if before and after])
    passages = [_passage(pair, is_moved=place.get(id(pair[0])) in strayed) for pair in beside]
    return Comparison(passages, _obligations(old, new), facts)


def compare_editions(old: Charter, new: Charter) -> Comparison:
    """Compare two editions of a group's charter, or one and the next draft, with their headings."""
    prefetch_related_objects([old, new], "sections__point_choices")
    editions = Edition.of(old), Edition.of(new)
    facts = [*_heading(*editions), *_members(*editions)]
    comparison = compare(old.standing_sections(), new.standing_sections(), facts=facts)
    return replace(comparison, obligations=_carried_on(old, new))


def compare_with_standard(charter: Charter) -> Comparison:
    """Compare a charter with the standard text that it was made from."""
    prefetch_related_objects([charter], "sections__point_choices")
    return compare(charter.template.standing_sections(), charter.standing_sections())


def _passage(pair: Pair[Section, Section], *, is_moved: bool) -> PassageChange:
    match pair:
        case before, None:
            return PassageChange("removed", before.heading, _changes(before.body, ""))
        case None, after:
            return PassageChange("added", after.heading, _changes("", after.body))
        case before, after:
            changes = _changes(before.body, after.body)
            is_same = all(change.is_same for change in changes)
            former = "" if before.heading == after.heading else before.heading
            return PassageChange("same" if is_same else "changed", after.heading, changes, former, is_moved)


def _changes(before: str, after: str) -> list[Change]:
    return difference(text.blocks(before), text.blocks(after))


def _obligations(old: Sequence[Section], new: Sequence[Section]) -> Counter[str]:
    """How many obligations came, went and got other words, as the sections and their points are marked."""
    before, after = list(stated(old)), list(stated(new))
    lived_on = continued(after, before)
    words = [(before[at].wording, after[place].wording) for place, at in lived_on.items()]
    return _counted(words, before=len(before), after=len(after))


def _carried_on(old: Charter, new: Charter) -> Counter[str]:
    """The same of two editions of a group, or of one and its draft: the group may have said what lives on."""
    if new.is_draft:
        outlook = Outlook.of(new)
        former = [(outlook.former(point), point.wording) for point in outlook.stated]
        words = [(obligation.wording, wording) for obligation, wording in former if obligation]
        return _counted(words, before=len(outlook.standing), after=len(outlook.stated))
    before, after = (dict(edition.statements.values_list("obligation", "wording")) for edition in (old, new))
    words = [(wording, after[key]) for key, wording in before.items() if key in after]
    return _counted(words, before=len(before), after=len(after))


def _counted(words: Sequence[tuple[str, str]], *, before: int, after: int) -> Counter[str]:
    """The counts, of the words of those that lived on and how many there were."""
    return Counter(
        {
            "changed": sum(old != new for old, new in words),
            "added": after - len(words),
            "removed": before - len(words),
        }
    )


def _heading(old: Edition, new: Edition) -> list[Fact]:
    lines = [
        Fact(_("Gruppe"), old.group_name, new.group_name),
        Fact(_("Projekt"), old.project_name, new.project_name),
        Fact(_("Produktniveau"), old.level_label, new.level_label),
    ]
    return [line for line in lines if line.before != line.after]


def _members(old: Edition, new: Edition) -> list[Fact]:
    """Who came, who went, and whose role or organisation is another."""
    before, after = ({m.person_id or m.name: m for m in edition.members} for edition in (old, new))
    facts = []
    for person in [*before, *(person for person in after if person not in before)]:
        was, is_now = before.get(person), after.get(person)
        named = is_now or was
        if named is not None and (change := [m.place if m else "" for m in (was, is_now)])[0] != change[1]:
            facts.append(Fact(named.name, *change))
    return facts
