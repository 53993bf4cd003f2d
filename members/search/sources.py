"""What can be found: each kind of thing says by which words, by whom, and how it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models import Project, SearchEntry, User, WorkingGroup
from members.search.query import Piece, Query


@dataclass(frozen=True)
class Passage:
    """Where in a thing it was found."""

    place: str
    url: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    title: Sequence[Piece]
    url: str
    about: str = ""
    passages: Sequence[Passage] = field(default_factory=list)


class Source:
    """A kind of things that can be found. Subclass it, and ``add`` one."""

    kind: ClassVar[str]
    label: ClassVar[str | Promise]

    def things(self) -> QuerySet[Any]:
        """Everything of the kind that is found by somebody, with what ``hit`` reads."""
        raise NotImplementedError

    def key(self, thing: Any) -> int:
        """By which an entry knows it; ``of_keys`` finds it again."""
        return int(thing.pk)

    def of_keys(self, keys: Any) -> QuerySet[Any]:
        return self.things().filter(pk__in=keys).order_by("sort_key", "pk")

    def group(self, thing: Any) -> int | None:
        """The group it hangs on: who sees that finds this."""
        return None

    def texts(self, thing: Any) -> Iterable[str]:
        """What it is found by."""
        return [thing.name]

    def hit(self, thing: Any, query: Query) -> Hit:
        return Hit(query.marked(thing.name), thing.get_absolute_url())


_sources: list[Source] = []


def add(source: Source) -> None:
    """Let things of a kind be found, below those that were added before."""
    _sources.append(source)


def sources() -> Iterator[Source]:
    yield from _sources


class Groups(Source):
    kind, label = "group", _("Grupper")

    def things(self) -> QuerySet[Any]:
        return WorkingGroup.objects.select_related("project")

    def group(self, thing: WorkingGroup) -> int:
        return thing.pk

    def hit(self, thing: WorkingGroup, query: Query) -> Hit:
        about = [str(thing.get_kind_display())]
        if thing.is_closed:
            about.append(str(_("nedlagt")))
        return Hit(query.marked(thing.name), thing.get_absolute_url(), ", ".join(about))


class Projects(Source):
    kind, label = "project", _("Projekter")

    def things(self) -> QuerySet[Any]:
        return Project.objects.all()

    def texts(self, thing: Project) -> list[str]:
        return [thing.name, thing.summary]

    def hit(self, thing: Project, query: Query) -> Hit:
        about = str(thing.get_level_display())
        found = [Passage("", "", query.marked(thing.summary))] if query.found_in(thing.summary) else []
        return Hit(query.marked(thing.name), thing.get_absolute_url(), about, found)


class People(Source):
    """By name alone, and only for the secretariat (``SearchEntry.visible_to``)."""

    kind, label = SearchEntry.PERSON, _("Personer")

    def things(self) -> QuerySet[Any]:
        return User.objects.filter(anonymised_at=None).select_related("organisation")  # type: ignore[no-any-return]

    def hit(self, thing: User, query: Query) -> Hit:
        return Hit(query.marked(thing.name), thing.get_absolute_url(), str(thing.organisation or ""))
