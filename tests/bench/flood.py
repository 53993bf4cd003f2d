"""What a flood of heavy documents does to everybody else: ``python -m tests.bench.flood``, or ``--postgres``.

Production's server, two web processes of four threads, on a small register. Four people read pages; first by
themselves, then while four others ask for the PDF of the heaviest draft that the rules let anybody write,
again and again. Turn and turn about in one run; the ratio of the two p95 is what counts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import threading
from importlib import import_module
from typing import Any

from tests.bench.machine import asked_for, say, server
from tests.support.database import address_in

SECONDS, ROUNDS = 10, 3
READERS, FLOODERS = 4, 4
PROJECTS = 30
POINTS, DEPTH = 390, 8
LINE = "Gruppen beslutter, hvad der skal ske i året."


def heaviest(drafts: Any) -> Any:
    """A draft that is as long as it may be in every section: points in points in points."""
    draft = drafts.filter(group__memberships__role="chair").select_related("group").order_by("pk")[0]
    points = "".join("<ul>" * depth + f"<li>{LINE}</li>" + "</ul>" * depth for depth in depths())
    for section in draft.standing_sections():
        section.rewrite(heading=section.heading, body=points, base=section.revision, by=None)
    return draft


def depths() -> list[int]:
    return [number % DEPTH + 1 for number in range(POINTS)]


class Flood:
    """Several who ask for the same PDF without a pause, until told to stop."""

    def __init__(self, port: int, asker: Any, path: str) -> None:
        self.port, self.asker, self.path = port, asker, path
        self.statuses: list[int] = []
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._ask) for _ in range(FLOODERS)]

    def _ask(self) -> None:
        while not self.over.is_set():
            self.statuses.append(self.asker.ask(self.port, self.path)[0])

    def __enter__(self) -> Flood:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join()


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true")
    given = parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "os2groups.settings", "DEMO": "true"}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = address_in(folder, postgres=given.postgres)
        import_module("django").setup()
        import_module("django.core.management").call_command("migrate", verbosity=0)
        import_module("tests.bench.register_seed").seed(PROJECTS)
        pages = import_module("tests.bench.register").pages()
        asker = import_module("tests.support.asker").Asker
        draft = heaviest(import_module("charters.models").Charter.objects.drafts())
        reader = asker(pages["my mandate"][0])
        chair = asker(draft.group.memberships.get(role="chair").person.email)
        tasks = [(reader, pages[name][1]) for name in ("group", "charter", "my mandate")]
        quiet: list[float] = []
        flooded: list[float] = []
        errors, documents = 0, list[int]()
        with server(workers=2, threads=4) as site:
            chair.ask(site.port, f"{draft.get_absolute_url()}pdf/")
            asked_for(site.port, tasks, 2, askers=READERS)  # warm
            for _round in range(ROUNDS):
                times, wrong = asked_for(site.port, tasks, SECONDS, askers=READERS)
                quiet += times
                with Flood(site.port, chair, f"{draft.get_absolute_url()}pdf/") as flood:
                    more, wrong_too = asked_for(site.port, tasks, SECONDS, askers=READERS)
                flooded += more
                errors += wrong + wrong_too
                documents += flood.statuses
        say("PostgreSQL" if given.postgres else "SQLite", ["p50 ms", "p95 ms", "answers"])
        for name, times in (("nobody else", quiet), ("with the flood", flooded)):
            median = statistics.median(times) * 1000
            say(name, [f"{median:.0f}", f"{p95(times) * 1000:.0f}", str(len(times))])
        made = sum(status == 200 for status in documents)
        say("p95 to p95", [f"{p95(flooded) / p95(quiet):.2f}"])
        say("documents made", [str(made), f"{len(documents) - made} refused", f"{errors} errors"])
        import_module("django.db").connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
