"""How many rows hang on a row, counted for those that are shown and not for the whole table."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def how_many(model: type[models.Model], relation: str, *, when: Q, of: str = "pk") -> Coalesce:
    """For ``annotate``: the number of related rows, by a query of its own for each row of a page.

    (A join and a GROUP BY would count all of them before the page is cut out.)

    Args:
        model: whose rows are listed.
        relation: the way back to the rows that are counted, such as ``"memberships"``.
        when: which of them count.
        of: what is counted of them, each once.
    """
    key: Any = model._meta.get_field(relation)
    rows = key.related_model._base_manager.filter(when, **{key.field.name: OuterRef("pk")})
    counted = rows.order_by().values(key.field.name).annotate(number=Count(of, distinct=True))
    return Coalesce(Subquery(counted.values("number")), 0)
