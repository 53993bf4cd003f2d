"""The one list of what is held about people: each key to a person, what it is, and what becomes of it.

``members.privacy.declared`` fills it for the register and for what is installed; charters add their own when
they are loaded. A test walks every key to a person in the database and fails by name where none speaks of it.

Source: GDPR art. 15 and 20 (access), 17 (erasure).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import User

Paths = Mapping[Any, str]  # what a column is called, and where it stands in a row: "group.name"

_NOTHING: Paths = MappingProxyType({})


class Topic(models.TextChoices):
    """In the order of the page."""

    GROUPS = "groups", _("Grupper og projekter")
    CHARTERS = "charters", _("Kommissorier og forpligtelser")
    WRITTEN = "written", _("Skrevet og svaret")
    LOGIN = "login", _("Adgang og rettigheder")
    TRACES = "traces", _("Arbejdsfiler og spor")


class Fate(models.TextChoices):
    """What becomes of a row when the person is made nameless."""

    DELETED = "deleted", _("Slettes")
    KEPT = "kept", _("Bliver stående uden personens navn")
    NAMED = "named", _("Bliver stående med navnet")


@dataclass(frozen=True)
class Rule:
    """What is said of the rows that one key to a person holds.

    Attributes:
        model: of the rows.
        field: the key; where there is none, ``find`` says which rows they are.
        told: what is told of each row, on the page and in the file.
        filed: what is told in the file besides.
        why: the reason for keeping them.
        untold: what is not told, and that it is there: passwords, keys, salts.
        place: the path to what the row is shown in, which has a page of its own.
    """

    model: type[models.Model]
    field: str
    topic: Topic
    heading: Any
    fate: Fate
    told: Paths
    filed: Paths = _NOTHING
    why: Any = ""
    untold: Any = ""
    place: str = ""
    order: tuple[str, ...] = ("pk",)
    find: Callable[[User], models.QuerySet[Any]] | None = None

    @property
    def key(self) -> str:
        """The name that it goes by in the file and in the tests: "members.Membership.person"."""
        return f"{self.model._meta.label}.{self.field}"

    def rows(self, person: User) -> models.QuerySet[Any]:
        """All rows, in no order."""
        if self.find is not None:
            return self.find(person).order_by()
        return self.model._base_manager.filter(**{self.field: person}).order_by()

    def in_order(self, person: User) -> models.QuerySet[Any]:
        """The rows with what is told of them, read in one query."""
        paths = [*self.told.values(), *self.filed.values(), *([f"{self.place}.pk"] if self.place else [])]
        joins = {path.rpartition(".")[0].replace(".", "__") for path in paths} - {""}
        rows = self.rows(person).order_by(*self.order)
        return rows.select_related(*sorted(joins)) if joins else rows


def value_at(row: Any, path: str) -> Any:
    """What stands at a path in a row; None where something on the way is not there."""
    for name in path.split("."):
        try:
            row = getattr(row, name, None)
        except ObjectDoesNotExist:
            return None
        if callable(row):
            row = row()
    return row


@dataclass(frozen=True)
class Typed:
    """A text that people write themselves, in which anybody's name may stand."""

    model: type[models.Model]
    fields: tuple[str, ...]


_rules: dict[str, Rule] = {}
_typed: list[Typed] = []


def declare(*rules: Rule) -> None:
    """Put rules on the list, each for a key of its own."""
    _rules.update({rule.key: rule for rule in rules})


def declare_typed(model: type[models.Model], *fields: str) -> None:
    """Say where people write what they like: it is searched for names, and never changed."""
    _typed.append(Typed(model, fields))


def all_rules() -> list[Rule]:
    """In the order of the page."""
    topics = list(Topic)
    return sorted(_rules.values(), key=lambda rule: topics.index(rule.topic))


def typed_texts() -> list[Typed]:
    return list(_typed)


def keys_to_people() -> Iterator[str]:
    """Every key to a person in every installed model, ours or not, by the name its rule must have."""
    for model in apps.get_models(include_auto_created=True):
        for key in model._meta.get_fields(include_hidden=True):
            if key.concrete and key.is_relation and key.related_model is User and not model._meta.proxy:
                yield f"{model._meta.label}.{key.name}"
