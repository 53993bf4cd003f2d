"""Wall time of a warm ``charter_pdf`` beside bare WeasyPrint on the same HTML: ``python -m tests.bench.pdf``.

Both are warm and each has a process of its own; they take turns, so that the machine's mood hits them alike.
"""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

ROUNDS = 25
WARM_UP = 3


def bare_weasyprint(line: Connection) -> None:
    """Answer each HTML and stylesheet with the seconds that WeasyPrint alone takes."""
    weasyprint = import_module("weasyprint")
    fonts = import_module("weasyprint.text.fonts")
    while pages := line.recv():
        html, css = pages
        started = time.perf_counter()
        config = fonts.FontConfiguration()
        sheet = weasyprint.CSS(string=css, font_config=config)
        weasyprint.HTML(string=html).write_pdf(
            stylesheets=[sheet], font_config=config, pdf_variant="pdf/ua-1"
        )
        line.send(time.perf_counter() - started)


def charters() -> Iterator[tuple[str, Callable[[], object], str, str]]:
    """For each standard text: its name, the call that prints it, its HTML, and a CSS with files."""
    factories = import_module("tests.factories")
    documents = import_module("charters.documents.charter_pdf")
    edition_of = import_module("charters.edition").Edition.of
    engine = import_module("charters.documents.engine")
    css = documents.CSS
    fonts = Path(str(import_module("ttf_opensans").__file__)).parent / "ttf"
    for url, name in engine.FONTS.items():
        css = css.replace(url, (fonts / name).as_uri())
    for kind in ("steering", "coordination", "professional"):
        group = factories.group(kind)
        for _ in range(7):
            factories.membership(group)
        edition = edition_of(factories.adopted(group))
        html = documents.charter_html(edition)
        yield kind, partial(documents.charter_pdf, edition), html, css


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        import_module("django").setup()
        import_module("django.core.management").call_command("migrate", verbosity=0)
        ours, theirs = multiprocessing.Pipe()
        bare = multiprocessing.get_context("spawn").Process(target=bare_weasyprint, args=(theirs,))
        bare.start()
        for name, charter_pdf, html, css in charters():
            compare(name, charter_pdf, partial(ask, ours, html, css))
        ours.send(None)
        bare.join()


def ask(line: Connection, html: str, css: str) -> float:
    line.send((html, css))
    return float(line.recv())


def compare(name: str, charter_pdf: Callable[[], object], bare: Callable[[], float]) -> None:
    our_times, bare_times = [], []
    for number in range(WARM_UP + ROUNDS):
        started = time.perf_counter()
        charter_pdf()
        taken = time.perf_counter() - started
        bare_taken = bare()
        if number >= WARM_UP:
            our_times.append(taken)
            bare_times.append(bare_taken)
    ours, theirs = statistics.median(our_times), statistics.median(bare_times)
    sys.stdout.write(
        f"{name:14} charter_pdf {ours * 1000:6.1f} ms   WeasyPrint {theirs * 1000:6.1f} ms   "
        f"ratio {ours / theirs:.2f}   (median of {ROUNDS})\n"
    )


if __name__ == "__main__":
    main()
