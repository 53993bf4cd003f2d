"""What every test relies on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any
from unittest import mock

import hypothesis
import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.test import TransactionTestCase
from whitenoise.middleware import WhiteNoiseMiddleware

from charters import triggers
from charters.documents.renderer import renderer
from tests.cast import CastCase, Stage
from tests.support.proof import IS_PROOF

# A busy machine makes an example slow; that is no fault of what it tests.
hypothesis.settings.register_profile(
    "suite",
    deadline=None,
    max_examples=500 if IS_PROOF else 50,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("suite")

# And slow to print: a document stands back for whatever else the machine does, here for three other testers.
renderer.patience = 120

# A million objects live as long as the tests do: looking through them for garbage is a tenth of their time.
gc.set_threshold(50_000, 20, 50)

MADE_BY_MIGRATE = {"django_content_type", "auth_permission"}


def pytest_configure() -> None:
    """Have the cast leave before any test but a ``CastCase`` uses the database.

    Every such test, also one that is a function, begins in this one method. It is done before there are any
    tests, for pytest takes the method from each class as it collects it.
    """
    case_class: Any = TransactionTestCase
    begin = case_class.setUpClass.__func__

    def begin_without_the_cast(cls: type[TransactionTestCase]) -> None:
        if not issubclass(cls, CastCase):
            Stage.strike()
        begin(cls)

    case_class.setUpClass = classmethod(begin_without_the_cast)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Have each tester begin with its share of what is long, the longest first.

    With ``--dist worksteal`` a tester is given a part of the tests in one piece, and whoever is done takes
    over half of another's from the end: what is long and stands in one place is done by one, one by one.
    """
    long = sorted(filter(seconds_of, items), key=seconds_of, reverse=True)
    short = [item for item in items if not seconds_of(item)]
    testers: int = getattr(config, "workerinput", {}).get("workercount", 1)
    ordered: list[pytest.Item] = []
    for number in range(testers):
        share = long[number::testers]
        size = (len(items) - len(ordered)) // (testers - number)  # as xdist cuts them
        rest = max(size - len(share), 0)
        ordered += share + short[:rest]
        del short[:rest]
    items[:] = ordered


def seconds_of(item: pytest.Item) -> int:
    """How long a test says that it takes; 0 where it is one of thousands."""
    long = item.get_closest_marker("long")
    return long.args[0] if long else 0


def pytest_collection_finish() -> None:
    """Take every module and test out of what is looked through for garbage."""
    gc.freeze()


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
def _test_database_is_emptied_whole() -> Iterator[None]:
    """Let a test that commits be cleaned up after: emptying the tables is what the triggers refuse.

    Every such test (``TransactionTestCase``, ``transactional_db``, ``live_server``) ends in this one method.
    What ``migrate`` puts there, and no test changes, is left: making it anew costs more than all the rest.
    """
    names = connections[DEFAULT_DB_ALIAS].introspection.django_table_names

    def names_but_for_kept(**options: Any) -> list[str]:
        return [name for name in names(**options) if name not in MADE_BY_MIGRATE]

    def empty(_: TransactionTestCase) -> None:
        introspection = connections[DEFAULT_DB_ALIAS].introspection
        with triggers.lifted(), mock.patch.object(introspection, "django_table_names", names_but_for_kept):
            call_command(
                "flush", verbosity=0, interactive=False, reset_sequences=False, inhibit_post_migrate=True
            )
        cache.clear()  # its table is no model's, and holds how often an address tried to sign in

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database; the cast leaves before it goes."""
    yield
    with django_db_blocker.unblock():
        Stage.strike()
