"""What a group says of the points of its draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from charters.models import Charter, PointChoice, SectionRevision
from charters.obligations.stated import Point, key_of, points, wordings

_LATEST = 50  # revisions of a section in which words that are gone are looked for


@transaction.atomic
def choose(charter: Charter, said: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Save what was said of points; of the others nothing changes.

    It counts as a change of the draft: who adopts has read which obligations it makes.

    Args:
        charter: the draft.
        said: by the key of a point, the fields of its ``PointChoice`` that were changed.

    Returns:
        The keys of the points that do not stand in the draft any more; of them nothing is saved.

    Raises:
        FrozenError: the charter is adopted.
        ClosedGroupError: the group is closed.
    """
    charter.hold()
    sections = charter.sections.filter(removed_at=None).prefetch_related("point_choices")
    here = {point.key: point for section in sections for point in points(section)}
    if any(key in here for key in said):
        charter.claim()
    for key, fields in said.items():
        if key in here:
            _say(here[key], fields)
    return [key for key in said if key not in here]


def _say(point: Point, fields: Mapping[str, Any]) -> None:
    choice = point.choice or PointChoice(section=point.section, wording=point.wording)
    for name, value in fields.items():
        setattr(choice, name, value)
    if choice.continues_id:  # the last word counts: one obligation lives on in one point
        others = PointChoice.objects.filter(section__charter=point.section.charter_id)
        others.filter(continues=choice.continues_id).exclude(pk=choice.pk).update(continues=None)
    if not choice.is_empty:
        choice.save()
    elif choice.pk:
        choice.delete()


def words_of(charter: Charter, keys: Iterable[str]) -> list[str]:
    """The words that points had whose keys are known no more, as far as the sections' revisions tell."""
    found = []
    for key in keys:
        section = int(key.partition("-")[0])
        kept = SectionRevision.objects.filter(section=section, section__charter=charter).order_by("-number")
        bodies = kept.values_list("body", flat=True)[:_LATEST]
        words = (wording for body in bodies for wording in wordings(body))
        found += [next((wording for wording in words if key_of(section, wording) == key), "")]
    return [wording for wording in found if wording]
