"""Kill what runs, under load, and see that nothing is lost: ``python -m tests.crash.kill9 [--postgres]``.

Production's server (two processes of four threads), its worker and its printing processes; people who write,
adopt, join, follow up and order. One process after the other gets SIGKILL, and what does not come back by
itself is started again. Each person asks until there is an answer. Then what they were told is compared with
what is stored, and ``verify`` looks at the rest. The exit code is 0 only where all is right.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

KILLS = 20
BETWEEN = (1.0, 3.0)  # seconds
ROOT = Path(__file__).resolve().parents[2]
OF_EVERY_SITE = ["web process", "printing process", "worker", "web server"]
OF_POSTGRES = ["connection's process", "database server"]
DONE_WITHIN = 120  # seconds until a worker has found what a killed one had under way


class Site:
    """All that runs, and how each part is killed and comes back."""

    def __init__(self, database: Any) -> None:
        self.database = database
        support = import_module("tests.support.restartable")
        self.children = import_module("tests.support.asker").children
        self.web = support.Restartable(
            workers=2, threads=4, environment=os.environ, complaints=subprocess.DEVNULL
        )
        self.worker: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.web.start()
        self.start_worker()

    def start_worker(self) -> None:
        """As whatever supervises it would, where it is not running."""
        if self.worker is None or self.worker.poll() is not None:
            command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--verbosity=0"]
            self.worker = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)

    def kill(self, what: str) -> bool:
        """Kill one of a kind, and bring back what nobody else does; whether there was one."""
        match what:
            case "web server":
                self.web.kill()
                self.web.start()
            case "worker":
                return self.kill_any([self.worker.pid] if self.worker else [])
            case "database server":
                self.database.kill()
                self.database.start_again()
            case "connection's process":
                return self.kill_any(self.database.connections())
            case "web process":
                return self.kill_any(self.children(self.web.process.pid))
            case "printing process":
                parents = self.children(self.web.process.pid)
                return self.kill_any([pid for parent in parents for pid in self.children(parent)])
        return True

    def kill_any(self, processes: list[int]) -> bool:
        with suppress(ProcessLookupError, IndexError):
            os.kill(random.choice(processes), signal.SIGKILL)
            return True
        return False

    def stop(self) -> None:
        self.web.kill()
        if self.worker:
            self.worker.kill()
            self.worker.wait()


class Load:
    """A register small enough to be all in use, and the people who use it."""

    def __init__(self, port: int, stop: threading.Event) -> None:
        self.factories, self.people = import_module("tests.factories"), import_module("tests.crash.people")
        self.port, self.stop = port, stop
        access = import_module("members.access")
        self.secretary = self.factories.user(is_staff=True)
        access.place_in_secretariat(self.secretary)
        self.sections: list[Any] = []
        self.writers = [*self.of_a_section(1), *self.of_a_section(1), *self.of_a_section(3)]
        drafts = [self.factories.draft() for _ in range(2)]
        self.adopting = [draft.group for draft in drafts]
        self.adopters = [self.person("Adopting", self.chair(group), group=group) for group in self.adopting]
        self.obligation = self.factories.adopted().group.obligations.first()
        self.joining, kommune = self.factories.group(), self.factories.organisation()
        self.newcomers = [self.factories.user(login=False, organisation=kommune) for _ in range(KILLS * 50)]
        self.others = {
            "memberships": self.person(
                "Joining", self.secretary, group=self.joining, people=self.newcomers
            ),
            "follow-ups": self.person("FollowingUp", self.secretary, obligation=self.obligation),
            "zip files": self.person("Ordering", self.secretary),
        }  # fmt: skip

    def person(self, kind: str, who: Any, **about: Any) -> Any:
        return getattr(self.people, kind)(who.email, self.port, self.stop, **about)

    def of_a_section(self, writers: int) -> list[Any]:
        """A draft of its own, in which so many write in one section, each in their own paragraph."""
        section = self.factories.draft().standing_sections()[0]
        body = "".join(f"<p>Afsnit {place}.</p>" for place in range(writers))
        section.rewrite(heading=section.heading, body=body, base=section.revision, by=self.secretary)
        self.sections.append(section)
        who = [self.chair(section.charter.group), *(self.secretary for _ in range(1, writers))]
        return [self.person("Writing", one, section=section, place=n) for n, one in enumerate(who)]

    def chair(self, group: Any) -> Any:
        return group.memberships.get(role="chair").person

    def everybody(self) -> list[Any]:
        return [*self.writers, *self.adopters, *self.others.values()]

    def outcomes(self) -> dict[str, Any]:
        """By what was done: what was told, beside what is stored."""
        outcome = import_module("tests.crash.outcome")
        told = {
            "words": ([w for p in self.writers for w in p.told], outcome.words_of(self.sections)),
            "editions": ([e for p in self.adopters for e in p.told], outcome.editions_of(self.adopting)),
            "memberships": (
                self.others["memberships"].told, outcome.members_of(self.joining, self.newcomers)
            ),
            "follow-ups": (self.others["follow-ups"].told, outcome.notes_of(self.obligation.pk)),
            "zip files": (self.others["zip files"].told, outcome.orders_that_can_be_read()),
        }  # fmt: skip
        return {name: outcome.Outcome.of(*both) for name, both in told.items()}


def killing(site: Site, targets: list[str], kills: int) -> Counter[str]:
    """Kill one after the other by turns; what there was none of just then waits for its turn again."""
    killed: Counter[str] = Counter()
    waiting = [targets[n % len(targets)] for n in range(kills)]
    while waiting:
        time.sleep(random.uniform(*BETWEEN))
        site.start_worker()
        what = waiting.pop(0)
        if site.kill(what):
            killed[what] += 1
        else:
            waiting.append(what)
    site.start_worker()
    return killed


def wait_for_orders(site: Site) -> None:
    bundles = import_module("charters.models").Bundle.objects
    latest = time.monotonic() + DONE_WITHIN
    while bundles.under_way().exists() and time.monotonic() < latest:
        site.start_worker()
        time.sleep(1)


def let_go_of_the_database() -> None:
    """This process asks again when the killing is over, by new connections."""
    for connection in import_module("django.db").connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


def run(database: Any, kills: int) -> bool:
    """The whole of it, on a database that is there; whether all is right."""
    management, stop = import_module("django.core.management"), threading.Event()
    management.call_command("migrate", verbosity=0)
    site = Site(database)
    load = Load(site.web.port, stop)
    let_go_of_the_database()
    site.start()
    try:
        people = load.everybody()
        for person in people:
            person.start()
        killed = killing(site, OF_EVERY_SITE + (OF_POSTGRES if database else []), kills)
        time.sleep(2)
        stop.set()
        for person in people:
            person.join()
        wait_for_orders(site)
    finally:
        site.stop()
    say("killed " + ", ".join(f"{number} x {what}" for what, number in killed.items()))
    say("asked again: " + str(dict(sum((person.asked_again for person in people), Counter()))))
    say(f"  {'':14}{'acknowledged':>14}{'lost':>8}{'doubled':>9}{'untold':>8}")
    outcomes = load.outcomes()
    for name, (acknowledged, lost, doubled, untold) in outcomes.items():
        say(f"  {name:14}{acknowledged:14}{lost:8}{doubled:9}{untold:8}")
    wrong = [line for person in people for line in person.wrong]
    say(*wrong)
    management.call_command("verify")
    return not wrong and all(outcome.is_right and outcome.acknowledged for outcome in outcomes.values())


def say(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--kills", type=int, default=KILLS)
    given = parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "os2groups.settings", "DEMO": "true"}
    with tempfile.TemporaryDirectory() as folder:
        server = import_module("tests.crash.postgres").Mortal(Path(folder)) if given.postgres else None
        os.environ["DATABASE_URL"] = server.address() if server else f"sqlite:///{folder}/site.sqlite3"
        import_module("django").setup()
        say(f"{'PostgreSQL' if server else 'SQLite'}, {given.kills} times SIGKILL")
        is_right = run(server, given.kills)
        let_go_of_the_database()
    sys.exit(not is_right)


if __name__ == "__main__":
    main()
