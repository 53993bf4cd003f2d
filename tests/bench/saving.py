"""Four who save without a pause, beside one alone: ``python -m tests.bench.saving``, with ``--postgres``.

Each writes in a section of their own, of one and the same draft, and waits for each answer; the server is
production's (gunicorn, two processes of four threads). What counts is the longest wait, and that no word is
missing.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

from tests.bench.machine import say, server
from tests.support.database import address_in

WRITERS, SAVES, ROUNDS, LINES = 4, 100, 3, 50


class Saver:
    """Somebody who writes a line more in a section, again and again."""

    def __init__(self, group: Any, section: Any, name: str) -> None:
        factories, asker = import_module("tests.factories"), import_module("tests.support.asker").Asker
        self.asker = asker(factories.membership(group, role="chair").person.email)
        self.address = f"{section.charter.get_absolute_url()}afsnit/{section.pk}/gem/"
        self.section, self.name = section, name
        self.base: int = section.revision
        self.words: list[str] = []
        self.statuses: Counter[int] = Counter()

    def save(self, port: int, times: list[float]) -> None:
        """A hundred saves, and how long each was waited for; a text has its last fifty lines."""
        for _ in range(SAVES):
            self.words.append(f"{self.name}-{len(self.words)}")
            body = "".join(f"<p>{word}</p>" for word in self.words[-LINES:])
            key = str(uuid.uuid4())
            started = time.perf_counter()
            status, answer = self.asker.ask(
                port,
                self.address,
                {"heading": self.section.heading, "body": body, "base": self.base, "key": key},
            )
            times.append(time.perf_counter() - started)
            self.statuses[status] += 1
            if status == 200:
                self.base = json.loads(answer)["revision"]

    def missing(self) -> int:
        self.section.refresh_from_db()
        return sum(f"<p>{word}</p>" not in self.section.body for word in self.words[-LINES:])


def measure(port: int, savers: list[Saver]) -> None:
    """One alone and all at once, by turns, each with as many saves."""
    alone: list[float] = []
    together: list[float] = []
    for _ in range(ROUNDS):
        savers[0].save(port, alone)
        with ThreadPoolExecutor(len(savers)) as people:
            list(people.map(lambda saver: saver.save(port, together), savers))
    say("", ["saves", "p50 ms", "p99 ms", "longest ms"])
    for name, times in (("one alone", alone), (f"{len(savers)} at once", together)):
        cuts = statistics.quantiles(times, n=100)
        say(name, [str(len(times)), *(f"{t * 1000:.0f}" for t in (cuts[49], cuts[98], max(times)))])
    refused = sum(n for saver in savers for status, n in saver.statuses.items() if status != 200)
    say("refused", [str(refused)])
    say("words missing", [str(sum(saver.missing() for saver in savers))])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true")
    postgres = parser.parse_args().postgres
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "DEMO": "true"}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = address_in(folder, postgres=postgres)
        import_module("django").setup()
        import_module("django.core.management").call_command("migrate", verbosity=0)
        draft = import_module("tests.factories").draft()
        sections = draft.standing_sections()[:WRITERS]
        with server(workers=2, threads=4) as site:
            sys.stdout.write(f"Saving without a pause, on {'PostgreSQL' if postgres else 'SQLite'}\n")
            measure(
                site.port, [Saver(draft.group, section, f"skriver{n}") for n, section in enumerate(sections)]
            )
        import_module("django.db").connections.close_all()


if __name__ == "__main__":
    main()
