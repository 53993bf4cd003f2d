"""``copy_from URL``: move from one database to another, from SQLite to PostgreSQL above all."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from charters.moving import MoveError, copy_from


class Command(BaseCommand):
    help = "Fill the empty database in DATABASE_URL with everything that another one has."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="The other database, as DATABASE_URL would have it.")

    def handle(self, *_args: Any, url: str, **_options: Any) -> None:
        call_command("migrate", verbosity=0)
        total = 0
        try:
            for table, count in copy_from(url):
                total += count
                self.stdout.write(f"{count:>9} {table}")
        except MoveError as error:
            raise CommandError(str(error)) from error
        call_command(
            "migrate", verbosity=0
        )  # whatever is derived after each migrate is derived of these rows
        self.stdout.write(_("%(total)d rækker er kopieret. Kør nu verify.") % {"total": total})
