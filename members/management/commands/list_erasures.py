"""``list_erasures``: who was made nameless, by key, to be kept outside the database."""

from typing import Any

from django.core.management.base import BaseCommand

from members.privacy.erasures import erasures


class Command(BaseCommand):
    help = "Print one line for each person who was anonymised; reapply_erasures reads it after a restore."

    def handle(self, **_options: Any) -> None:
        for erasure in erasures():
            self.stdout.write(erasure.line)
