"""Rights made equal to today's memberships. For every night: nobody saves a row at midnight."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from members import access


class Command(BaseCommand):
    help = "Bring rights in step with memberships and their dates, and the secretariat's with the models."

    def handle(self, **_options: Any) -> None:
        access.secretariat()
        self.stdout.write(_("Rettigheder ændret: %(number)s") % {"number": access.sync()})
