"""``check_document FILE``: is this PDF or JSON the edition it says it is?"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from charters.checking import Finding, check
from charters.models import Charter


class Command(BaseCommand):
    help = "Check that a PDF or JSON is an adopted edition; the exit code is 0 only where it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            verdict = check(file.read_bytes(), among=Charter.objects.all())
        except OSError as error:
            raise CommandError(_("Filen kan ikke læses: %(file)s") % {"file": file}) from error
        if not verdict.is_same or verdict.edition is None:
            raise CommandError(_REASONS[verdict.finding]())
        edition = verdict.edition
        self.stdout.write(f"{edition}: {edition.get_state_display()}. {edition.fingerprint}")


_REASONS = {
    Finding.CHANGED: lambda: _("Filen giver sig ud for en udgave, vi kender, men er ændret."),
    Finding.UNKNOWN: lambda: _("Filen er ikke en udgave, vi kender."),
    Finding.UNREADABLE: lambda: _("Filen er hverken en PDF eller JSON herfra."),
}
