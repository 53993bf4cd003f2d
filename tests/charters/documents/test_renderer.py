"""The process that prints: it reaches nothing, it is bounded, and the next document is always made."""

from __future__ import annotations

import os
import signal
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from charters.documents import engine
from charters.documents.charter_pdf import CSS
from charters.documents.renderer import DocumentError, Renderer
from tests.charters.documents import reading

pytestmark = pytest.mark.no_database

PLAIN = "<html lang=da><title>Prøve</title><h1>Prøve</h1><p>OS2arbejdsgrupper</p>"
TOO_SLOW = f"{PLAIN}<table><tr><td colspan=65534>x</table>"
TOO_DEEP = PLAIN + "<ul><li>x" * 1000
TOO_LONG = PLAIN + "<ul>" + "<li>Punkt</li>" * 5000 + "</ul>"
PATIENCE = 200  # seconds: three testers beside this one go before what it prints
WITNESS = "vidne-7f3a"  # stands in the file that must not be read


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    renderer = Renderer(patience=PATIENCE)
    yield renderer
    renderer.stop()


@pytest.fixture
def fresh() -> Iterator[Renderer]:
    """One with a process that is warm, so that a short limit hits the document and not the start."""
    renderer = Renderer(patience=PATIENCE)
    renderer.print(PLAIN, css=CSS)
    yield renderer
    renderer.stop()


class Canary(BaseHTTPRequestHandler):
    """A server on this machine that counts who comes by, and sends them on to a file."""

    visits: list[str] = []

    def do_GET(self) -> None:
        self.visits.append(self.path)
        if self.path.startswith("/videre"):
            self.send_response(302)
            self.send_header("Location", "/fundet")
        else:
            self.send_response(200)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def canary() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Canary)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


WAYS_OUT = {
    "image": '<img alt="x" src="{url}">',
    "image with choices": '<img alt="x" srcset="{url} 2x" src="x">',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "import": '<style>@import url("{url}");</style>',
    "background": '<p style="background: url({url})">x</p>',
    "list mark": '<ul style="list-style-image: url({url})"><li>x</ul>',
    "content": '<style>p::before {{ content: url("{url}"); }}</style><p>x</p>',
    "font": '<style>@font-face {{ font-family: X; src: url("{url}") }} p {{ font: 9pt X }}</style><p>x</p>',
    "attachment of the document": '<link rel="attachment" href="{url}">',
    "attachment in the text": '<a rel="attachment" href="{url}">x</a>',
    "object": '<object data="{url}">x</object>',
    "embedded": '<embed src="{url}">',
    "frame": '<iframe src="{url}"></iframe>',
    "drawing": '<svg><image href="{url}" width="9" height="9"/></svg>',
    "drawing used": '<svg><use href="{url}#x"/></svg>',
    "base": '<base href="{url}"><img alt="x" src="y">',
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_nothing_a_text_refers_to_is_fetched(
    renderer: Renderer, canary: str, tmp_path: Path, way: str
) -> None:
    secret = tmp_path / "hemmelig.txt"
    secret.write_text(WITNESS)
    for url in (f"{canary}/her", f"{canary}/videre", secret.as_uri(), str(secret), "font:../hemmelig.txt"):
        try:
            pdf = renderer.print(PLAIN + WAYS_OUT[way].format(url=url), css=CSS)
        except DocumentError:  # a path that is no address at all; no document is safe as well
            assert url == str(secret)
            continue
        document = reading.reader(pdf)
        assert dict(document.attachments) == {}
        assert WITNESS not in "".join(reading.pages(pdf))
        assert not any(sheet.images for sheet in document.pages)
    assert Canary.visits == []


def test_neither_is_what_a_stylesheet_refers_to(renderer: Renderer, canary: str) -> None:
    css = f'@import "{canary}/stil"; body {{ background: url({canary}/billede); }}'
    assert renderer.print(PLAIN, css=css).startswith(b"%PDF")
    assert Canary.visits == []


def test_canary_sings_when_somebody_comes(canary: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Canary, "visits", [])
        with urllib.request.urlopen(f"{canary}/videre"):
            assert Canary.visits == ["/videre", "/fundet"]


def test_process_opens_no_connection_and_starts_no_program() -> None:
    for event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "urllib.Request"):
        with pytest.raises(PermissionError):
            engine.forbid(event, ())
    engine.forbid("open", ("font.ttf", "r", 0))


def test_whoever_reads_a_page_goes_before_the_process(renderer: Renderer) -> None:
    renderer.print("<p>Et dokument.</p>", css="")
    assert renderer.pid is not None
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, renderer.pid) == min(ours + engine.NICE, 19)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="shows a process's environment on Linux")
def test_process_knows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "meget-hemmelig")
    monkeypatch.setenv("DATABASE_URL", "postgresql://bruger:kode@vaert/navn")
    monkeypatch.setenv("TMPDIR", "/tmp")
    renderer = Renderer(patience=PATIENCE)
    renderer.print(PLAIN, css=CSS)
    environment = Path(f"/proc/{renderer.pid}/environ").read_bytes().decode()
    command = Path(f"/proc/{renderer.pid}/cmdline").read_bytes().decode()
    renderer.stop()
    names = {entry.partition("=")[0] for entry in environment.split("\0") if entry}
    assert "TMPDIR" in names
    assert not {name for name in names if "SECRET" in name or "DATABASE" in name or "EMAIL" in name}
    assert "hemmelig" not in environment + command


