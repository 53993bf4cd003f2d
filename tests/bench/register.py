"""The register's pages at 30, 300 and 3,000 projects: ``python -m tests.bench.register``, on PostgreSQL.

Each size has a database and a process of its own. They take turns, a page each, a bare page of somebody who
is signed in among them, so that the machine's mood hits all alike. At 3,000 projects there are 9,000 groups
and 200,000 memberships, and some of all that can be wrong.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

SIZES = [30, 300, 3000]
ROUNDS = 15
BARE = "a bare page, signed in"


def answering(line: Connection, size: int, database: str) -> None:
    """Fill a database of one size, then ask for each page that is named: its seconds and its queries."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "os2groups.settings", "DEMO": "true", "DATABASE_URL": database}
    import_module("django").setup()
    import_module("django.core.management").call_command("migrate", verbosity=0)
    started = time.perf_counter()
    import_module("tests.bench.register_seed").seed(size)
    line.send(time.perf_counter() - started)
    client = import_module("django.test").Client(headers={"host": "127.0.0.1"})
    client.force_login(import_module("members.models").User.objects.get(email="bench@os2.example"))
    addresses = pages()
    line.send({name: queries_of(client, address) for name, address in addresses.items()})
    while name := line.recv():
        started = time.perf_counter()
        client.get(addresses[name])
        line.send(time.perf_counter() - started)


def pages() -> dict[str, str]:
    """The address of each page, by its name."""
    models, reverse = import_module("members.models"), import_module("django.urls").reverse
    group = models.WorkingGroup.objects.filter(kind="steering").order_by("pk")[7]
    return {
        BARE: reverse("members:accessibility"),
        "overview": reverse("charters:overview"),
        "overview, most to mend first": f"{reverse('charters:overview')}?sort=-rettes",
        "overview, search for a person": f"{reverse('charters:overview')}?q=person+77",
        "to be mended": reverse("charters:mending-list"),
        "group": group.get_absolute_url(),
        "project": group.project.get_absolute_url(),
        "person": group.memberships.order_by("pk")[0].person.get_absolute_url(),
    }


def queries_of(client: Any, address: str) -> int:
    """How many a page asks, once the process has asked what it remembers."""
    db, capture = import_module("django.db"), import_module("django.test.utils").CaptureQueriesContext
    client.get(address)
    with capture(db.connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def table(
    name: str, times: dict[int, list[float]], queries: dict[int, int], bare: dict[int, float]
) -> list[str]:
    lines = [f"  {name}"]
    for size in SIZES:
        cuts = statistics.quantiles(times[size], n=20)
        lines.append(
            f"    {size:5} projects   {queries[size]:3} queries   p50 {cuts[9] * 1000:7.1f} ms   "
            f"p95 {cuts[18] * 1000:7.1f} ms   {cuts[9] / bare[size]:5.1f} bare pages"
        )
    ratio = statistics.median(times[SIZES[-1]]) / statistics.median(times[SIZES[0]])
    return [*lines, f"    ratio of p50, {SIZES[-1]} to {SIZES[0]} projects: {ratio:.2f}"]


def databases(folder: Path) -> dict[int, str]:
    """An address a size, on one server."""
    address = import_module("tests.support.database").Server(folder).start().removesuffix("os2groups")
    psycopg = import_module("psycopg")
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as server:
        for size in SIZES:
            server.execute(f"CREATE DATABASE bench{size}")
    return {size: f"{address}bench{size}" for size in SIZES}


def report(lines: dict[int, Connection], queries: dict[int, dict[str, int]]) -> None:
    """Ask for each page at each size by turns, and print how it went."""
    names = list(queries[SIZES[0]])
    times: dict[str, dict[int, list[float]]] = {name: {size: [] for size in SIZES} for name in names}
    for _ in range(ROUNDS):
        for name in names:
            for size, line in lines.items():
                line.send(name)
                times[name][size].append(line.recv())
    bare = {size: statistics.median(times[BARE][size]) for size in SIZES}
    for name in names:
        counts = {size: queries[size][name] for size in SIZES}
        sys.stdout.write("\n".join(table(name, times[name], counts, bare)) + "\n")


def main() -> None:
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        lines: dict[int, Connection] = {}
        queries = {}
        for size, database in databases(Path(folder)).items():
            lines[size], theirs = context.Pipe()
            context.Process(target=answering, args=(theirs, size, database), daemon=True).start()
            theirs.close()  # so that a process that fails is heard of
            sys.stdout.write(f"{size} projects made in {lines[size].recv():.0f} s\n")
            queries[size] = lines[size].recv()
        report(lines, queries)
        for line in lines.values():
            line.send("")


if __name__ == "__main__":
    main()
