"""What a Word file says in its head, beside what the draft says there."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from charters.models import Charter, WordFile
from charters.word_origin import FACTS, digest, said
from members.models import Project

_LABELS = {
    "project_name": _lazy("Projektets navn"),
    "level": _lazy("Produktniveau"),
    "dated_on": _lazy("Dato"),
    "reason": _lazy("Hvorfor en ny udgave"),
}
_UNREAD = {
    "project_name": _lazy("»%(words)s« kan ikke læses som et navn: Et navn er én linje på højst 160 tegn."),
    "level": _lazy(
        "»%(words)s« kan ikke læses som et produktniveau: Skriv Sandkasse eller Niveau 1, 2 eller 3."
    ),
    "dated_on": _lazy("»%(words)s« kan ikke læses som en dato: Skriv den som 24. november 2026."),
    "reason": _lazy("»%(words)s« kan ikke læses: En begrundelse er én linje på højst 500 tegn."),
}


@dataclass
class Fact:
    """A field of the heading that the file has otherwise than the draft."""

    name: str
    label: str
    value: str  # as it is stored; a day as ISO has it
    words: str
    now: str  # what the draft says
    is_ticked: bool


@dataclass(frozen=True)
class Remark:
    """What is to be said of a field of the heading that cannot be taken over, or not whole."""

    label: str
    words: str


def facts_of(file: WordFile, *, ticked: Collection[str] | None = None) -> list[Fact]:
    """The fields that the file has otherwise, but for those in which only the draft was written since.

    Args:
        file: what was read.
        ticked: the names of those that somebody ticked; None where nobody was asked yet.
    """
    origin = file.content.get("origin") or {}
    before = origin.get("facts", {})
    found = []
    for name, now in _standing(file.charter).items():
        value = file.content.get(name, "")
        if value in ("", now) or before.get(name) == digest(value):
            continue
        # The reason for the edition that a file was made from is seldom the reason for the next.
        is_ticked = (name != "reason" or bool(before)) if ticked is None else name in ticked
        found.append(Fact(name, str(_LABELS[name]), value, _said(name, value), _said(name, now), is_ticked))
    return found


def remarks_on(file: WordFile) -> list[Remark]:
    """What in the head could not be read, was read in part, or stands empty where the draft has something."""
    return list(_remarks(file))


def _remarks(file: WordFile) -> Iterator[Remark]:
    unread, empty = file.content.get("unread", {}), file.content.get("empty", [])
    before = (file.content.get("origin") or {}).get("facts", {})
    for name, now in _standing(file.charter).items():
        label, value = str(_LABELS[name]), file.content.get(name, "")
        if name in unread and value:
            part = _("I filen står »%(words)s«. Kun »%(read)s« kan læses.")
            yield Remark(label, part % {"words": unread[name], "read": _said(name, value)})
        elif name in unread:
            yield Remark(label, str(_UNREAD[name]) % {"words": unread[name]})
        elif name in empty and now and before.get(name) != digest(""):
            stays = _("Feltet er ikke udfyldt i filen. Udkastets »%(now)s« bliver stående.")
            yield Remark(label, stays % {"now": _said(name, now)})
    for name in set(FACTS) - set(_standing(file.charter)):
        words = unread.get(name) or file.content.get(name, "")
        if words not in ("", said(file.charter, name)):
            has_none = _("»%(words)s« kan ikke hentes ind: Udkastet har ikke det felt.")
            yield Remark(
                str(_LABELS[name]), has_none % {"words": _said(name, words) if name not in unread else words}
            )


def _standing(charter: Charter) -> dict[str, str]:
    """What the draft says in the fields that it has."""
    names = [name for name in FACTS if _concerns(charter, name)]
    return {name: said(charter, name) for name in names}


def _concerns(charter: Charter, name: str) -> bool:
    if name == "level":
        return charter.group.project_id is not None
    return name != "reason" or charter.follows_another


def as_stored(fact: Fact) -> Any:
    """The value as the charter has it."""
    return datetime.date.fromisoformat(fact.value) if fact.name == "dated_on" else fact.value


def _said(name: str, value: str) -> str:
    """What stands in a field of the heading, for a reader."""
    if not value:
        return ""
    if name == "level":
        return str(Project.Level(value).label)
    return date_format(datetime.date.fromisoformat(value)) if name == "dated_on" else value
