"""How it stands with a group's charter, in one mark and a few words, the same in every list."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from charters.models import Charter


@dataclass(frozen=True)
class CharterState:
    """The state of a status mark, its words, and where the charter is read."""

    mark: str
    label: str
    url: str = ""


def no_charter() -> CharterState:
    return CharterState("missing", _("Intet vedtaget"))


def state_of(charter: Charter) -> CharterState:
    """The state of a draft, an edition in force or one that was retired."""
    if charter.is_draft:
        return CharterState("draft", _("Udkast"))
    if charter.is_due_for_review():
        return CharterState("due", _("Vedtaget, skal gennemgås"), charter.get_absolute_url())
    if charter.is_review_near():
        return CharterState("adopted", _("Vedtaget, gennemgås snart"), charter.get_absolute_url())
    if charter.state == Charter.State.ADOPTED:
        return CharterState("adopted", _("Vedtaget"), charter.get_absolute_url())
    return CharterState("retired", _("Ophørt"), charter.get_absolute_url())
