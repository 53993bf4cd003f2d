"""HTML to PDF in a process of its own, which has bounded time and memory and none of our secrets.

WeasyPrint is never imported here. The process (``engine.py``) is started at the first document, kept warm,
replaced after a hundred documents, and killed when one takes too long.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

from django.utils.translation import gettext as _

from charters.documents import engine, pango
from charters.models.manuscript import ManuscriptError

logger = logging.getLogger(__name__)

SECONDS = 20.0  # of the processor's time: that is how heavy a text is
PATIENCE = 40.0  # seconds by the clock: the machine may have more to do
MEMORY = 512 << 20
DOCUMENTS = 100
LONGEST = 64 << 20  # bytes of a PDF; anything above is no charter
# All that the process learns of its surroundings: where temporary files, caches and libraries are.
_ENVIRONMENT = (
    "HOME",
    "XDG_CACHE_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
)


class DocumentError(ManuscriptError):
    """The document could not be made; the text says so in words the user can act on."""


def _failed() -> DocumentError:
    return DocumentError(_("PDF'en kunne ikke laves. Teksten er uændret. Prøv igen om lidt."))


def _too_heavy() -> DocumentError:
    return DocumentError(
        _("PDF'en kunne ikke laves, fordi teksten er for omfattende. Forkort den, og prøv igen.")
    )


def _busy() -> DocumentError:
    return DocumentError(_("Der laves mange dokumenter lige nu. Prøv igen om lidt."))


@dataclass(frozen=True)
class Enclosed:
    """A file within the PDF, which is then PDF/A-3a too: what is printed, for programs."""

    name: str
    description: str
    content: str
    day: str  # ISO; when it was made


class _Engine:
    """One running process and our end of the line to it."""

    def __init__(self, *, memory: int) -> None:
        self.printed = 0
        self._is_ready = False
        # WeasyPrint puts fonts in a folder of its own, and a process that is killed takes nothing away.
        self._folder = tempfile.TemporaryDirectory(prefix="os2groups-pdf-", ignore_cleanup_errors=True)
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own program, no shell, no argument from outside
                [sys.executable, "-I", str(Path(engine.__file__)), str(memory)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # fontconfig's complaints; what matters is answered on the line
                env=environment | {"TMPDIR": self._folder.name},
                cwd="/",
                start_new_session=True,
            )

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def print(
        self, html: str, css: str, enclosed: Enclosed | None, *, seconds: float, deadline: float
    ) -> bytes:
        """Print one document.

        Raises:
            DocumentError: it could not be made, or took more than ``seconds`` of the processor's time.
            TimeoutError: it was not made by ``deadline``.
            OSError: the process died.
        """
        if not self._is_ready:
            self._expect(engine.READY, deadline)
            self._is_ready = True
        file = asdict(enclosed) if enclosed else None
        request = json.dumps(
            {"html": html, "css": css, "enclosed": file, "limits": [seconds, _left(deadline)]}
        ).encode()
        self._line.settimeout(_left(deadline))
        self._line.sendall(engine.FRAME.pack(engine.DOCUMENT, len(request)) + request)
        document = self._expect(engine.DOCUMENT, deadline)
        self.printed += 1
        return document

    def _expect(self, wanted: bytes, deadline: float) -> bytes:
        kind, length = engine.FRAME.unpack(self._receive(engine.FRAME.size, deadline))
        if length > LONGEST:
            raise _too_heavy()
        payload = self._receive(length, deadline)
        if kind == wanted:
            return payload
        if kind == engine.NO_PANGO:
            logger.error("%s (%s)", pango.missing_line(), payload.decode(errors="replace"))
            raise _failed()  # who presses the button cannot install anything
        logger.warning("A document could not be made: %s", payload.decode(errors="replace"))
        raise _too_heavy() if payload in (b"MemoryError", b"RecursionError") else _failed()

    def _receive(self, count: int, deadline: float) -> bytes:
        received = bytearray()
        while len(received) < count:
            self._line.settimeout(_left(deadline))
            part = self._line.recv(min(count - len(received), 1 << 20))
            if not part:
                self._say_why_it_is_gone(deadline)
            received += part
        return bytes(received)

    def _say_why_it_is_gone(self, deadline: float) -> NoReturn:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(_left(deadline))
        if self.process.returncode == -signal.SIGPROF:
            logger.warning("A document took too much of the processor's time.")
            raise _too_heavy()
        raise ConnectionResetError

    def kill(self) -> None:
        self._line.close()
        self.process.kill()
        self.process.wait()
        self._folder.cleanup()

    def let_go(self) -> None:
        """Close our copy of the line, and leave the process to whoever started it."""
        self._line.close()
        self.process.returncode = 0  # not our child: never wait for it
        self._folder._finalizer.detach()  # type: ignore[attr-defined] # nor take its folder away


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class Renderer:
    """Prints one document at a time, from any thread; each web process has its own engine."""

    def __init__(
        self,
        *,
        seconds: float = SECONDS,
        patience: float = PATIENCE,
        memory: int = MEMORY,
        documents: int = DOCUMENTS,
    ) -> None:
        """
        Args:
            seconds: the longest a document may keep the processor at work.
            patience: seconds by the clock that a caller waits for a document, after a quarter of that in the
                queue.
            memory: bytes the process may use.
            documents: how many one process makes before a fresh one takes over.
        """
        self.seconds, self.patience, self.memory, self.documents = seconds, patience, memory, documents
        self._lock = threading.Lock()
        self._engine: _Engine | None = None
        os.register_at_fork(after_in_child=self._forget)

    @property
    def pid(self) -> int | None:
        """The process that prints, once there is one."""
        return self._engine.process.pid if self._engine else None

    def print(self, html: str, *, css: str, enclosed: Enclosed | None = None) -> bytes:
        """The PDF of a page.

        Args:
            html: the whole page; nothing it refers to is fetched.
            css: its stylesheet; only our own fonts are fetched.
            enclosed: a file to put in.

        Raises:
            DocumentError: it could not be made, in words for the user. The next document is made as usual.
        """
        if not self._lock.acquire(timeout=self.patience / 4):
            raise _busy()
        try:  # the waiting is not the document's fault: its time begins here
            return self._print(html, css, enclosed, time.monotonic() + self.patience)
        finally:
            self._lock.release()

    def _print(self, html: str, css: str, enclosed: Enclosed | None, deadline: float) -> bytes:
        try:
            running = self._running()
            document = running.print(html, css, enclosed, seconds=self.seconds, deadline=deadline)
        except DocumentError:
            self.stop()
            raise
        except TimeoutError as error:
            logger.warning("A document was not made within %s seconds.", self.patience)
            self.stop()
            raise _failed() from error  # the machine was busy: the text is well within its time
        except OSError as error:
            logger.warning("The PDF process died while it made a document.")
            self.stop()
            raise _failed() from error
        if running.printed >= self.documents:
            self.stop()
            with contextlib.suppress(OSError):
                self._running()  # the next one warms up while nobody waits for it
        return document

    def _running(self) -> _Engine:
        if self._engine is None or not self._engine.is_alive:
            self.stop()
            self._engine = _Engine(memory=self.memory)
        return self._engine

    def stop(self) -> None:
        if self._engine is not None:
            self._engine.kill()
            self._engine = None

    def _forget(self) -> None:
        """In a process forked from one that had an engine: start anew, and leave that one alone."""
        self._lock = threading.Lock()
        if self._engine is not None:
            self._engine.let_go()
            self._engine = None


renderer = Renderer()
