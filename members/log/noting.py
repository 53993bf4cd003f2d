"""Writing in the log what was done without a row being changed."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from members.models import LogEntry, User


def note(act: models.TextChoices, about: models.Model | None = None, **said: Any) -> None:
    """Write an act in the log; never what a draft says, nor anything secret.

    Args:
        act: of a vocabulary that is known.
        about: what it was done to; nothing for what concerns the whole register.
        said: fields of the entry. ``actor`` is whoever acts now; ``group``, ``project`` and ``person`` are
            those whose pages tell of it, and follow from ``about`` where that is of the register;
            ``additional_data`` is what else is told, as labels and values.
    """
    fields: dict[str, Any] = {"action": LogEntry.Action.ACCESS, "act": act.value, **said}
    if about is None:
        kind = ContentType.objects.get_for_model(User)
        fields = LogEntry.objects.who_and_when() | fields
        LogEntry.objects.create(content_type=kind, object_pk="", **fields)
    else:
        LogEntry.objects.log_create(about, force_log=True, **fields)
