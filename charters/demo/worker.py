"""The demo's own worker: a process beside the server that ends when the server does, however that ends.

The server holds the one end of a pipe and never writes to it. When the server is gone, by Ctrl+C or killed,
the pipe closes, which the worker waits for. What it was doing is in the database, to be taken up again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence

import django
from django.core.management import call_command


def start_beside(program: Sequence[str] = ("-m", "charters.demo.worker")) -> int:
    """Start the worker; it lives as long as this process, also when that becomes another program (exec).

    Returns:
        The worker's process id.
    """
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)  # through exec: the server is to hold it
    worker = subprocess.Popen(  # noqa: S603 - the program is ours
        [sys.executable, *program],
        stdin=reading,
        start_new_session=True,  # Ctrl+C in the window is for the server
    )
    os.close(reading)
    return worker.pid


def end_with_the_server() -> None:
    """End this process, whatever it is at, as soon as the server is gone."""

    def wait_and_end() -> None:
        os.read(sys.stdin.fileno(), 1)
        os._exit(0)

    threading.Thread(target=wait_and_end, daemon=True).start()


def main() -> None:
    end_with_the_server()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "os2groups.settings")
    django.setup()
    call_command("db_worker", reload=False, verbosity=0)


if __name__ == "__main__":
    main()
