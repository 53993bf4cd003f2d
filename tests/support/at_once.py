"""Two or more people who press at the same moment: real threads, each with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

TIMEOUT = 30  # seconds until a barrier gives up; a test that hangs says so
A_WHILE = 0.5  # seconds in which the other would be through, were it not waiting


class Middle:
    """The middle of what one does, in which another does something, or waits where they have to."""

    def __init__(self) -> None:
        self._is_reached, self._is_over = threading.Event(), threading.Event()

    def pause(self) -> None:
        """Let the other begin, and go on when they are through or have waited for a while."""
        self._is_reached.set()
        self._is_over.wait(A_WHILE)

    def then(self, work: Callable[[], Any]) -> Callable[[], Any]:
        """What the other does."""

        def in_the_middle() -> Any:
            assert self._is_reached.wait(TIMEOUT)
            try:
                return work()
            finally:
                self._is_over.set()

        return in_the_middle


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run all the works at the same time; the answer of each, or the exception it raised, in order."""
    start = threading.Barrier(len(works), timeout=TIMEOUT)

    def run(work: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return work()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    connections.close_all()  # eight at once and their caller would be one more than the pool has
    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))
