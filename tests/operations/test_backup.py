"""A backup that is taken while people write is whole, and holds all that was answered before it."""

from __future__ import annotations

import os
import queue
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import SimpleTestCase

from tests.support.databases import another_database, libpq, manage, on_postgres, program
from tests.support.proof import IS_PROOF
from tests.support.restartable import ROOT

WRITERS = 3 if IS_PROOF else 2
BEFORE = 60 if IS_PROOF else 4  # adoptions


class Writers:
    """Processes that adopt charters, and what was answered to them so far."""

    def __init__(self, url: str) -> None:
        self.heard: queue.Queue[int] = queue.Queue()
        command = [sys.executable, "-m", "tests.operations.adopting"]
        on_it = os.environ | {"DATABASE_URL": url}
        self.processes = [
            subprocess.Popen(command, cwd=ROOT, env=on_it, stdout=subprocess.PIPE, text=True)
            for _ in range(WRITERS)
        ]
        for process in self.processes:
            threading.Thread(target=self._listen, args=[process], daemon=True).start()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        for line in process.stdout:
            self.heard.put(int(line))

    def answered(self, at_least: int) -> set[int]:
        """The editions that were adopted since this was last asked; waits for so many."""
        found = {self.heard.get(timeout=60) for _ in range(at_least)}
        while not self.heard.empty():
            found.add(self.heard.get())
        return found

    def answered_beyond(self, known: set[int]) -> set[int]:
        """As :meth:`answered`, until there is one that is not known."""
        found: set[int] = set()
        while found <= known:
            found |= self.answered(1)
        return found

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@contextmanager
def in_use(url: str) -> Iterator[Writers]:
    manage("migrate", url=url)
    manage("load_standard_texts", url=url)
    writers = Writers(url)
    try:
        yield writers
    finally:
        writers.stop()


def back_up(url: str, file: Path) -> None:
    """By the commands of OPERATIONS.md."""
    if on_postgres():
        subprocess.run([program("pg_dump"), "-Fc", libpq(url), "-f", file], check=True)
    else:
        manage("backup", str(file), url=url)


def put_back(file: Path, url: str) -> None:
    if on_postgres():
        how = ["--clean", "--if-exists", "--single-transaction"]
        subprocess.run([program("pg_restore"), *how, "-d", libpq(url), file], check=True)
    else:
        manage("restore", str(file), url=url)


def editions(url: str) -> set[int]:
    code = "from charters.models import *; print(*Charter.objects.frozen().values_list('pk', flat=True))"
    return {int(pk) for pk in manage("shell", "--no-imports", "-c", code, url=url).stdout.split()}


@pytest.mark.long(100)
@pytest.mark.skipif(on_postgres() and not IS_PROOF, reason="a long one: make test-restore")
def test_a_backup_under_load_is_whole_and_holds_all_that_was_answered_before(tmp_path: Path) -> None:
    file = tmp_path / "backup"
    with another_database() as url, another_database() as new:
        with in_use(url) as writers:
            before = writers.answered(BEFORE)
            back_up(url, file)
            # What was adopted by now may be in the backup; what comes after it cannot.
            after = writers.answered_beyond(editions(url))
        put_back(file, new)
        assert before <= editions(new)
        assert not after <= editions(new)
        assert "Alt er, som det skal være" in manage("verify", url=new).stdout
        assert before | after <= editions(url)
        # Over what is there, as after a disaster that left something.
        put_back(file, url)
        assert editions(url) == editions(new)
        assert "Alt er, som det skal være" in manage("verify", url=url).stdout


class RefusalTests(SimpleTestCase):
    """What the commands say before they touch a database."""

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    def refusal(self, command: str, file: Path) -> str:
        with pytest.raises(CommandError) as refused:
            call_command(command, str(file))
        return str(refused.value)

    def test_on_postgresql_the_commands_say_which_programs_to_use(self) -> None:
        if not on_postgres():
            self.skipTest("SQLite's commands are ours")
        assert "pg_dump" in self.refusal("backup", self.folder / "new")
        assert "pg_restore" in self.refusal("restore", self.folder / "new")

    def test_sqlite_is_not_restored_from_what_is_no_whole_backup(self) -> None:
        if on_postgres():
            self.skipTest("PostgreSQL's own programs do it there")
        file = self.folder / "half.sqlite3"
        with closing(sqlite3.connect(file)) as other:
            other.execute("CREATE TABLE something (a)")
        assert "ikke en hel backup" in self.refusal("restore", file)
        file.write_bytes(file.read_bytes()[:-100])
        assert "ikke en hel backup" in self.refusal("restore", file)
        assert "kan ikke læses" in self.refusal("restore", self.folder / "none")

    def test_a_backup_is_never_written_over(self) -> None:
        if on_postgres():
            self.skipTest("PostgreSQL's own programs do it there")
        file = self.folder / "backup.sqlite3"
        file.write_text("the last one")
        assert "Filen findes allerede" in self.refusal("backup", file)
        assert file.read_text() == "the last one"
