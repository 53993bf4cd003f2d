"""1,000 charters to one zip, beside bare WeasyPrint on the same pages.

``python -m tests.bench.bundle``, with ``--postgres`` on PostgreSQL.

Three processes take turns, a round each, so that the machine's mood hits them alike: bare WeasyPrint prints
some pages, we print the same pages (in one process too, the renderer's), and a worker collects all editions,
from the stored documents, and sends the zip to nowhere. WeasyPrint prints a sample; what 1,000 would take is
reckoned from it.
"""

from __future__ import annotations

import argparse
import contextlib
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from importlib import import_module
from itertools import cycle, islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.bench.pdf import ask, bare_weasyprint, charters
from tests.support.database import address_in

CHARTERS, ROUNDS = 1000, 5
SAMPLE = 40  # pages that WeasyPrint prints, in all


def collecting(line: Connection) -> None:
    """The worker and the download in one process: the seconds, the bytes and the memory of each bundle."""
    import_module("django").setup()
    bundling, models = import_module("charters.bundling"), import_module("charters.models")
    owner = import_module("members.models").User.objects.get(email="bench@os2.example")
    while kind := line.recv():
        before = start_peak()
        started = time.perf_counter()
        bundle = bundling.ask_for(models.Selection(kind=kind.strip("*")), by=owner)
        bundling.collect.call(bundle.pk)
        collected = time.perf_counter()
        size, pieces = bundling.zip_of(models.Bundle.objects.get(pk=bundle.pk))
        sent = 0
        with open(os.devnull, "wb") as nowhere:
            for piece in pieces:
                sent += nowhere.write(piece)
        assert sent == size
        done = time.perf_counter()
        line.send((bundle.total, collected - started, done - collected, size, peak() - before))


def start_peak() -> int:
    """Forget the process's peak, and tell what it uses now; a process starts with its parent's otherwise."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return peak()


def peak() -> int:
    """The most bytes that were in use."""
    status = Path("/proc/self/status")
    if not status.exists():  # not Linux
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def many(count: int) -> None:
    """So many adopted editions with documents of real size, one in a hundred a coordination group's.

    Each is a copy, behind the back of the database's guards, of one that was adopted; its document is told
    apart by a comment at the end.
    """
    factories, models = import_module("tests.factories"), import_module("charters.models")
    register, triggers = import_module("members.models"), import_module("charters.triggers")
    kinds = register.WorkingGroup.Kind
    first = {
        kind: factories.adopted(_group(kind), real_pdf=True) for kind in (kinds.STEERING, kinds.COORDINATION)
    }
    with triggers.lifted():
        for number in range(count - len(first)):
            edition = first[kinds.STEERING if number % 100 else kinds.COORDINATION]
            pdf, members = edition.document.pdf, list(edition.members.all())
            copy = models.Charter.objects.get(pk=edition.pk)
            copy.pk, copy.group = None, factories.group(edition.group.kind)
            copy._state.adding = True
            copy.save(force_insert=True)
            for member in members:
                member.pk, member.charter = None, copy
            models.CharterMember.objects.bulk_create(members)
            document = bytes(pdf) + f"%{number}\n".encode()
            models.CharterDocument.objects.create(
                charter=copy, content=edition.document.content, pdf=document
            )


def _group(kind: str) -> Any:
    factories = import_module("tests.factories")
    group = factories.group(kind)
    for _ in range(7):
        factories.membership(group)
    return group


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    on_postgres = parser.parse_args().postgres
    os.environ["DJANGO_SETTINGS_MODULE"] = "os2groups.settings"
    os.environ["DEMO"] = "true"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = address_in(folder, postgres=on_postgres)
        import_module("django").setup()
        import_module("django.core.management").call_command("migrate", verbosity=0)
        connections = import_module("django.db").connections
        with import_module("django.db.transaction").atomic():
            printed = list(charters())
            many(CHARTERS - len(printed))
            import_module("tests.factories").user(email="bench@os2.example")
        connections.close_all()
        measure(printed, name="PostgreSQL" if on_postgres else "SQLite")
        connections.close_all()


def measure(printed: list[tuple[str, Any, str, str]], *, name: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    to_bare, bare_end = multiprocessing.Pipe()
    to_worker, worker_end = multiprocessing.Pipe()
    processes = [
        spawn.Process(target=bare_weasyprint, args=(bare_end,)),
        spawn.Process(target=collecting, args=(worker_end,)),
    ]
    for process in processes:
        process.start()
    for _name, charter_pdf, html, css in printed:  # warm
        charter_pdf()
        ask(to_bare, html, css)
    to_worker.send("coordination")
    to_worker.recv()
    bare, ours, bundles = [], [], []
    pages = cycle(printed)
    for _ in range(ROUNDS):
        for _name, charter_pdf, html, css in islice(pages, SAMPLE // ROUNDS):
            started = time.perf_counter()
            charter_pdf()
            ours.append(time.perf_counter() - started)
            bare.append(ask(to_bare, html, css))
        to_worker.send("*")
        bundles.append(to_worker.recv())
    for line, process in zip((to_bare, to_worker), processes, strict=True):
        line.send(None)
        process.join()
    report(name, bare, ours, bundles)


def report(
    name: str, bare: list[float], ours: list[float], bundles: list[tuple[int, float, float, int, int]]
) -> None:
    total, size = bundles[0][0], bundles[0][3]
    whole = statistics.median(collected + sent for _, collected, sent, _, _ in bundles)
    sent = statistics.median(row[2] for row in bundles)
    weasyprint = statistics.mean(bare) * total
    lines = [
        f"{name}: {total} charters to one zip of {size / 1e6:.1f} MB (median of {ROUNDS})",
        f"  from stored documents  {whole:6.2f} s, {total / whole:5.0f} charters/s (ordered and collected in "
        f"{whole - sent:.2f} s, sent in {sent:.2f} s)",
        f"  peak memory            {bundles[0][4] / 1e6:+6.1f} MB over what the worker uses before",
        f"  WeasyPrint alone       {weasyprint:6.2f} s, reckoned from {len(bare)} that it printed",
        f"  times faster           {weasyprint / whole:6.0f}",
        f"  were they printed      ratio {statistics.median(ours) / statistics.median(bare):.2f} "
        f"to WeasyPrint (charter_pdf, one process each, median of {len(ours)})",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
