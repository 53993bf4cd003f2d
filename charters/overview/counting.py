"""Many numbers for one page, in one query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value


def counted(questions: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each queryset has, by its name; of different models as they come."""
    first, *rest = [_count(name, rows) for name, rows in questions.items()]
    numbers = first.union(*rest, all=True).order_by() if rest else first
    return {**dict.fromkeys(questions, 0), **dict(numbers)}


def _count(name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
    named = rows.order_by().annotate(name_of_count=Value(name, CharField())).values("name_of_count")
    one_row: QuerySet[Any] = named.annotate(number=Count("pk")).values_list("name_of_count", "number")
    return one_row
