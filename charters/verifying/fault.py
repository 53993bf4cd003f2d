"""What ``manage.py verify`` found to be wrong, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model, QuerySet

AT_A_TIME = 100  # an edition's document is some 30 kB


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong.

    Attributes:
        where: what it is wrong with, so that it can be found: an edition, a group, a table.
        what: what is wrong with it.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def in_parts[M: Model](rows: QuerySet[M], *, size: int = AT_A_TIME) -> Iterator[list[M]]:
    """All rows by primary key, some at a time; each part is a query of its own and no cursor stays open."""
    ordered = rows.order_by("pk")
    part = list(ordered[:size])
    while part:
        yield part
        part = list(ordered.filter(pk__gt=part[-1].pk)[:size])
