"""Where the sections of a Word file come to stand in the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from charters.models import Section
from charters.models.manuscript import put_in_order
from charters.word_preview import Preview


def put_where_they_stand(chosen: Preview, saved: Mapping[int, Section | None]) -> None:
    """Put new sections after those they follow in the file, and all as it has them where that was ticked.

    Sections that the file has not keep their places.

    Args:
        chosen: what was ticked.
        saved: what was saved, by its number in the file.

    Raises:
        FrozenError: the charter is adopted.
        ClosedGroupError: the group is closed.
    """
    own = {one.number: one.section for one in chosen.suggested if one.section and not one.is_apart}
    added = {number: section for number, section in saved.items() if section and number not in own}
    charter = chosen.file.charter
    is_reordered = chosen.is_reordered and bool(chosen.in_file_order)
    if not (added or is_reordered):
        return
    charter.claim()
    order = list(charter.sections.order_by("position", "pk"))
    if is_reordered:
        order = _reordered(order, chosen.in_file_order)
    last = 0
    for one in chosen.suggested:
        section = added.get(one.number) or own.get(one.number)
        if section and one.number in added:
            order = _with_after(order, section, last)
        last = section.pk if section else last
    put_in_order(order)


def _with_after(order: Sequence[Section], section: Section, pk: int) -> list[Section]:
    """The sections with one of them moved to after another, or to the beginning where there is none."""
    others = [other for other in order if other.pk != section.pk]
    place = next((place for place, other in enumerate(others, start=1) if other.pk == pk), 0)
    return [*others[:place], section, *others[place:]]


def _reordered(order: Sequence[Section], wanted: Sequence[int]) -> list[Section]:
    """The sections with some of them in another order, on the places that those had."""
    by_pk = {section.pk: section for section in order}
    following = (by_pk[pk] for pk in wanted)
    return [next(following) if section.pk in wanted else section for section in order]
