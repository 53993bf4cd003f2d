"""Take each line that keeps people out, in turn, out of the running code: the matrix must notice every one.

    python -m tests.access.mutate_guards            # all; exits 1 where one could go unnoticed
    python -m tests.access.mutate_guards members/   # those of the files that begin so

Nothing is written to disk; leave our files alone meanwhile. The matrix is asked once as it is, to learn
which rows come by which function. Then each line is taken out, and those rows are asked until one answers
otherwise. Where rows cannot know (whom a mail goes to, what a form of the administration holds), the tests
that ELSEWHERE names are run.
"""

from __future__ import annotations

import gc
import logging
import os
import pickle
import sys
import time
import traceback
import unittest
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings
from django.test.utils import setup_test_environment

Row = tuple[str, str, str]
WITHOUT_EFFECT = Path(__file__).with_name("without_effect.txt")
TOOL = 4  # of sys.monitoring

NOT_THEIRS = ["tests.access.test_not_theirs"]
# Where rows cannot know: the tests that must. Whatever begins with the path.
ELSEWHERE = {
    "members/privacy/": ["tests.members.test_anonymising"],
    "members/second_factor.py": ["tests.members.test_second_factor"],
    "members/views/register.py": ["tests.members.register.test_pages"],
    "members/views/privacy.py": ["tests.members.test_anonymising", "tests.members.test_held"],
    "members/access.py": ["tests.members.test_leaving", "tests.members.test_access"],
    "members/accounts.py": ["tests.members.test_sign_in"],
    "members/admin/": ["tests.members.test_admin", "tests.members.test_admin_kept"],
    "members/governance.py": ["tests.members.test_governance"],
    "members/invitations.py": ["tests.members.test_invitations"],
    "members/models/user.py": ["tests.members.test_sign_in", "tests.members.test_people"],
    "members/models/group.py": ["tests.members.test_groups"],
    "members/organisation_logins.py": ["tests.members.test_organisation_logins"],
    "members/register/": ["tests.members.register.test_pages", "tests.members.register.test_plan"],
    "members/views/leaving.py": ["tests.members.test_leaving"],
    "members/views/memberships.py": ["tests.members.test_memberships", "tests.members.test_group_changes"],
    "members/views/": [
        "tests.members.test_groups",
        "tests.members.test_people",
        "tests.members.test_projects",
    ],
    "charters/admin.py": ["tests.charters.test_admin"],
    "charters/from_word.py": ["tests.charters.test_from_word"],
    "charters/governance_report.py": ["tests.charters.test_governance_report"],
    "charters/mandate.py": ["tests.charters.test_mandate"],
    "charters/meeting_forms.py": ["tests.charters.test_meeting"],
    "charters/models/": ["tests.charters.test_bundle_pages", "tests.charters.test_editions_pages"],
    "charters/obligations/": ["tests.charters.test_calendars", "tests.charters.test_obligation_pages"],
    "charters/standing.py": ["tests.charters.test_approvals"],
    "charters/templatetags/": ["tests.charters.test_untold_drafts", "tests.charters.test_in_force"],
    "charters/views/bundles.py": ["tests.charters.test_bundle_pages"],
    "charters/views/desk.py": ["tests.charters.test_meeting", "tests.charters.test_drafts_pages"],
    "charters/views/editions.py": ["tests.charters.test_approvals", "tests.charters.test_history_adopted"],
    "charters/views/governance.py": ["tests.charters.test_governance_report"],
    "charters/views/calendars.py": ["tests.charters.test_calendars"],
    "charters/views/checking.py": ["tests.charters.test_checking"],
    "charters/views/obligations.py": ["tests.charters.test_obligation_pages"],
    "charters/views/from_word.py": ["tests.charters.test_from_word"],
    "charters/views/templates.py": ["tests.charters.test_templates_pages"],
    "charters/views/": ["tests.charters.test_drafts_pages", "tests.charters.test_editions_pages"],
}


