"""The places that hold a row against other writers, and each of them without its lock.

A row that is read without a lock is read as it was when the reading began, and handed over a moment later:
so whatever else happens in that moment is overlooked, as it would be now and then on a busy day.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from django.db.models import QuerySet

ROOT = Path(__file__).parents[2]
ROOMS = ("members", "charters")
LOCKS = {"select_for_update", "locked"}
PASSED_ON_BY = {"locked", "manager_method"}  # ours, and what Django makes of it for a manager
MOMENT = 0.05  # seconds
LOCK_OUT = "LOCK_OUT"  # the site that a run of the tests does without


def sites() -> list[str]:
    """Each place that locks, as ``path:line``; ``locked`` itself is none, but each that calls it is."""
    found = []
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            inside = {id(node) for each in ast.walk(tree) if _is_locked(each) for node in ast.walk(each)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Attribute) and node.attr in LOCKS and id(node) not in inside:
                    found.append(f"{file.relative_to(ROOT)}:{node.end_lineno}")
    return found


def _is_locked(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "locked"


@contextmanager
def taken_out(site: str) -> Iterator[None]:
    """Read without the lock where the site stands, on PostgreSQL; all others lock as they do."""
    path, _, line = site.rpartition(":")
    as_it_is = QuerySet.select_for_update

    def select(self: Any, *args: Any, **kwargs: Any) -> Any:
        frame = sys._getframe(1)
        while frame.f_code.co_name in PASSED_ON_BY and frame.f_back:
            frame = frame.f_back
        if frame.f_code.co_filename == str(ROOT / path) and frame.f_lineno == int(line):
            return self.extra(where=[f"pg_sleep({MOMENT}) IS NOT NULL"])
        return as_it_is(self, *args, **kwargs)

    with mock.patch.object(QuerySet, "select_for_update", select):
        yield


@contextmanager
def as_told() -> Iterator[None]:
    """Without the lock that the environment names, where it names one."""
    if site := os.environ.get(LOCK_OUT):
        with taken_out(site):
            yield
    else:
        yield
