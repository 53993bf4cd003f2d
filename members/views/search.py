"""Finding: one field for groups, projects, people and the charters in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.models import SearchEntry, User
from members.search.query import Query
from members.search.sources import Hit, Source, sources

FEW, MANY = 8, 60  # of each kind together, and of one that was asked for
LONGEST = 200  # characters of a search


@dataclass(frozen=True)
class Found:
    """What was found of one kind."""

    source: Source
    hits: Sequence[Hit]
    has_more: bool

    @classmethod
    def of(cls, source: Source, query: Query, *, reader: User | AnonymousUser, most: int) -> Found:
        entries = SearchEntry.objects.visible_to(reader).found_by(query, kind=source.kind)
        keys = list(entries.values_list("key", flat=True)[: most + 1])
        things = source.of_keys(keys[:most]) if keys else []
        return cls(source, [source.hit(thing, query) for thing in things], has_more=len(keys) > most)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the reader may know of, names before texts; open to everyone."""
    text = request.GET.get("q", "")[:LONGEST]
    query = Query.of(text)
    kind = request.GET.get("slags", "")
    asked = [source for source in sources() if source.kind == kind] or list(sources())
    most = MANY if len(asked) == 1 else FEW
    found = [Found.of(source, query, reader=request.user, most=most) for source in asked if query.clauses]
    context = {
        "q": text.strip(),
        "found": [each for each in found if each.hits],
        "is_asked": bool(query.clauses),
        "is_one_kind": len(asked) == 1,
    }
    return render(request, "members/search.html", context)
