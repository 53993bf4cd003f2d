"""Many editions that are whole: each with its own text, names, fingerprint and a stand-in for its PDF.

``python -m tests.bench.whole 50000`` on the empty database in DATABASE_URL, with ``verify`` timed after it.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from itertools import batched
from typing import Any

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import transaction

from charters import triggers
from charters.edition import Edition
from charters.models import (
    Charter,
    CharterDocument,
    CharterMember,
    Obligation,
    Section,
    Statement,
)
from members.models import LogEntry, WorkingGroup
from members.search.index import rebuild
from tests import factories

OF_A_GROUP = 5
AT_A_TIME = 200


def fill(editions: int) -> None:
    """So many adopted editions, five a group, as copies of one that was adopted by the rules."""
    first = factories.adopted()
    with triggers.lifted():
        for numbers in batched(range(editions // OF_A_GROUP), AT_A_TIME, strict=False):
            with transaction.atomic():
                _groups(first, numbers)
    rebuild()  # what is made in bulk tells nobody of itself


def _groups(first: Charter, numbers: tuple[int, ...]) -> None:
    project = first.group.project_id
    groups = WorkingGroup.objects.bulk_create(
        [
            WorkingGroup(kind="professional", name=f"Masse {n}", slug=f"masse-{n}", project_id=project)
            for n in numbers
        ]
    )
    charters = Charter.objects.bulk_create(
        [_edition(first, group, number) for group in groups for number in range(1, OF_A_GROUP + 1)]
    )
    sections = [
        Section(charter=charter, **section.as_fields())
        for charter in charters
        for section in first.standing_sections()
    ]
    Section.objects.bulk_create(sections)
    CharterMember.objects.bulk_create(
        [m for charter in charters for m in CharterMember.of(first.members.all(), charter=charter)]
    )
    _obligations(first, charters, sections)
    for charter in Charter.objects.filter(pk__in=[c.pk for c in charters]).select_related("template"):
        edition = Edition.of(charter)
        pdf = factories.stand_in(edition)
        CharterDocument.objects.create(charter=charter, content=edition.canonical, pdf=pdf)
        Charter.objects.filter(pk=charter.pk).update(fingerprint=edition.fingerprint)
    _log(charters)


def _edition(first: Charter, group: WorkingGroup, number: int) -> Charter:
    is_last = number == OF_A_GROUP
    return Charter(
        group=group,
        number=number,
        template=first.template,
        group_name=group.name,
        dated_on=first.dated_on,
        reason="" if number == 1 else "Nyt år",
        state=Charter.State.ADOPTED if is_last else Charter.State.SUPERSEDED,
        superseded_on=None if is_last else first.dated_on,
        adopted_at=first.adopted_at,
        adopted_by=first.adopted_by,
        fingerprint="0",
    )


def _obligations(first: Charter, charters: list[Charter], sections: list[Section]) -> None:
    stated = list(first.statements.select_related("obligation", "section"))
    at = {(section.charter_id, section.position): section for section in sections}
    of_group: dict[int, list[Charter]] = {}
    for charter in charters:
        of_group.setdefault(charter.group_id, []).append(charter)
    made: list[Any] = []
    for group, series in of_group.items():
        for one in stated:
            model = one.obligation
            obligation = Obligation(
                group_id=group,
                area=model.area,
                wording=model.wording,
                position=model.position,
                introduced_in=series[0],
            )
            made.append((obligation, series, one))
    Obligation.objects.bulk_create([obligation for obligation, _series, _one in made])
    Statement.objects.bulk_create(
        [
            Statement(
                obligation=obligation,
                charter=charter,
                section=at[charter.pk, one.section.position],
                wording=one.wording,
            )
            for obligation, series, one in made
            for charter in series
        ]
    )


def _log(charters: list[Charter]) -> None:
    kind = ContentType.objects.get_for_model(Charter)
    LogEntry.objects.bulk_create(
        [
            LogEntry(act="charter_adopted", action=3, content_type=kind, object_pk=str(c.pk), object_id=c.pk)
            for c in charters
        ]
    )


def main(editions: int) -> None:
    call_command("migrate", verbosity=0)
    fill(editions)
    before, began = _memory(), time.monotonic()
    call_command("verify")
    took = time.monotonic() - began
    print(f"verify: {editions} udgaver, {took:.1f} s, {_memory() - before} MB mere end før")  # noqa: T201


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
