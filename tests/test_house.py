"""The suite guards the house itself: what nobody should have to remember."""

from __future__ import annotations

import re
import subprocess
import sys
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.template.loader import get_template
from django.test import SimpleTestCase, TestCase, TransactionTestCase

from charters.models import (
    CharterDocument,
    CharterMember,
    Obligation,
    Section,
    SectionRevision,
    TemplateSection,
)
from members.models import WorkingGroupGroupGrant, WorkingGroupUserGrant
from tests import factories
from tests.support.at_once import at_once
from tests.support.production import PRODUCTION, manage

ROOT = Path(__file__).resolve().parent.parent
OURS = ("os2groups", "charters", "members")
LONGEST_FILE, LONGEST_TEMPLATE = 300, 80


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def sources() -> list[Path]:
    found = (path for app in OURS for path in (ROOT / app).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


class DatabaseTests(TestCase):
    def test_no_migration_is_missing(self) -> None:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    def test_every_model_of_ours_has_a_factory_or_comes_with_another(self) -> None:
        made = {typing.get_type_hints(f).get("return") for f in vars(factories).values() if callable(f)}
        comes_with: dict[type[models.Model], Callable[[], Any]] = {
            Section: factories.draft,
            SectionRevision: factories.draft,
            TemplateSection: lambda: factories.template().new_version(),
            CharterMember: factories.adopted,
            CharterDocument: factories.adopted,
            Obligation: factories.adopted,
            WorkingGroupUserGrant: factories.adopted,
        }
        unused = {WorkingGroupGroupGrant}  # guardian wants it to exist; no grant is given to a Django group
        ours = {model for model in apps.get_models() if model._meta.app_label in OURS}
        assert ours - made - comes_with.keys() == unused
        for model, factory in comes_with.items():
            before = model._base_manager.count()
            factory()
            assert model._base_manager.count() > before, model

    def test_every_factory_makes_what_it_says(self) -> None:
        for factory in (
            factories.organisation,
            factories.user,
            factories.project,
            factories.group,
            factories.template,
            factories.draft,
            factories.adopted,
            factories.approval,
            factories.follow_up,
            factories.submission,
        ):
            made = factory()
            assert isinstance(made, models.Model)
            made.full_clean()


class PoolTests(TransactionTestCase):
    """On PostgreSQL connections come from a pool, as in production."""

    def test_threads_take_turns_at_connections_and_give_them_back(self) -> None:
        if connection.vendor != "postgresql":
            self.skipTest("only PostgreSQL has a pool")
        assert connection.settings_dict["OPTIONS"]["pool"]

        def ask() -> int:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                return int(cursor.fetchone()[0])

        for _ in range(4):  # more in all than the pool has
            assert at_once([ask] * 6) == [1] * 6

    def test_a_page_asks_without_helpers_that_take_the_turn_of_others(self) -> None:
        if connection.vendor != "postgresql":
            self.skipTest("only PostgreSQL has helpers")
        with connection.cursor() as cursor:
            cursor.execute("SHOW max_parallel_workers_per_gather")
            assert cursor.fetchone() == ("0",)


class ProductionTests(SimpleTestCase):
    def test_the_deployment_check_has_nothing_to_say(self) -> None:
        done = manage("check", "--deploy", "--fail-level", "DEBUG", **PRODUCTION)
        assert done.returncode == 0, done.stderr
        assert "no issues" in done.stdout

    def test_without_its_secrets_it_refuses_to_start_in_one_line(self) -> None:
        for missing in ("SECRET_KEY", "ALLOWED_HOSTS"):
            with self.subTest(missing=missing):
                done = manage("check", **{**PRODUCTION, missing: ""})
                assert done.returncode != 0
                lines = done.stderr.strip().splitlines()
                assert len(lines) == 1
                assert missing in lines[0]

    def test_imports_point_one_way(self) -> None:
        linter = Path(sys.executable).with_name("lint-imports")
        done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


class FileTests(SimpleTestCase):
    def test_no_file_names_a_machine_or_a_private_registry(self) -> None:
        words = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "artifactory", "nexus" + ".", "index-url"]
        texts = {path: path.read_bytes().decode("utf-8", "ignore") for path in tracked()}
        found = [(str(path), word) for path, text in texts.items() for word in words if word in text]
        assert [hit for hit in found if not hit[0].endswith("test_house.py")] == []

    def test_the_lock_file_knows_only_the_public_index(self) -> None:
        hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
        assert hosts == {"pypi.org", "files.pythonhosted.org"}

    def test_no_file_outgrows_its_reader(self) -> None:
        lengths = {str(path): len(read(path).splitlines()) for path in sources()}
        assert {path: n for path, n in lengths.items() if n >= LONGEST_FILE} == {}

    def test_no_template_outgrows_its_reader(self) -> None:
        lengths = {str(path): len(read(path).splitlines()) for path in templates()}
        assert {path: n for path, n in lengths.items() if n >= LONGEST_TEMPLATE} == {}


class TemplateTests(SimpleTestCase):
    def test_every_template_can_be_read(self) -> None:
        assert len(templates()) > 50
        for path in templates():
            get_template(str(path.relative_to(ROOT / "templates")))

    def test_every_template_that_is_named_exists(self) -> None:
        """In an include or extends of a template, or in a view: those are first looked for when run."""
        in_templates = r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']"
        in_code = r"[\"']([\w/]+/[\w/]+\.(?:html|txt))[\"']"
        named = {name for path in templates() for name in re.findall(in_templates, read(path))}
        named |= {name for path in sources() for name in re.findall(in_code, read(path))}
        assert len(named) > 30
        for name in sorted(named):
            with self.subTest(template=name):
                get_template(name)

    def test_every_fragment_is_used(self) -> None:
        everything = "".join(read(path) for path in [*templates(), *sources()])
        fragments = [path.name for path in templates() if path.name.startswith("_")]
        assert [name for name in fragments if name not in everything] == []

    def test_no_page_trusts_stored_text(self) -> None:
        for path in self.pages():
            with self.subTest(template=path.name):
                assert not re.search(r"\|\s*safe\b|{%\s*autoescape off", read(path))

    def test_no_page_has_what_the_content_security_policy_forbids(self) -> None:
        forbidden = r"<script(?![^>]*\b(src|nonce|type=\"application/json\"))|<[^>]*\s(style|on[a-z]+)="
        for path in self.pages():
            with self.subTest(template=path.name):
                assert not re.search(forbidden, read(path))

    def pages(self) -> list[Path]:
        """The templates of the site; a mail is plain text."""
        return [path for path in templates() if path.suffix == ".html"]
