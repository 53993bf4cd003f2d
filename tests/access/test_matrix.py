"""Every address of the site, asked by everyone: matrix.txt says what each is to get.

On PostgreSQL every third cell is asked, so that each address is by three or four; all are in ``make proof``.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from charters import sign_of_life
from tests.access.world import Cell, World, named_urls, stored, table
from tests.support.databases import on_postgres
from tests.support.proof import IS_PROOF

REFUSALS = {"login", "401", "403", "404", "405", "422"}


def charter_cells() -> list[Cell]:
    return [cell for cell in table() if cell.name.startswith("charters:")]


class TableTests(World):
    def test_every_address_has_a_row_and_every_row_an_address(self) -> None:
        rows = {cell.name for cell in table() if not cell.name.startswith("admin:")}
        assert named_urls() - rows == set(), "put these in tests/access/matrix.txt"
        assert rows - named_urls() == set(), "these are in tests/access/matrix.txt, but are no addresses"

    def test_every_address_is_asked_with_get_and_with_post(self) -> None:
        asked = {(cell.name, cell.method) for cell in table()}
        assert {(name, method) for name in named_urls() for method in ("GET", "POST")} - asked == set()

    def test_every_list_and_every_new_row_of_the_administration_has_a_row(self) -> None:
        pages = {
            f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
            for model in admin.site._registry
            for page in ("changelist", "add")
        }
        rows = {cell.name for cell in table() if cell.name.startswith("admin:")}
        assert rows == {"admin:index", *pages}

    def test_every_address_within_a_group_is_asked_of_a_private_and_of_a_closed_one_too(self) -> None:
        heard = {(cell.name, cell.method) for cell in table() if cell.answer not in {"405", "login"}}
        asked = {(cell.name, cell.method, cell.thing.split("/")[0].split("+")[0]) for cell in table()}
        of_groups = {(name, method) for name, method, thing in asked if thing == "styre"} & heard
        assert {(*address, group) for address in of_groups for group in ("fag", "lukket")} - asked == set()

    def test_every_secret_is_read_by_somebody(self) -> None:
        pages = [cell for cell in table() if (cell.method, cell.role, cell.answer) == ("GET", "åse", "200")]
        read = b"".join(self.clients["åse"].get(self.url(cell)).getvalue() for cell in pages)
        read += self.clients["karen"].get(reverse("charters:calendar")).content
        assert [secret.words for secret in self.secrets if secret.words.encode() not in read] == []


@pytest.mark.long(25)
class MatrixTests(World):
    def assert_answers(self, cells: Iterable[Cell]) -> None:
        """Each cell gets its answer; reading and being refused leave every row as it was."""
        cells = [*cells][:: 1 if IS_PROOF or not on_postgres() else 3]
        cells.sort(key=lambda cell: cell.name != "health")  # the others take longer than a sign of life lasts
        sign_of_life.give()  # the world may have stood for minutes
        DBTaskResult.objects.ready().update(enqueued_at=timezone.now())
        wrong, before = [], stored()
        for cell in cells:
            with transaction.atomic():
                answer = self.ask(cell)
                transaction.set_rollback(cell.method == "POST" and cell.answer not in REFUSALS)
            if answer != cell.answer:
                wrong.append(f"{cell} gave {answer}, not {cell.answer}")
        assert not wrong, "\n" + "\n".join(wrong)
        assert stored() == before

    def test_the_register_answers_everyone_as_the_table_says(self) -> None:
        self.assert_answers(cell for cell in table() if cell.name.startswith("members:"))

    def test_charters_are_read_by_everyone_as_the_table_says(self) -> None:
        self.assert_answers(cell for cell in charter_cells() if cell.method == "GET")

    def test_charters_are_written_by_everyone_as_the_table_says(self) -> None:
        self.assert_answers(cell for cell in charter_cells() if cell.method != "GET")

    def test_sign_in_and_the_administration_answer_everyone_as_the_table_says(self) -> None:
        self.assert_answers(cell for cell in table() if not cell.name.startswith(("members:", "charters:")))
