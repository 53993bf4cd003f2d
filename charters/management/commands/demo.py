"""The demo in one command: a database with everything in it, a running server, and who to sign in as."""

from __future__ import annotations

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from charters.demo.cast import LOGINS, PEOPLE
from charters.demo.stage import PASSWORD, is_staged, stage
from charters.demo.worker import start_beside
from members.models import User

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Migrate, load the demo once, and serve it. What you write in the demo stays until the next time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="The next free one when it is taken.")
        parser.add_argument("--no-serve", action="store_true", help="Only make the database ready.")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Start demoen som en proces for sig: python manage.py demo.")
        call_command("migrate", verbosity=0)
        if not is_staged():
            if User.objects.exists():
                raise CommandError("Databasen er ikke tom. Demoen lægges kun i en tom database.")
            self.stdout.write("Indlæser demoen (en gang for alle) …")
            stage()
        port = _free_port(options["port"])
        address = f"http://{HOST}:{port}"
        self._announce(address)
        if not options["no_serve"]:
            os.environ.setdefault("SITE_URL", address)  # where the links in its mails lead
            start_beside()
            _serve(port)

    def _announce(self, address: str) -> None:
        self.stdout.write(
            f"\nOS2arbejdsgrupper kører på {address}/\n\nLog ind med adgangskoden {PASSWORD} som\n"
        )
        width = max(len(PEOPLE[login.name].email) for login in LOGINS)
        for login in LOGINS:
            self.stdout.write(f"  {PEOPLE[login.name].email:<{width}}  {login.what}")
        self.stdout.write("\nMails skrives her i vinduet. Stop med Ctrl+C; det, du har skrevet, bliver.\n")
        self.stdout.flush()


def _free_port(wanted: int) -> int:
    """The wanted port, or the first free one after it.

    Raises:
        CommandError: twenty in a row are taken.
    """
    for port in range(wanted, wanted + 20):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise CommandError(f"Portene {wanted}-{wanted + 19} er optaget. Vælg en anden med --port.")


def _serve(port: int) -> None:
    """Become the server that production runs, until Ctrl+C."""
    command = [sys.executable, "-m", "gunicorn", "os2groups.wsgi", f"--bind={HOST}:{port}"]
    command += ["--workers=1", "--threads=8", "--log-level=warning", "--no-control-socket"]
    os.execv(sys.executable, command)  # noqa: S606 - every word of it is ours
