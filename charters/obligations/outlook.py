"""What a draft would make of the group's obligations if it were adopted as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import ngettext_lazy

from charters.models import Charter, Obligation, Section
from charters.obligations.continuing import continued
from charters.obligations.stated import Point, points, stated

_TOLD: list[tuple[str, Any]] = [  # Any: a lazy string, which has no type
    ("new", ngettext_lazy("%(count)d er ny", "%(count)d er nye", "count")),
    ("retired", ngettext_lazy("%(count)d udgår", "%(count)d udgår", "count")),
]
_LIVE_ON = ngettext_lazy("%(count)d forpligtelse videreføres", "%(count)d forpligtelser videreføres", "count")
_FIRST = ngettext_lazy("Gruppen får %(count)d forpligtelse", "Gruppen får %(count)d forpligtelser", "count")


@dataclass(frozen=True)
class Outlook:
    """The points of a draft, and which obligation lives on in which."""

    sections: Sequence[Section]  # those that stand, in order
    standing: Sequence[Obligation]  # the obligations that the group has

    @classmethod
    def of(cls, charter: Charter, *, standing: Iterable[Obligation] | None = None) -> Outlook:
        """The outlook of a draft.

        Args:
            charter: the draft.
            standing: the obligations that the group has, where the caller wants to know more of them.
        """
        prefetch_related_objects([charter], "sections__point_choices")
        return cls(
            charter.standing_sections(),
            list(charter.group.obligations.in_force() if standing is None else standing),
        )

    @cached_property
    def stated(self) -> list[Point]:
        """The obligations that the draft states, in its order."""
        return list(stated(self.sections))

    @cached_property
    def retired(self) -> list[Obligation]:
        """Those that have no point any more, in the order the group knows them."""
        living = set(self._former.values())
        return [obligation for obligation in self.standing if obligation not in living]

    @property
    def summary(self) -> str:
        """ "5 forpligtelser videreføres, 1 er ny, 1 udgår"; nothing where there are and were none."""
        if not self.standing:
            return _FIRST % {"count": len(self.stated)} if self.stated else ""
        lives_on = len(self._former)
        counts = {"new": len(self.stated) - lives_on, "retired": len(self.retired)}
        told = [_LIVE_ON % {"count": lives_on}]
        return ", ".join(told + [words % {"count": counts[what]} for what, words in _TOLD if counts[what]])

    def points(self, section: Section) -> list[Point]:
        return points(section)

    def former(self, point: Point) -> Obligation | None:
        """The obligation that lives on in a point, if any."""
        return self._former.get(point.obligation)

    def states(self, point: Point) -> bool:
        """Whether a point is the one that states its obligation, not a second one in the same words."""
        return point.key in self._stating

    @cached_property
    def _stating(self) -> set[str]:
        return {point.key for point in self.stated}

    @cached_property
    def _former(self) -> Mapping[tuple[str, str], Obligation]:
        pairs = continued(self.stated, self.standing, chosen=self._chosen())
        return {self.stated[place].obligation: self.standing[at] for place, at in pairs.items()}

    def _chosen(self) -> dict[int, int | None]:
        """What the group has said of where points come from; of one that is retired nothing can."""
        at = {obligation.pk: place for place, obligation in enumerate(self.standing)}
        chosen: dict[int, int | None] = {}
        for place, point in enumerate(self.stated):
            if point.choice and point.choice.is_new:
                chosen[place] = None
            elif point.choice and point.choice.continues_id in at:
                chosen[place] = at[point.choice.continues_id]
        return chosen
