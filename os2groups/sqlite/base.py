"""SQLite, whose writers take turns.

It lets one write at a time. Whoever finds it busy it has look again after longer and longer pauses, up to a
tenth of a second, so that those who came last are first: of four who saved without a pause, somebody waited
for two seconds.
"""

from __future__ import annotations

import random
import sqlite3
import time

from django.db import OperationalError
from django.db.backends.sqlite3 import base

PAUSE = 0.001, 0.008  # seconds; by chance, so that nobody is always second


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        """Begin to write; look again every few milliseconds until it is one's turn.

        Raises:
            OperationalError: others have written for as long as the setting ``timeout`` says.
        """
        timeout: float = self.settings_dict["OPTIONS"].get("timeout", 5)
        latest = time.monotonic() + timeout
        self._let_sqlite_wait(0)
        try:
            while not self._has_begun(is_last=time.monotonic() >= latest):
                time.sleep(random.uniform(*PAUSE))  # noqa: S311
        finally:
            self._let_sqlite_wait(timeout)  # for a write that is a transaction by itself

    def _has_begun(self, *, is_last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # the stubs know it not
        except OperationalError as error:
            code = getattr(error.__cause__, "sqlite_errorcode", None)
            if is_last or code != sqlite3.SQLITE_BUSY:
                raise
            return False
        return True

    def _let_sqlite_wait(self, seconds: float) -> None:
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
