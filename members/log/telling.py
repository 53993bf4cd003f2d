"""Entries of the log in words, for the pages that show them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _t

from members.models import LogEntry

NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """A field's value before and after; what is new or gone has but one of them."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """An entry as it is shown.

    Attributes:
        name: of what it was done to, where neither a person, a group nor a project says it.
        details: of an act, what else there is to tell.
    """

    entry: LogEntry
    name: str
    changes: list[Change]
    details: list[tuple[str, str]]


def lines(entries: Iterable[LogEntry]) -> list[Line]:
    """Entries in words. Names that they hold by key are fetched together, a query for each kind of thing.

    Args:
        entries: of one page, ``with_what_they_name``.
    """
    shown = list(entries)
    names = _names(shown)
    return [_line(entry, names) for entry in shown]


_Names = dict[tuple[type[models.Model], int], str]


def _names(entries: Sequence[LogEntry]) -> _Names:
    wanted: dict[type[models.Model], set[int]] = defaultdict(set)
    for entry in entries:
        for field, values in _fields(entry):
            if isinstance(field, models.ForeignKey):
                keys = {int(value) for value in values if str(value or "").isdigit()}
                wanted[field.related_model] |= keys
    return {
        (model, pk): str(one)
        for model, keys in wanted.items()
        if keys
        for pk, one in model._default_manager.in_bulk(keys).items()
    }


def _fields(entry: LogEntry) -> Iterator[tuple[models.Field[Any, Any], list[Any]]]:
    """The changed fields, in the order of the model; one that the model no longer has is passed over."""
    model = entry.model
    if model is None:
        return
    changes = entry.changes or {}
    for name in sorted(changes, key=[field.name for field in model._meta.fields].index):
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        yield field, list(changes[name])


def _line(entry: LogEntry, names: _Names) -> Line:
    is_named = entry.person_id or entry.group_id or entry.project_id
    name = "" if is_named and entry.action != LogEntry.Action.DELETE else entry.object_repr
    return Line(entry, name, list(_changes(entry, names)), list(_details(entry)))


def _details(entry: LogEntry) -> Iterator[tuple[str, str]]:
    for label, value in (entry.additional_data or {}).items():
        yield label, str(value)


def _changes(entry: LogEntry, names: _Names) -> Iterator[Change]:
    for field, (before, after) in _fields(entry):
        old, new = _shown(field, before, names), _shown(field, after, names)
        if entry.action == LogEntry.Action.UPDATE:
            yield Change(_label(field), old or NOTHING, new or NOTHING)
        elif (old or new) and not _is_as_usual(field, after):
            yield Change(_label(field), old, new)


def _is_as_usual(field: models.Field[Any, Any], value: Any) -> bool:
    """Whether something new has a mark that nobody set; it is not worth a line."""
    return isinstance(field, models.BooleanField) and value == field.default


def _label(field: models.Field[Any, Any]) -> str:
    return str(field.verbose_name)


def _shown(field: models.Field[Any, Any], value: Any, names: _Names) -> str:
    """A stored value as a reader knows it."""
    if value in (None, "", "None"):
        return ""
    if isinstance(field, models.ForeignKey):
        key = (field.related_model, int(value)) if str(value).isdigit() else None
        return names.get(key, _t("(slettet)")) if key else str(value)
    if isinstance(field, models.BooleanField):
        return _t("ja") if value in (True, "True") else _t("nej")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    day = parse_date(str(value)) if isinstance(field, models.DateField) else None
    return date_format(day) if isinstance(day, datetime.date) else str(value)
