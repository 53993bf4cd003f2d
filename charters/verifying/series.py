"""The editions of a group one after the other, and the obligations that run through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _

from charters.models import Charter, Obligation, Statement
from charters.verifying.fault import Fault, in_parts
from members.models import WorkingGroup

State = Charter.State
_HEAVY = ("reason", "group_name", "project_name")


def faults() -> Iterator[Fault]:
    """What is wrong with the editions or the obligations of any group, seen together."""
    adopted = Charter.objects.frozen().filter(group=OuterRef("pk"))
    for part in in_parts(WorkingGroup.objects.filter(Exists(adopted))):
        suspects = [group.pk for group in _with_series(part) if any(_of(group))]
        # An adoption between two of the queries looks like a fault; a fault is there the next time too.
        for group in _with_series(WorkingGroup.objects.filter(pk__in=suspects)):
            for what in _of(group):
                yield Fault(str(group), what)


def _with_series(groups: Iterable[WorkingGroup]) -> list[WorkingGroup]:
    found = list(groups)
    frozen = Charter.objects.frozen().order_by("number").defer(*_HEAVY)
    stated = Statement.objects.only("obligation", "charter", "wording").order_by()
    prefetch_related_objects(
        found,
        Prefetch("charters", frozen, to_attr="series"),
        Prefetch("obligations__statements", stated, to_attr="places"),
    )
    return found


def _of(group: WorkingGroup) -> Iterator[str]:
    series: list[Charter] = group.series  # type: ignore[attr-defined] # by the prefetch
    if [one.number for one in series] != list(range(1, len(series) + 1)):
        yield _("Udgavernes numre har huller.")
    for one, later in pairwise(series):
        if one.state == State.ADOPTED:
            yield _("Udgave %(number)d gælder endnu, og der er en senere.") % {"number": one.number}
        if one.dated_on and later.dated_on and one.dated_on > later.dated_on:
            yield _("Udgave %(number)d er ældre end den forrige.") % {"number": later.number}
    if series and series[-1].state == State.SUPERSEDED:
        yield _("Udgave %(number)d er erstattet, men der er ingen senere.") % {"number": series[-1].number}
    by_key = {one.pk: one for one in series}
    for obligation in group.obligations.all():
        for what in _of_obligation(obligation, by_key):
            yield f"{what} »{obligation.wording}«"


def _of_obligation(obligation: Obligation, series: dict[int, Charter]) -> Iterator[str]:
    """By its statements: where it began, in which words it stands, and where it ended."""
    places: list[Statement] = obligation.places  # type: ignore[attr-defined] # by the prefetch
    statements = [one for one in places if one.charter_id in series]
    statements.sort(key=lambda one: series[one.charter_id].number)
    if not statements:
        yield _("Forpligtelsen står ikke i nogen udgave:")
        return
    first, last = statements[0], statements[-1]
    if obligation.introduced_in_id != first.charter_id:
        yield _("Forpligtelsen er ikke indført i den udgave, der først nævner den:")
    if obligation.wording != last.wording:
        yield _("Forpligtelsen har ikke de ord, som den sidste udgave giver den:")
    following = [series[one.charter_id].number for one in statements]
    if following != list(range(following[0], following[0] + len(following))):
        yield _("Forpligtelsen mangler i en udgave midt imellem:")
    ended_in = _ended_in(series[last.charter_id], series)
    if obligation.retired_in_id != ended_in:
        yield (
            _("Forpligtelsen gælder, selv om udgaven ikke gør:")
            if ended_in
            else _("Forpligtelsen er udgået, selv om den gældende udgave nævner den:")
        )


def _ended_in(last: Charter, series: dict[int, Charter]) -> int | None:
    """The edition with which an obligation ended whose last edition this is; None while it stands."""
    if last.state == State.RETIRED:
        return last.pk
    return next((one.pk for one in series.values() if one.number == last.number + 1), None)
