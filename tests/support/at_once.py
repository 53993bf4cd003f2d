"""Two or more people who press at the same moment: real threads, each with a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

TIMEOUT = 30  # seconds until a barrier gives up; a test that hangs says so


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
