"""Mail people what awaits them; safe to run at any time, twice, and on several machines at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from charters.models import Reminder
from charters.reminders.awaited import everyone
from charters.reminders.sending import Outcome, send


class Command(BaseCommand):
    help = (
        "Mail everyone what awaits them, at most once a month (or week, as each has chosen). "
        "Run it daily: whoever was mailed in their period is not mailed again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say whom it would mail")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        self._require_address()
        if dry_run:
            for awaited in everyone():
                self.stdout.write(f"{awaited.person.email}: {awaited.number}")
            return
        outcome = send(everyone())
        Reminder.objects.expired().delete()
        self.stdout.write(f"{outcome.sent} mail(s) sendt.")
        self._tell_of_failures(outcome)

    def _require_address(self) -> None:
        """Every line of a mail is a link.

        Raises:
            CommandError: nobody has said where the site is.
        """
        address = urlsplit(settings.SITE_URL)
        host = address.hostname or ""
        if address.scheme not in ("http", "https") or not host or host.startswith(".") or "*" in host:
            raise CommandError(
                "SITE_URL mangler. Sæt den til sidens adresse, fx https://arbejdsgrupper.os2.example: "
                "mailene er fulde af links."
            )

    def _tell_of_failures(self, outcome: Outcome) -> None:
        """
        Raises:
            CommandError: so that a timer notices.
        """
        said = []
        if outcome.failed:
            said.append(f"{outcome.failed} mail(s) kunne ikke sendes. De prøves igen ved næste kørsel.")
        if outcome.is_broken_off:
            said.append("Kørslen er stoppet: mailserveren svarer ikke rigtigt.")
        if given_up := Reminder.objects.given_up().count():
            said.append(f"{given_up} mail(s) er opgivet, fordi kørslen døde to gange midt i dem.")
        if said:
            raise CommandError(" ".join(said))
