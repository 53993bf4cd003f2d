"""A PostgreSQL that is killed as a whole or in part, and started again."""

from __future__ import annotations

import subprocess
import time

import pytest

from tests.support.database import Server

STARTS_WITHIN = 30  # seconds: what the killed one left has to end first


class Mortal(Server):
    name = "postgres postgres"  # the user and the database, as the processes call themselves

    def kill(self) -> None:
        """The server itself; its processes notice, and end."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def start_again(self) -> None:
        """As soon as nothing of the killed one is left."""
        latest = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                self.start()
            except pytest.UsageError:
                if time.monotonic() > latest:
                    raise
                time.sleep(0.1)
            else:
                return

    def connections(self) -> list[int]:
        """The processes that each serve one connection."""
        if self.process is None:
            return []
        told = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        return [int(line.split()[0]) for line in told.stdout.splitlines() if f"{self.name} [local]" in line]
