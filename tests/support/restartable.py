"""A server that can be killed, as a machine is, and started again; on the tests' database if not told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
HOST = "localhost"


class Restartable:
    """Production's server (gunicorn); it keeps its port from one life to the next."""

    def __init__(
        self,
        *,
        workers: int = 1,
        threads: int = 8,
        environment: Mapping[str, str] | None = None,
        complaints: int | None = None,
    ) -> None:
        """``complaints``: where its standard error goes; to ours if not told."""
        self.size = [f"--workers={workers}", f"--threads={threads}"]
        self.environment, self.complaints = environment, complaints
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def start(self, *, wait: bool = True) -> None:
        command = [sys.executable, "-m", "gunicorn", "os2groups.wsgi", f"--bind={HOST}:{self.port}"]
        command += [*self.size, "--log-level=critical", "--no-control-socket"]
        environment = of_the_tests() if self.environment is None else self.environment
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, start_new_session=True, stderr=self.complaints
        )
        if wait:
            self._wait()

    def kill(self) -> None:
        """No goodbye: what is under way is cut off."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def _wait(self) -> None:
        latest = time.monotonic() + 30
        while time.monotonic() < latest:
            with suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                return
            time.sleep(0.05)
        raise AssertionError("The server did not start.")


def of_the_tests() -> dict[str, Any]:
    """The settings of the tests, with the test database as the only one."""
    address, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    database = f"{address}/{Path(connection.settings_dict['NAME']).name}"
    return os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database}
