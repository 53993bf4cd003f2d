"""``backup FILE``: a copy of a SQLite database, whole while others write."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Copy the SQLite database to a new file, as it is at one moment; PostgreSQL has pg_dump for that."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(_("Brug pg_dump til PostgreSQL (README.md, Backup)."))
        if file.exists():
            raise CommandError(_("Filen findes allerede: %(file)s") % {"file": file})
        unfinished = file.with_name(f"{file.name}.part")
        unfinished.unlink(missing_ok=True)
        try:
            with connection.cursor() as cursor:
                # Of one moment, and nobody waits; a copied file would lack what is in the log beside it.
                cursor.execute("VACUUM INTO %s", [str(unfinished)])
            unfinished.rename(file)
        except (DatabaseError, OSError) as error:
            unfinished.unlink(missing_ok=True)
            raise CommandError(_("Filen kan ikke skrives: %(why)s") % {"why": error}) from error
        self.stdout.write(_("Gemt: %(file)s") % {"file": file})
