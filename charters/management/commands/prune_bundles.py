"""Delete bundles that are a week old, and the queue's record of old tasks, those of killed workers too."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from charters.bundling import prune
from charters.models.bundle import KEPT_FOR


class Command(BaseCommand):
    help = (
        "Delete bundles (zip files of many charters) that are more than a week old. Safe to run at any time."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{prune()} samling(er) slettet.")
        # A killed worker's task is taken up by another one, and itself stands as running for ever.
        DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - KEPT_FOR).delete()
        call_command("prune_db_task_results", verbosity=0)
