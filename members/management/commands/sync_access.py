"""Rights made equal to today's memberships. For every night: nobody saves a row at midnight."""

from typing import Any

from django.core.management.base import BaseCommand

from members import access


class Command(BaseCommand):
    help = "Bring rights in step with memberships and their dates, and the secretariat's with the models."

    def handle(self, **_options: Any) -> None:
        access.secretariat()
        self.stdout.write(f"Rettigheder ændret: {access.sync()}")
