"""The pages at 30, 300 and 3,000 projects: ``python -m tests.bench.register``, with ``--postgres`` on that.

``--ten-times`` compares 3,000 with 30,000: what grows there.

Each size has a database and a process of its own. They take turns, a page each, the reference page
(``tests.bench.reference``) among them, so that the machine's mood hits all alike. At 3,000 projects there are
9,000 groups, 21,000 people, 200,000 memberships and 48,000 editions, and some of all that can be wrong.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

SIZES = [30, 300, 3000]
TEN_TIMES = [3000, 30_000]
ROUNDS = 15
REFERENCE = "reference page"

Page = tuple[str, str]  # who asks, by e-mail, and the address


def answering(line: Connection, size: int, database: str) -> None:
    """Fill a database of one size, then ask for each page that is named: its seconds and its queries."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "DEMO": "true", "DATABASE_URL": database}
    import_module("django").setup()
    import_module("django.core.management").call_command("migrate", verbosity=0)
    started = time.perf_counter()
    import_module("tests.bench.register_seed").seed(size)
    line.send(time.perf_counter() - started)
    asked = pages()
    signed_in = import_module("tests.support.asker").signed_in
    clients = {email: signed_in(email) for email in {email for email, _address in asked.values()}}
    line.send({name: queries_of(clients[email], address) for name, (email, address) in asked.items()})
    while name := line.recv():
        email, address = asked[name]
        started = time.perf_counter()
        clients[email].get(address)
        line.send(time.perf_counter() - started)


def pages() -> dict[str, Page]:
    """Who asks for what, by the name of the page: the secretariat, and a group's chair."""
    members, charters = import_module("members.models"), import_module("charters.models")
    reverse, reference = import_module("django.urls").reverse, import_module("tests.bench.reference")
    group = members.WorkingGroup.objects.filter(kind="steering").order_by("pk")[7]
    edition = charters.Charter.objects.adopted().filter(group__kind="steering").order_by("pk")[3]
    draft = charters.Charter.objects.drafts().filter(group__memberships__role="chair").order_by("pk")[0]
    person = group.memberships.order_by("pk")[0].person
    ours, chair = "bench@os2.example", chair_of(draft.group)
    people = reverse("members:person-list")
    last = members.User.objects.count() // 25
    of = {
        "the front page": reverse("members:front-page"),
        "search, found": f"{reverse('members:search')}?q=forpligtelsen+kvalitet",
        "search, nothing found": f"{reverse('members:search')}?q=findesikke",
        "search, a person": f"{reverse('members:search')}?q=person+77",
        "groups": reverse("members:group-list"),
        "projects": reverse("members:project-list"),
        "people": people,
        "people, the last page": f"{people}?page={last}",
        "people, search": f"{people}?q=ågesen",
        "overview": reverse("charters:overview"),
        "overview, most to mend first": f"{reverse('charters:overview')}?sort=-rettes",
        "overview, search for a person": f"{reverse('charters:overview')}?q=person+77",
        "to be mended": reverse("charters:mending-list"),
        "group": group.get_absolute_url(),
        "project": group.project.get_absolute_url(),
        "person": person.get_absolute_url(),
        "all that is held about a person": reverse("members:person-held", args=[person.pk]),
        "charter": edition.get_absolute_url(),
        "charter, the PDF": reverse("charters:edition-pdf", args=[edition.group.slug, edition.number]),
        "charter, as data": reverse("charters:edition-json", args=[edition.group.slug, edition.number]),
        "obligations": reverse("charters:obligation-list", args=[edition.group.slug]),
        "governance answers": reverse("charters:governance-report", args=[group.project.slug]),
        "log": reverse("members:log"),
        "log, about a person": f"{reverse('members:log')}?q=person+77",
        "log, nothing found": f"{reverse('members:log')}?q=findesikke",
        "log of a group": reverse("members:group-log", args=[group.slug]),
    }
    of_chair = {"my mandate": reverse("charters:mandate"), "draft": draft.get_absolute_url()}
    return {
        REFERENCE: (ours, reference.PATH),
        **{name: (ours, address) for name, address in of.items()},
        **{name: (chair, address) for name, address in of_chair.items()},
    }


def chair_of(group: Any) -> str:
    """Who may write its draft; the seed has given nobody rights yet."""
    import_module("members.access").sync(group=group)
    chair = group.memberships.current().filter(role="chair", person__is_active=True).first()
    return str(chair.person.email)


def queries_of(client: Any, address: str) -> int:
    """How many a page asks, once the process has asked what it remembers."""
    db, capture = import_module("django.db"), import_module("django.test.utils").CaptureQueriesContext
    client.get(address)
    with capture(db.connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)


def databases(folder: Path, sizes: Sequence[int], *, postgres: bool) -> dict[int, str]:
    """An address a size."""
    if not postgres:
        return {size: f"sqlite:///{folder / f'bench{size}.sqlite3'}" for size in sizes}
    address = import_module("tests.support.database").Server(folder).start().removesuffix("os2groups")
    psycopg = import_module("psycopg")
    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as server:
        for size in sizes:
            server.execute(f"CREATE DATABASE bench{size}")
    return {size: f"{address}bench{size}" for size in sizes}


def report(lines: dict[int, Connection], queries: dict[int, dict[str, int]]) -> None:
    """Ask for each page at each size by turns, and print how it went."""
    *smaller, largest = lines
    names = list(queries[largest])
    times: dict[str, dict[int, list[float]]] = {name: {size: [] for size in lines} for name in names}
    for _ in range(ROUNDS):
        for name in names:
            for size, line in lines.items():
                line.send(name)
                times[name][size].append(line.recv())
    reference = statistics.median(times[REFERENCE][largest])
    heads = ["queries", "p50 ms", "p95 ms", "references", *[f"to {size}" for size in smaller]]
    say(f"at {largest} projects", heads)
    for name in names:
        cuts = statistics.quantiles(times[name][largest], n=20)
        growth = [f"{cuts[9] / statistics.median(times[name][size]):.2f}" for size in smaller]
        numbers = [f"{cuts[9] * 1000:.1f}", f"{cuts[18] * 1000:.1f}", f"{cuts[9] / reference:.1f}"]
        same = len({queries[size][name] for size in lines}) == 1
        say(name, [f"{queries[largest][name]}{'' if same else ' !'}", *numbers, *growth])
    sys.stdout.write("(to another: times the p50 of the same page there;  !: not as many queries there)\n")


def say(name: str, numbers: Iterable[str]) -> None:
    sys.stdout.write(f"  {name:32}" + "".join(f"{number:>12}" for number in numbers) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--ten-times", action="store_true")
    given = parser.parse_args()
    postgres, sizes = given.postgres, TEN_TIMES if given.ten_times else SIZES
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        lines: dict[int, Connection] = {}
        queries = {}
        sys.stdout.write(f"The pages, on {'PostgreSQL' if postgres else 'SQLite'}\n")
        for size, database in databases(Path(folder), sizes, postgres=postgres).items():
            lines[size], theirs = context.Pipe()
            context.Process(target=answering, args=(theirs, size, database), daemon=True).start()
            theirs.close()  # so that a process that fails is heard of
            sys.stdout.write(f"{size} projects made in {lines[size].recv():.0f} s\n")
            sys.stdout.flush()
            queries[size] = lines[size].recv()
        report(lines, queries)
        for line in lines.values():
            line.send("")


if __name__ == "__main__":
    main()