def main(beginning: str = "") -> int:
    """Try each guard; say which went unnoticed."""
    django.setup()
    setup_test_environment()
    logging.disable(logging.CRITICAL)
    from django.db import connection  # noqa: PLC0415

    connection.settings_dict["TEST"]["NAME"] = None  # in memory: beside whatever tests run meanwhile
    connection.creation.create_test_db(verbosity=0)
    from tests.access.guards import guards  # noqa: PLC0415
    from tests.conftest import pytest_configure  # noqa: PLC0415

    pytest_configure()  # the cast leaves before a test that does without it
    before = time.monotonic()
    known = without_effect()
    tried = [guard for guard in guards() if guard.path.startswith(beginning)]
    for path in {guard.path for guard in tried}:  # whatever is not loaded cannot be changed
        import_module(path.removesuffix(".py").replace("/", "."))
    by_rows = in_a_child(lambda: Trial().notice_all([guard for guard in tried if guard.key not in known]))
    import_module(settings.ROOT_URLCONF)  # and what its marks wrap
    unnoticed, sound = 0, set[str]()
    for guard in tried:
        noticed = known.get(guard.key) or by_rows[guard.key] or noticed_elsewhere(guard, sound)
        unnoticed += not noticed
        mark = "noticed  " if noticed else "UNNOTICED"
        print(f"{mark} {guard!s:<130.130} {noticed}", flush=True)  # noqa: T201
    print(f"{len(tried)} guards, {unnoticed} unnoticed, {time.monotonic() - before:.0f} s")  # noqa: T201
    return 1 if unnoticed else 0


def without_effect() -> dict[str, str]:
    """The lines that keep nobody out by themselves, each with its reason."""
    lines = WITHOUT_EFFECT.read_text(encoding="utf-8").splitlines()
    pairs = [line.split("  # ") for line in lines if line and not line.startswith("#")]
    return {key.strip(): f"(keeps nobody out: {reason})" for key, reason in pairs}


class Trial:
    """The matrix's world, and every cell of its table."""

    def __init__(self) -> None:
        from tests.access.test_matrix import MatrixTests  # noqa: PLC0415
        from tests.access.world import table  # noqa: PLC0415

        MatrixTests.setUpClass()
        self.case: Any = MatrixTests("assert_answers")
        self.case.setUp()
        self.cells = table()

    def notice_all(self, guards: list[Any]) -> dict[str, str]:
        """By the key of each guard, the cell that answers otherwise without it."""
        rows = self.rows_by_code()
        return {guard.key: self.notices(guard, rows) for guard in guards}

    def answer(self, cell: Any) -> str:
        from django.db import transaction  # noqa: PLC0415

        with transaction.atomic():
            try:
                return str(self.case.ask(cell))
            except Exception as error:
                return type(error).__name__
            finally:
                transaction.set_rollback(True)

    def rows_by_code(self) -> dict[CodeKey, list[Any]]:
        """Ask everything once: which cells come by which function of ours."""
        from tests.access.guards import ROOT  # noqa: PLC0415

        passed: dict[CodeKey, set[Row]] = defaultdict(set)
        ours = tuple(str(ROOT / room) for room in ("members", "charters"))
        row: Row = ("", "", "")

        def started(code: CodeType, _offset: int) -> Any:
            if not code.co_filename.startswith(ours):
                return sys.monitoring.DISABLE
            passed[key_of(code)].add(row)
            return None

        sys.monitoring.use_tool_id(TOOL, "guards")
        sys.monitoring.register_callback(TOOL, sys.monitoring.events.PY_START, started)
        sys.monitoring.set_events(TOOL, sys.monitoring.events.PY_START)
        for cell in self.cells:
            row = (cell.name, cell.thing, cell.method)
            answer = self.answer(cell)
            assert answer == cell.answer, f"as it is: {cell} gave {answer}, not {cell.answer}"
        sys.monitoring.free_tool_id(TOOL)
        refused = {"login", "401", "403", "404"}
        ordered = sorted(self.cells, key=lambda cell: cell.answer not in refused)
        return {
            key: [c for c in ordered if (c.name, c.thing, c.method) in rows] for key, rows in passed.items()
        }

    def notices(self, guard: Any, rows: dict[CodeKey, list[Any]]) -> str:
        """The cell that answers otherwise without ``guard``; empty where none does."""
        from tests.access.guards import ROOT  # noqa: PLC0415

        with taken_out(guard):
            for cell in rows.get((str(ROOT / guard.path), guard.function), []):
                answer = self.answer(cell)
                if answer != cell.answer:
                    return f"{cell} gave {answer}, not {cell.answer}"
        return ""


