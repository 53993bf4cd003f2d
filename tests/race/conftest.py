"""A run of the races without one of the locks: ``mutate_locks`` asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.locks import as_told


@pytest.fixture(scope="session", autouse=True)
def _one_lock_may_be_out() -> Iterator[None]:
    with as_told():
        yield
