"""Put OS2's standard texts in the database, for the types of group that have none."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from charters.standard_texts import load_standard_texts


class Command(BaseCommand):
    help = "Publish OS2's standard text for each type of group that has none yet. Safe to run at any time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        added = load_standard_texts()
        for template in added:
            self.stdout.write(f"Udgivet: {template}.")
        if not added:
            self.stdout.write("Alle tre standardtekster findes i forvejen.")