def noticed_elsewhere(guard: Any, sound: set[str]) -> str:
    """The test that fails without ``guard``, and only then; ``sound`` are those known to pass as it is."""
    named = (tests for path, tests in ELSEWHERE.items() if guard.path.startswith(path))
    tests = [*NOT_THEIRS, *next(named, [])]
    with taken_out(guard):
        wrong = in_a_child(lambda: first_failure(tests))
    if wrong and not sound.issuperset(tests):
        if broken := in_a_child(lambda: first_failure(tests)):
            print(f"fails as it is: {broken}")  # noqa: T201
            return ""
        sound.update(tests)
    return str(wrong)


def first_failure(modules: list[str]) -> str:
    with Path(os.devnull).open("w") as nowhere:
        suite = unittest.defaultTestLoader.loadTestsFromNames(modules)
        result = unittest.TextTestRunner(stream=nowhere, failfast=True).run(suite)
    return next((str(test) for test, _trace in [*result.failures, *result.errors]), "")


def in_a_child(work: Callable[[], Any]) -> Any:
    """What ``work`` gives, done in a copy of this process, which may leave the world as it likes."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        try:
            with os.fdopen(write, "wb") as answer:
                pickle.dump(work(), answer)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as said:
        told = said.read()
    os.waitpid(child, 0)
    if not told:
        raise ChildProcessError
    return pickle.loads(told)


CodeKey = tuple[str, str]  # file, qualified name


def key_of(code: CodeType) -> CodeKey:
    return code.co_filename, code.co_qualname


def functions_of(path: str, name: str) -> list[FunctionType]:
    return [f for f in gc.get_objects() if isinstance(f, FunctionType) and key_of(f.__code__) == (path, name)]


def taken_out(guard: Any) -> AbstractContextManager[None]:
    """While it lasts, ``guard`` keeps nobody out."""
    from tests.access.guards import ROOT  # noqa: PLC0415

    functions = functions_of(str(ROOT / guard.path), guard.function)
    assert functions, f"never loaded: {guard}"
    return signed_in_or_not(functions) if guard.is_sign_in else running(functions, guard.code_without())


@contextmanager
def running(functions: Iterable[FunctionType], code: CodeType) -> Iterator[None]:
    """While it lasts, the functions do what ``code`` says."""
    kept = {id(function): function.__code__ for function in functions}
    try:
        for function in functions:
            function.__code__ = code
        yield
    finally:
        for function in functions:
            function.__code__ = kept[id(function)]


@contextmanager
def signed_in_or_not(functions: Iterable[FunctionType]) -> Iterator[None]:
    """While it lasts, the views' ``login_required`` lets everybody pass."""
    wrapped = {id(function) for function in functions}
    cells = []
    for wrapper in gc.get_objects():
        if isinstance(wrapper, FunctionType) and wrapper.__name__ in wrapped_names(functions):
            inner: Any = wrapper
            while hasattr(inner, "__wrapped__"):
                if "test_func" in inner.__code__.co_freevars and id(_innermost(inner)) in wrapped:
                    cells.append(inner.__closure__[inner.__code__.co_freevars.index("test_func")])
                inner = inner.__wrapped__
    kept = [cell.cell_contents for cell in cells]
    try:
        for cell in cells:
            cell.cell_contents = lambda _user: True
        yield
    finally:
        for cell, was in zip(cells, kept, strict=True):
            cell.cell_contents = was


def wrapped_names(functions: Iterable[FunctionType]) -> set[str]:
    return {function.__name__ for function in functions}


def _innermost(function: Any) -> Any:
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
