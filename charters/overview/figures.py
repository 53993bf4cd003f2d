"""The numbers on top of the overview: how many of what, each a link to those it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from charters.overview import faults
from charters.overview.counting import counted
from charters.overview.scope import Scope, State, in_state
from members import shortfalls

_WORDS: dict[State, str | Promise] = {
    State.NO_GROUP: _("mangler styregruppe"),
    State.NO_CHARTER: _("mangler kommissorium"),
    State.DRAFT: _("har udkast"),
    State.REVIEW_DUE: _("skal gennemgås"),
    State.OLDER_TEXT: _("på ældre standardtekst"),
    State.OVERDUE: _("med overskredne forpligtelser"),
}


@dataclass(frozen=True)
class Figure:
    number: int
    words: str | Promise
    url: str
    state: str = ""


def figures() -> list[Figure]:
    """The numbers in words, of the whole register; one of which there are none is left out, but for how many
    things are wrong. One query, which grows with the register: no page should wait for it.
    """
    return _figures_of(counted(_questions()))


def _questions() -> dict[str, QuerySet[Any]]:
    scope = Scope.everything()
    asked: dict[str, QuerySet[Any]] = {"projects": scope.projects, "groups": scope.groups}
    for state in _WORDS:
        asked[state] = in_state(scope.groups, state) if state != State.NO_GROUP else _unsteered(scope)
    return asked | {_key(fault): rows for fault, rows in faults.rows_of(scope).items()}


def _figures_of(numbers: Mapping[str, int]) -> list[Figure]:
    home = reverse("charters:overview")
    wrong = sum(numbers[_key(fault)] for fault in faults.Fault)
    of_states = [
        Figure(numbers[state], words, f"{home}?state={state}", state)
        for state, words in _WORDS.items()
        if numbers[state]
    ]
    return [
        Figure(numbers["projects"], _("projekter"), home),
        Figure(numbers["groups"], _("grupper"), f"{reverse('members:group-list')}"),
        *of_states,
        Figure(wrong, _("ting skal rettes"), reverse("charters:mending-list")),
    ]


def _key(fault: faults.Fault) -> str:
    return f"fault {fault}"


def _unsteered(scope: Scope) -> QuerySet[Any]:
    return shortfalls.without_steering_group(scope.projects)
