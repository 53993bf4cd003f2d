"""OPERATIONS.md says nothing that does not work."""

from __future__ import annotations

import re
import shlex
from io import StringIO
from pathlib import Path

from django.core.management import call_command, get_commands, load_command_class
from django.test import SimpleTestCase

from os2groups import health, request_log
from os2groups.settings import LOGGING
from tests import factories
from tests.cast import CastCase

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "OPERATIONS.md").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^ {4}.*?python manage\.py ([^\n#;>]+)", PAGE, re.MULTILINE)


def nightly() -> list[str]:
    """The commands under the heading of that name."""
    _, _, rest = PAGE.partition("## Every night")
    return re.findall(r"^ {4}python manage\.py (\w+)", rest.partition("\n## ")[0], re.MULTILINE)


class CommandTests(SimpleTestCase):
    def test_every_command_exists_and_takes_what_it_is_given(self) -> None:
        assert len(COMMANDS) > 10
        for line in COMMANDS:
            name, *arguments = shlex.split(line)
            if name != "$c":  # of the crontab's loop
                with self.subTest(command=name):
                    command = load_command_class(get_commands()[name], name)
                    command.create_parser("manage.py", name).parse_args(arguments)

    def test_the_crontab_runs_every_command_of_the_night(self) -> None:
        looped = re.search(r"for c in ([\w ]+);", PAGE)
        assert looped
        kept = re.findall(r"^ {4}\d+ .* python manage\.py (\w+) > ", PAGE, re.MULTILINE)
        assert looped[1].split() + kept == nightly()

    def test_every_service_that_is_named_is_there(self) -> None:
        for service in ("web", "worker", "database", "prepare"):
            assert re.search(rf"^  {service}:$", COMPOSE, re.MULTILINE)
        assert 'CMD ["gunicorn", "os2groups.wsgi"' in (ROOT / "Dockerfile").read_text(encoding="utf-8")

    def test_every_part_of_the_health_address_is_shown(self) -> None:
        for part in health.PARTS:
            assert f'"{part}": {{"ok": true' in PAGE

    def test_the_line_that_is_shown_is_as_the_log_writes_it(self) -> None:
        assert (
            LOGGING["formatters"]["line"]["format"] == "{asctime} {levelname} {name} {request_id}: {message}"
        )
        assert f"INFO {request_log.logger.name} 3db27a80678a7258: GET /grupper/" in PAGE


class NightTests(CastCase):
    def test_every_command_of_the_night_runs_and_runs_again(self) -> None:
        factories.adopted(self.cast.steering)
        assert len(nightly()) == 7
        for _ in range(2):
            for name in nightly():
                with self.subTest(command=name):
                    call_command(name, stdout=StringIO())
