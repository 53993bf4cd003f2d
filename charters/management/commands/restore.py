"""``restore FILE``: put a backup of a SQLite database in place of what is there."""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = "Replace everything in the SQLite database by a backup; PostgreSQL has pg_restore for that."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        if connection.vendor != "sqlite":
            raise CommandError(_("Brug pg_restore til PostgreSQL (README.md, Backup)."))
        if not file.is_file():
            raise CommandError(_("Filen kan ikke læses: %(file)s") % {"file": file})
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as backup:
            if not _is_whole(backup):
                raise CommandError(_("Filen er ikke en hel backup herfra: %(file)s") % {"file": file})
            connection.ensure_connection()
            backup.backup(connection.connection)  # page by page in one transaction: all of it or nothing
        call_command("migrate", verbosity=0)
        self.stdout.write(_("Genskabt. Kør nu reapply_erasures og verify."))


def _is_whole(backup: sqlite3.Connection) -> bool:
    try:
        (said,) = backup.execute("PRAGMA integrity_check(1)").fetchone()
        backup.execute("SELECT 1 FROM charters_charter")
    except sqlite3.DatabaseError:
        return False
    return bool(said == "ok")