def test_busy_machine_is_not_called_a_text_that_is_too_long(fresh: Renderer) -> None:
    assert fresh.pid is not None
    fresh.patience = 1
    os.kill(fresh.pid, signal.SIGSTOP)  # never its turn
    with pytest.raises(DocumentError, match="Teksten er uændret"):
        fresh.print(PLAIN, css=CSS)
    fresh.patience = PATIENCE
    assert fresh.print(PLAIN, css=CSS).startswith(b"%PDF")


@pytest.mark.parametrize("html", [TOO_SLOW, TOO_LONG, TOO_DEEP], ids=["slow", "long", "deep"])
def test_document_that_takes_too_long_is_given_up_in_words(fresh: Renderer, html: str) -> None:
    before, fresh.seconds = fresh.pid, 1
    with pytest.raises(DocumentError, match="Forkort den"):
        fresh.print(html, css=CSS)
    fresh.seconds = 20
    assert fresh.print(PLAIN, css=CSS).startswith(b"%PDF")
    assert fresh.pid != before


def test_document_that_takes_too_much_memory_is_given_up_in_words() -> None:
    renderer = Renderer(memory=110 << 20, patience=PATIENCE)
    assert renderer.print(PLAIN, css=CSS).startswith(b"%PDF")
    with pytest.raises(DocumentError):
        renderer.print(TOO_LONG, css=CSS)
    assert renderer.print(PLAIN, css=CSS).startswith(b"%PDF")
    renderer.stop()


def test_process_that_died_meanwhile_is_replaced(fresh: Renderer) -> None:
    before = fresh.pid
    assert before is not None
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert fresh.print(PLAIN, css=CSS).startswith(b"%PDF")
    assert fresh.pid != before


def test_process_that_dies_at_work_is_an_answer_in_words(fresh: Renderer) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("needs a system where one process can limit another")
    resource.prlimit(fresh.pid, resource.RLIMIT_CPU, (1, 1))
    with pytest.raises(DocumentError, match="Prøv igen"):
        fresh.print(TOO_SLOW, css=CSS)
    assert fresh.print(PLAIN, css=CSS).startswith(b"%PDF")


def test_fresh_process_takes_over_after_so_many_documents() -> None:
    renderer = Renderer(documents=2, patience=PATIENCE)
    assert renderer.pid is None
    pids: list[int | None] = []
    for _ in range(4):
        renderer.print(PLAIN, css=CSS)
        pids.append(renderer.pid)
    renderer.stop()
    assert pids[0] != pids[1] == pids[2] != pids[3]


def test_threads_share_one_process(renderer: Renderer) -> None:
    expected = renderer.print(PLAIN, css=CSS)
    before, printed = renderer.pid, []
    threads = [
        threading.Thread(target=lambda: printed.append(renderer.print(PLAIN, css=CSS))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert printed == [expected] * 6
    assert renderer.pid == before


def test_nobody_waits_for_ever_behind_another(fresh: Renderer) -> None:
    assert fresh.pid is not None
    fresh.patience = 4
    os.kill(fresh.pid, signal.SIGSTOP)
    answers: list[str] = []
    together = threading.Barrier(2)

    def ask() -> None:
        together.wait()
        try:
            fresh.print(PLAIN, css=CSS)
        except DocumentError as error:
            answers.append(str(error).partition(".")[0])

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers)[0].startswith("Der laves mange dokumenter")
    assert sorted(answers)[1].startswith("PDF'en kunne ikke laves")


def test_time_in_the_queue_is_not_taken_from_the_document(
    fresh: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock:
        now = 1000.0

        def monotonic(self) -> float:
            return self.now

    class Queue:
        """Somebody else's document took as long as one may."""

        def acquire(self, timeout: float) -> bool:
            clock.now += fresh.patience
            return True

        def release(self) -> None:
            pass

    clock = Clock()
    monkeypatch.setattr("charters.documents.renderer.time", clock)
    monkeypatch.setattr(fresh, "_lock", Queue())
    assert fresh.print(PLAIN, css=CSS).startswith(b"%PDF")


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_forked_process_gets_its_own(fresh: Renderer) -> None:
    expected, before = fresh.print(PLAIN, css=CSS), fresh.pid
    child = os.fork()
    if not child:
        fresh.print(PLAIN, css=CSS)
        own = fresh.pid
        fresh.stop()
        os._exit(0 if own not in (None, before) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert fresh.print(PLAIN, css=CSS) == expected
    assert fresh.pid == before


def test_missing_pango_is_logged_and_never_told_to_who_presses_the_button(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    source = Path(engine.__file__).read_text(encoding="utf-8")
    without = tmp_path / "engine.py"
    without.write_text(
        source.replace('import_module("weasyprint")', 'os.stat("/libpango")'), encoding="utf-8"
    )
    monkeypatch.setattr(engine, "__file__", str(without))
    renderer = Renderer(patience=PATIENCE)
    with pytest.raises(DocumentError, match="Teksten er uændret") as caught:
        renderer.print(PLAIN, css=CSS)
    assert "Pango" not in str(caught.value)
    assert "Pango, som mangler her. Installér det med:" in caplog.text
    monkeypatch.undo()
    assert renderer.print(PLAIN, css=CSS).startswith(b"%PDF")
    renderer.stop()
