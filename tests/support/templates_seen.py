"""A template that no test renders fails the whole suite, by name.

A plugin (``-p`` in pyproject.toml). Each process notes what it renders; the one that collects them looks, at
the end of a run of everything, for what nobody did. A run of some of the tests says nothing.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
seen = pytest.StashKey[set[str]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[seen] = set()


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    noted = session.config.stash[seen]

    def note(template: Any, **_: Any) -> None:
        noted.add(template.origin.name)

    import_module("django.test.signals").template_rendered.connect(note, weak=False)


def is_everything(config: pytest.Config) -> bool:
    """Whether all tests were asked for, on any database that has browser tests too."""
    asked = config.option
    some = asked.keyword or asked.markexpr or asked.collectonly or asked.deselect
    some = some or getattr(asked, "lf", False)  # no option, where nothing is kept for the next run
    return not some and config.args_source == pytest.Config.ArgsSource.TESTPATHS


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Hear from a tester, as it leaves, what it rendered."""
    node.config.stash[seen].update(getattr(node, "workeroutput", {}).get("templates", ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["templates"] = sorted(config.stash[seen])
    elif is_everything(config) and exitstatus == pytest.ExitCode.OK and unseen(config.stash[seen]):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if is_everything(config):
        for name in unseen(config.stash[seen]):
            terminalreporter.write_line(f"FAILED no test renders templates/{name}", red=True)


def unseen(rendered: set[str]) -> list[str]:
    every = (path for path in TEMPLATES.rglob("*") if path.is_file())
    return sorted(str(path.relative_to(TEMPLATES)) for path in every if str(path) not in rendered)
