"""The worker of django-tasks-db, in whose place this stands: it gives signs of life too."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as Worker

from charters.sign_of_life import give, keep_giving


class Command(Worker):
    """As there; with ``--batch`` it lives for one round of the queue, and one sign is enough."""

    def handle(self, *, batch: bool, **options: Any) -> None:
        if batch:
            give()
            super().handle(batch=batch, **options)
            return
        over = keep_giving()
        try:
            super().handle(batch=batch, **options)
        finally:
            over.set()
