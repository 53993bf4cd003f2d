"""All that is held about one person, for the page and for the file.

Source: GDPR art. 15 (what is held, and why) and art. 20 (a file that machines read).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from members.models import User
from members.privacy.rules import Fate, Rule, Topic, all_rules, value_at

SHOWN = 10  # rows of a kind on the page; all are in the file
_WORDS = 30  # of a text on the page

# The person's own row. What is not told is secret, or made of what is told.
OWN: dict[Any, str] = {
    _("Navn"): "name",
    _("E-mail"): "email",
    _("Organisation"): "organisation.name",
    _("Stilling"): "title",
    _("Telefon"): "phone",
    _("Nummer"): "pk",
    _("Oprettet"): "date_joined",
    _("Inviteret"): "invited_at",
    _("Senest logget ind"): "last_login",
    _("Aktiv"): "is_active",
    _("Har en adgangskode"): "has_usable_password",
    _("Ansat i sekretariatet"): "is_staff",
    _("Superbruger"): "is_superuser",
    _("Mails om det, der venter"): "get_mail_rhythm_display",
    _("Anonymiseret"): "anonymised_at",
    _("Anonymiseret af"): "anonymised_by.name",
}


@dataclass(frozen=True)
class Kind:
    """What one key holds, as the page shows it."""

    rule: Rule
    count: int
    rows: list[list[tuple[str, str]]]  # each with what its column is called

    @property
    def columns(self) -> list[str]:
        return [str(label) for label in self.rule.told]

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows)

    @property
    def fate(self) -> str:
        """What becomes of it when the person is anonymised, and why, where it is not simply deleted."""
        said = Fate(self.rule.fate).label
        return f"{said}. {self.rule.why}" if self.rule.why else f"{said}."


@dataclass(frozen=True)
class Heap:
    """The kinds of one topic of which there is something."""

    topic: Topic
    kinds: list[Kind]


@dataclass(frozen=True)
class Held:
    """The page of what is held about a person."""

    own: list[tuple[str, str]]
    heaps: list[Heap]
    nothing_of: list[str]  # kinds of which there is nothing

    @classmethod
    def about(cls, person: User) -> Held:
        """Read it: one query for how much there is of each kind, and one for each kind there is."""
        rules = all_rules()
        counts = _counts(rules, person)
        kinds = [_kind(rule, person, count) for rule in rules if (count := counts.get(rule.key, 0))]
        heaps = [Heap(topic, [kind for kind in kinds if kind.rule.topic == topic]) for topic in Topic]
        return cls(
            own=[(str(label), _shown(value_at(person, path))) for label, path in OWN.items()],
            heaps=[heap for heap in heaps if heap.kinds],
            nothing_of=[str(rule.heading) for rule in rules if rule.key not in counts],
        )


def _counts(rules: list[Rule], person: User) -> dict[str, int]:
    """How many rows there are by each rule that has any."""
    first, *rest = [
        rule.rows(person)
        .annotate(of_rule=Value(number))
        .values("of_rule")
        .annotate(how_many=Count("pk"))
        .values_list("of_rule", "how_many")
        for number, rule in enumerate(rules)
    ]
    counts = first.union(*rest, all=True).order_by("of_rule")
    return {rules[number].key: count for number, count in counts if count}


def _kind(rule: Rule, person: User, count: int) -> Kind:
    rows = rule.in_order(person)[:SHOWN]
    told = [(str(label), path) for label, path in rule.told.items()]
    return Kind(rule, count, [[(label, _shown(value_at(row, path))) for label, path in told] for row in rows])


def _shown(value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _t("ja") if value else _t("nej")
    if isinstance(value, datetime.datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return date_format(value)
    return Truncator(str(value)).words(_WORDS)


def in_full(person: User) -> dict[str, Any]:
    """All of it, as plain data: every kind is named, also one of which there is nothing."""
    return {
        _t("trukket"): timezone.now(),
        _t("person"): {str(label): _plain(value_at(person, path)) for label, path in OWN.items()},
        _t("oplysninger"): list(_kinds_in_full(person)),
    }


def _kinds_in_full(person: User) -> Iterator[dict[str, Any]]:
    for rule in all_rules():
        paths = {**rule.told, **rule.filed}
        rows = [
            {str(label): _plain(value_at(row, path)) for label, path in paths.items()}
            for row in rule.in_order(person)
        ]
        said = {
            _t("nøgle"): rule.key,
            _t("overskrift"): str(rule.heading),
            _t("ved anonymisering"): Fate(rule.fate).label,
            _t("hvorfor"): str(rule.why),
            _t("ikke med"): str(rule.untold),
            _t("antal"): len(rows),
            _t("rækker"): rows,
        }
        yield {label: value for label, value in said.items() if value != ""}


def _plain(value: Any) -> Any:
    """A value as JSON has it."""
    is_plain = value is None or isinstance(value, str | int | bool | dict | list | datetime.date)
    return value if is_plain else str(value)
