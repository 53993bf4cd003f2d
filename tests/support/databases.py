"""Further databases beside the tests' own, on the same kind of engine, and the programs that come with it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.support.database import installed
from tests.support.restartable import ROOT


def on_postgres() -> bool:
    return "postgres" in os.environ["DATABASE_URL"]


@contextmanager
def another_database() -> Iterator[str]:
    """An empty database of the engine that the tests run on: its DATABASE_URL. Afterwards it is gone."""
    if not on_postgres():
        with sqlite_file() as url:
            yield url
        return
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    name = f"further_{uuid4().hex}"
    address = libpq(f"{server}/postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]
    try:
        yield f"{server}/{name}"
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


@contextmanager
def sqlite_file() -> Iterator[str]:
    """The DATABASE_URL of a new SQLite file."""
    with tempfile.TemporaryDirectory(prefix="os2groups-test-") as folder:
        yield f"sqlite:///{folder}/further.sqlite3"


def libpq(url: str) -> str:
    """The address as PostgreSQL's own programs read it: a socket's folder is a parameter."""
    start, _, folder = url.partition("@/")
    if not folder.startswith("/"):
        return url
    folder, _, name = folder.rpartition("/")
    return f"{start}@/{name}?host={folder}"


def program(name: str) -> str:
    """One of PostgreSQL's own programs, of the server's version."""
    return str(installed() / "bin" / name)


def manage(*arguments: str, url: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    """``manage.py`` in a process of its own, on a database."""
    environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


def file_of(url: str) -> Path:
    """The file of a SQLite database."""
    return Path(url.removeprefix("sqlite:///"))
