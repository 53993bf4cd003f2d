"""Put all Danish municipalities and regions in the register of organisations."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from members.public_bodies import load_public_bodies


class Command(BaseCommand):
    help = "Add the Danish municipalities and regions that the register lacks. Safe to run at any time."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(_("%(number)s organisationer tilføjet.") % {"number": load_public_bodies()})
