"""Delete bundles that are a week old, and the queue's own record of what it has done."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from charters.bundling import prune


class Command(BaseCommand):
    help = (
        "Delete bundles (zip files of many charters) that are more than a week old. Safe to run at any time."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"{prune()} samling(er) slettet.")
        call_command("prune_db_task_results", verbosity=0)
