"""What is written where only some may read it. The matrix looks for it in every answer that others get."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from charters.models import CalendarAddress, Charter, CharterTemplate
from tests import factories
from tests.cast import Cast

OFFICE = frozenset({"åse", "øjvind"})
STYRE, FAG = OFFICE | {"karen", "jonas"}, OFFICE | {"nadia"}


@dataclass(frozen=True)
class Secret:
    """Words that stand somewhere in the database, and the roles that may read them, on whatever page."""

    words: str
    readers: frozenset[str]

    def is_given_away_by(self, response: Any, *, to: str) -> bool:
        return to not in self.readers and not response.streaming and self.words.encode() in response.content


def secrets_of(cast: Cast, *, closed: str) -> list[Secret]:
    """Write each secret where it belongs.

    Args:
        cast: with what ``tests.access.world.things_of`` adds.
        closed: the address of the closed group.
    """
    for slug, word in (
        (cast.steering.slug, "styrekladdeord"),
        (cast.professional.slug, "fagkladdeord"),
        (closed, "arkivkladdeord"),
    ):
        draft = Charter.objects.get(group__slug=slug, state=Charter.State.DRAFT)
        draft.sections.filter(pk=draft.standing_sections()[1].pk).update(body=f"<p>{word}</p>")
    text = CharterTemplate.objects.get(state=CharterTemplate.State.DRAFT)
    text.sections.filter(pk=text.standing_sections()[1].pk).update(body="<p>skabelonkladdeord</p>")
    factories.follow_up(cast.steering.obligations.all()[0], note="opfølgningsord")
    cast.steering.memberships.filter(person=cast.soeren).update(handover_note="overleveringsord")
    return [
        Secret(cast.professional.name, FAG),
        Secret("styrekladdeord", STYRE),
        Secret("fagkladdeord", FAG),
        Secret("arkivkladdeord", STYRE),
        Secret("skabelonkladdeord", OFFICE),
        Secret("opfølgningsord", STYRE),
        Secret("overleveringsord", STYRE),
        Secret(cast.karen.email, STYRE),
        Secret(cast.karen.phone, STYRE),
        Secret(cast.nadia.email, FAG),
        Secret(CalendarAddress.objects.get().token, frozenset({"karen"})),
        Secret("bo@kommune.example", frozenset({"åse"})),  # in the list that waits for Åse
    ]
