"""Keeping what can be found in step with what there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from members.models import SearchEntry
from members.search.sources import Source, sources
from members.search.words import indexed

AT_A_TIME = 500


def put(source: Source, things: Iterable[Any]) -> None:
    """Let things be found by what they say now."""
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(
                kind=source.kind,
                key=source.key(thing),
                group_id=source.group(thing),
                words=indexed(source.kind, source.texts(thing)),
            )
            for thing in things
        ],
        update_conflicts=True,
        unique_fields=["kind", "key"],
        update_fields=["group", "words"],
        batch_size=AT_A_TIME,
    )


def take(kind: str, key: int) -> None:
    """Let a thing be found no more."""
    SearchEntry.objects.filter(kind=kind, key=key).delete()


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew; answers how many things can be found."""
    SearchEntry.objects.all().delete()
    for source in sources():
        for things in batched(source.things().iterator(AT_A_TIME), AT_A_TIME, strict=False):
            put(source, things)
    return SearchEntry.objects.count()


def out_of_step() -> Iterator[tuple[Source, int]]:
    """How many things of each kind are found by other words than their own, not at all, or though gone."""
    for source in sources():
        there = dict(SearchEntry.objects.filter(kind=source.kind).values_list("key", "words"))
        wrong = 0
        for thing in source.things().iterator(AT_A_TIME):
            wrong += there.pop(source.key(thing), None) != indexed(source.kind, source.texts(thing))
        if wrong := wrong + len(there):
            yield source, wrong


def follow(source: Source, model: type[Any], *fields: str) -> None:
    """Keep the entries of a kind in step with each row that is saved or deleted.

    Args:
        source: the kind.
        model: its rows.
        fields: those that it is found by; a save of others changes nothing.
    """

    def saved(instance: Any, *, update_fields: Any = None, raw: bool = False, **_: Any) -> None:
        if not raw and (update_fields is None or not set(fields).isdisjoint(update_fields)):
            put(source, [instance])

    def deleted(instance: Any, **_: Any) -> None:
        take(source.kind, source.key(instance))

    post_save.connect(saved, sender=model, weak=False, dispatch_uid=f"search_saved_{source.kind}")
    post_delete.connect(deleted, sender=model, weak=False, dispatch_uid=f"search_deleted_{source.kind}")
