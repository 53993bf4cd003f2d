"""How far one machine carries: ``python -m tests.bench.machine``, with ``--postgres`` on PostgreSQL.

Production's server (gunicorn) on a register of 3,000 projects, on this machine, and so is who asks:

1. one, two and four web processes asked for the same mix of pages, without a pause and then, whether or not
   the last were answered, half as often as that went, each beside the reference page (tests.bench.reference);
2. two servers with nothing in common but the database: people ask now the one, now the other, one is killed
   (on PostgreSQL), and what was acknowledged is looked for in the other;
3. the memory of one web process over 10,000 requests.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from tests.support.database import address_in

PROJECTS = 3000
ASKERS = 8
IN_THE_AIR = 64  # requests at most that wait for an answer
SECONDS = 10
PROCESSES = [1, 2, 4]
REQUESTS = 10_000
LOOKED_AT = [1000, 2500, 5000, 7500, 10_000]
SAVES = 200

HEADS = ["p50 ms", "p95 ms", "p99 ms", "errors"]
MIX = ["groups", "people", "group", "project", "person", "charter", "obligations", "my mandate", "overview"]


@contextmanager
def server(**size: int) -> Iterator[Any]:
    made = import_module("tests.support.restartable").Restartable(**size, environment=os.environ)
    made.start()
    try:
        yield made
    finally:
        made.kill()


def asked_for(
    port: int, tasks: list[tuple[Any, str]], seconds: float, *, askers: int = ASKERS
) -> tuple[list[float], int]:
    """Several ask without a pause, each going round the pages: the seconds of each answer, and the errors."""
    until = time.perf_counter() + seconds
    times: list[float] = []
    errors: list[int] = []

    def go_round(first: int) -> None:
        for asker, path in itertools.islice(itertools.cycle(tasks), first, None):
            started = time.perf_counter()
            if started > until:
                return
            status, _content = asker.ask(port, path)
            times.append(time.perf_counter() - started)
            if status != 200:
                errors.append(status)

    threads = [threading.Thread(target=go_round, args=(n,)) for n in range(askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(errors)


def asked_steadily(
    port: int, tasks: list[tuple[Any, str]], seconds: float, *, rate: float
) -> dict[str, tuple[list[float], int]]:
    """So many a second are asked, come what may: by page the seconds since each was due, and the errors."""
    started = time.perf_counter()

    def ask(number: int) -> tuple[str, float, int]:
        due = started + number / rate
        time.sleep(max(0, due - time.perf_counter()))
        asker, path = tasks[number % len(tasks)]
        status, _content = asker.ask(port, path)
        return path, time.perf_counter() - due, status

    with ThreadPoolExecutor(IN_THE_AIR) as people:
        answers = list(people.map(ask, range(int(rate * seconds))))
    return {
        path: (
            [took for of, took, _status in answers if of == path],
            sum(status != 200 for of, _took, status in answers if of == path),
        )
        for _asker, path in tasks
    }


def throughput(tasks: list[tuple[Any, str]]) -> None:
    reference = [(asker, import_module("tests.bench.reference").PATH) for asker, _path in tasks]
    say("web processes", ["requests/s", *HEADS, "reference/s", "to it"])
    for processes in PROCESSES:
        with server(workers=processes, threads=4) as site:
            asked_for(site.port, tasks, 2)  # warm
            of_reference, failed = asked_for(site.port, reference, SECONDS)
            times, errors = asked_for(site.port, tasks, SECONDS)
            rate, reference_rate = len(times) / SECONDS, len(of_reference) / SECONDS
            steady = asked_steadily(site.port, tasks, 2 * SECONDS, rate=rate / 2)
        beside = [f"{reference_rate:.0f}", f"{rate / reference_rate:.2f}"]
        say(str(processes), [f"{rate:.0f}", *in_words((times, errors + failed)), *beside])
        say("  half as many", [f"{rate / 2:.0f}", *in_words(*steady.values())])
        *others, heaviest = sorted(steady.values(), key=lambda one: statistics.median(one[0]))
        say("  but for the heaviest", ["", *in_words(*others)])
        say("  the heaviest alone", ["", *in_words(heaviest)])


def in_words(*measured: tuple[list[float], int]) -> list[str]:
    cuts = statistics.quantiles([took for times, _errors in measured for took in times], n=100)
    errors = sum(errors for _times, errors in measured)
    return [*(f"{cuts[at] * 1000:.0f}" for at in (49, 94, 98)), str(errors)]


def side_by_side(chair: Any, draft: Any) -> None:
    """Save by turns at two servers, kill one halfway, and count what is missing at the other."""
    section = draft.standing_sections()[0]
    address = f"{draft.get_absolute_url()}afsnit/{section.pk}/gem/"
    base, acknowledged, asked_again = section.revision, 0, 0
    with server(workers=1, threads=4) as one, server(workers=1, threads=4) as other:
        ports = itertools.cycle([one.port, other.port])
        for number in range(SAVES):
            if number == SAVES // 2:
                one.kill()
            body = "".join(f"<p>ord-{n}</p>" for n in range(number + 1))
            sent = {"heading": section.heading, "body": body, "base": base, "key": str(uuid.uuid4())}
            while True:
                try:
                    status, content = chair.ask(next(ports), address, sent)
                except OSError:
                    asked_again += 1  # as the page and a load balancer do
                    continue
                break
            if status == 200:
                acknowledged += 1
                base = import_module("json").loads(content)["revision"]
        _status, page = chair.ask(other.port, draft.get_absolute_url())
    missing = [n for n in range(SAVES) if f"ord-{n}<" not in page]
    numbers = [str(SAVES), str(acknowledged), str(asked_again), str(len(missing))]
    say("two servers, one killed", ["saves", "saved", "asked again", "missing"])
    say("", numbers)


def memory(tasks: list[tuple[Any, str]]) -> None:
    """What one web process holds, after so many requests."""
    say("requests of one process", [str(n) for n in LOOKED_AT])
    with server(workers=1, threads=4) as site:
        (worker,) = import_module("tests.support.asker").children(site.process.pid)
        told = []
        lock, numbers = threading.Lock(), itertools.count(1)

        def go_on() -> None:
            while (number := next(numbers)) <= REQUESTS:
                asker, path = tasks[number % len(tasks)]
                asker.ask(site.port, path)
                if number in LOOKED_AT:
                    with lock:
                        told.append((number, held(worker)))

        threads = [threading.Thread(target=go_on) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    say("MB held", [f"{size / 1e6:.0f}" for _number, size in sorted(told)])


def held(pid: int) -> int:
    """The bytes in memory, shared ones too."""
    done = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(done.stdout) * 1024


def say(name: str, numbers: list[str]) -> None:
    sys.stdout.write(f"  {name:26}" + "".join(f"{number:>12}" for number in numbers) + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--projects", type=int, default=PROJECTS)
    given = parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "DEMO": "true"}
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = address_in(folder, postgres=given.postgres)
        import_module("django").setup()
        import_module("django.core.management").call_command("migrate", verbosity=0)
        import_module("tests.bench.register_seed").seed(given.projects)
        register, models = import_module("tests.bench.register"), import_module("charters.models")
        pages = register.pages()
        draft = models.Charter.objects.drafts().filter(group__memberships__role="chair").order_by("pk")[0]
        asker = import_module("tests.support.asker").Asker
        askers = {email: asker(email) for email in {pages[name][0] for name in MIX}}
        tasks = [(askers[pages[name][0]], pages[name][1]) for name in MIX]
        chair = askers[pages["my mandate"][0]]
        name = "PostgreSQL" if given.postgres else "SQLite"
        sys.stdout.write(
            f"{name}, {given.projects} projects: {ASKERS} ask without a pause, {', '.join(MIX)}\n"
        )
        throughput(tasks)
        side_by_side(chair, draft)
        memory(tasks)
        import_module("django.db").connections.close_all()


if __name__ == "__main__":
    main()
