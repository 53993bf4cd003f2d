"""A database of a bench's own, in a folder that goes when it does."""

from __future__ import annotations

from pathlib import Path

from tests.support.database import Server


def address(folder: str | Path, *, postgres: bool) -> str:
    """Its DATABASE_URL; a PostgreSQL is started for it, and stops with this process."""
    if postgres:
        return Server(Path(folder)).start().removesuffix("os2groups") + "postgres"
    return f"sqlite:///{folder}/bench.sqlite3"
