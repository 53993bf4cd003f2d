"""``reapply_erasures FILE``: after a restore, make those nameless again who have been so since the backup."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from members.privacy.erasures import Erasure, reapply


class Command(BaseCommand):
    help = "Anonymise again whoever list_erasures has told of; safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
            done, left = reapply([Erasure.read(line) for line in lines if line.strip()])
        except OSError as error:
            raise CommandError(_("Filen kan ikke læses: %(file)s") % {"file": file}) from error
        except ValueError as error:
            raise CommandError(_("Linjen kan ikke læses: %(line)s") % {"line": error}) from error
        self.stdout.write(_("Anonymiseret igen: %(number)d") % {"number": done})
        for person, why in left.items():
            self.stdout.write(_("Person %(person)d: %(why)s") % {"person": person, "why": " ".join(why)})
        if left:
            raise CommandError(_("Ikke alle kunne anonymiseres. Gør det i registret."))
