"""What every test relies on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.test import TransactionTestCase
from whitenoise.middleware import WhiteNoiseMiddleware

from charters import triggers

# A busy machine makes an example slow; that is no fault of what it tests.
hypothesis.settings.register_profile(
    "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("suite")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin what is long first: a tester keeps its last two tests to itself, however long the others idle."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_for_once() -> Iterator[None]:
    """Let every test client have the list of static files that a server makes once, when it starts.

    Each client makes a server's whole middleware anew, of which finding 300 files is nine tenths.
    """
    middleware: Any = WhiteNoiseMiddleware
    look_for, found = middleware.add_files_from_finders, dict[str, Any]()

    def look_once(self: Any) -> None:
        if not found:
            look_for(self)
            found.update(self.files)
        self.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(middleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _frozen_texts_go_with_the_test_database() -> Iterator[None]:
    """Let a test that commits be cleaned up after: emptying the tables is what the triggers refuse.

    Every such test (``TransactionTestCase``, ``transactional_db``, ``live_server``) ends in this one method.
    """
    case_class: Any = TransactionTestCase
    empty = case_class._fixture_teardown

    def lifted(case: TransactionTestCase) -> None:
        with triggers.lifted():
            empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(case_class, "_fixture_teardown", lifted)
        yield
