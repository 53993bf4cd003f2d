"""Whether anything is left of people who were made nameless that should have gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import LogEntry, User
from members.privacy.anonymising import PERSONAL
from members.privacy.rules import Fate, all_rules


def leftovers() -> Iterator[tuple[Any, int]]:
    """What is left, by its heading, and how many rows; of a register that is right, nothing.

    A database that was restored may hold again what was erased since the backup was taken.
    """
    for rule in all_rules():
        if rule.fate == Fate.DELETED and rule.find is None:
            of_the_nameless = {f"{rule.field}__anonymised_at__isnull": False}
            if left := rule.model._base_manager.filter(**of_the_nameless).count():
                yield rule.heading, left
    if left := LogEntry.objects.filter(_tells_of_the_nameless()).count():
        yield _("Loggen"), left


def _tells_of_the_nameless() -> Q:
    own_row = Q(content_type=ContentType.objects.get_for_model(User), person__anonymised_at__isnull=False)
    told = own_row & Q(changes__has_any_keys=sorted(PERSONAL))
    return told | Q(person__anonymised_at__isnull=False, remote_addr__isnull=False)
