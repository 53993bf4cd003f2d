"""The overview in order: a page of it, or all of it in pieces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When

from charters.overview.counting import counted
from charters.overview.faults import Place, places
from charters.overview.filters import Order, OverviewFilter
from charters.overview.rows import GroupRow, ProjectRow, rows_of, with_leader
from charters.overview.scope import Scope
from members.models import Project

PAGE_SIZE = 50
PIECE = 500  # projects, and faggrupper, held in memory at a time while a file is written

_BY_FAULTS = (Order.MOST, Order.LEAST)
_BY_NAME_DOWN = ("-sort_key", "-pk")


@dataclass(frozen=True)
class OverviewPage:
    """Rows of both sections; the longer of them says how many pages there are."""

    page: Page
    projects: Sequence[ProjectRow]
    professional: Sequence[GroupRow]
    project_count: int
    professional_count: int


def page_of(form: OverviewFilter, *, number: str | None) -> OverviewPage:
    """What a page shows; a number that makes no sense gives the nearest."""
    listing = Listing.of(form)
    asked = {"matching projects": listing.scope.projects, "matching professional": listing.professional}
    numbers = counted(asked)
    project_count, professional_count = (numbers[name] for name in asked)
    page = Paginator(range(max(project_count, professional_count)), PAGE_SIZE).get_page(number)
    start = (page.number - 1) * PAGE_SIZE
    projects, professional = listing.rows(slice(start, start + PAGE_SIZE))
    return OverviewPage(
        page=page,
        projects=projects,
        professional=professional,
        project_count=project_count,
        professional_count=professional_count,
    )


@dataclass(frozen=True)
class Listing:
    """What a filter finds, in the order it asks for."""

    scope: Scope
    order: str = ""
    shows_professional: bool = True

    @classmethod
    def of(cls, form: OverviewFilter) -> Listing:
        return cls(form.scope, form.chosen("sort"), form.shows_professional)

    @property
    def professional(self) -> QuerySet[Any]:
        return self.scope.professional if self.shows_professional else self.scope.professional.none()

    def rows(self, part: slice) -> tuple[list[ProjectRow], list[GroupRow]]:
        """The rows of one part of both sections."""
        projects = self.scope.projects.select_related("facilitator").order_by(*self._project_order())
        professional = with_leader(self.professional).select_related("project")
        return rows_of(
            list(projects[part]),
            list(professional.order_by(*self._group_order())[part]),
            found=self._found if self.order in _BY_FAULTS else None,
        )

    def pieces(self) -> Iterator[tuple[list[ProjectRow], list[GroupRow]]]:
        """All rows, a piece at a time."""
        start, is_more = 0, True
        while is_more:
            piece = self.rows(slice(start, start + PIECE))
            yield piece
            start, is_more = start + PIECE, any(len(section) == PIECE for section in piece)

    @cached_property
    def _found(self) -> list[Place]:
        return places(Scope.everything())

    def _project_order(self) -> tuple[Any, ...]:
        if self.order in _BY_FAULTS:
            return self._by_faults(Counter(place.project for place in self._found))
        return self._by_name_or_level("level")

    def _group_order(self) -> tuple[Any, ...]:
        if self.order in _BY_FAULTS:
            return self._by_faults(Counter(place.group for place in self._found))
        return self._by_name_or_level("project__level")

    def _by_name_or_level(self, level: str) -> tuple[Any, ...]:
        if self.order in (Order.LEVEL, Order.LEVEL_DOWN):
            rank = _case(level, {i: [value] for i, value in enumerate(Project.Level.values)}, default=-1)
            return (rank.desc() if self.order == Order.LEVEL_DOWN else rank.asc(), "sort_key", "pk")
        return _BY_NAME_DOWN if self.order == Order.NAME_DOWN else ("sort_key", "pk")

    def _by_faults(self, counts: Counter[int | None]) -> tuple[Any, ...]:
        keys: dict[int, list[Any]] = defaultdict(list)
        for key, number in counts.items():
            if key is not None:
                keys[number].append(key)
        if not keys:  # PostgreSQL takes a number to order by for a column's place
            return ("sort_key", "pk")
        number_of = _case("pk", keys, default=0)
        return (number_of.desc() if self.order == Order.MOST else number_of.asc(), "sort_key", "pk")


def _case(lookup: str, values: dict[int, list[Any]], *, default: int) -> Case:
    whens = [When(**{f"{lookup}__in": of}, then=Value(number)) for number, of in values.items()]
    return Case(*whens, default=Value(default), output_field=IntegerField())
