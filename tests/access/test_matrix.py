"""Every address of the site, asked by everyone: matrix.txt says what each is to get."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from tests.access.world import OURS, Cell, World, named_urls, stored, table

BY_TOKEN = {"members:opt-out"}  # mail programs post there, which have no cookies (RFC 8058)
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

    def test_every_address_within_a_group_is_asked_of_a_private_group_too(self) -> None:
        asked = {(cell.name, cell.thing.split("/")[0].split("+")[0]) for cell in table()}
        of_groups = {name for name, thing in asked if thing == "styre"}
        assert {(name, "fag") for name in of_groups} - asked == set()


@pytest.mark.long
class MatrixTests(World):
    def assert_answers(self, cells: Iterable[Cell]) -> None:
        """Each cell gets its answer; reading and being refused leave every row as it was."""
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

    @pytest.mark.no_database
    def test_a_right_to_read_is_a_right_to_ask_whether_it_is_there(self) -> None:
        """HEAD answers as GET does, be it yes or no: link checkers and monitors ask so."""
        wrong, before = [], stored()
        for cell in table():
            if cell.method != "GET" or cell.role not in ("nobody", "jonas", "øjvind"):
                continue
            answer = self.ask(cell, method="HEAD")
            if answer != cell.answer:
                wrong.append(f"{cell} gave {answer}, not {cell.answer}")
        assert not wrong, "\n" + "\n".join(wrong)
        assert stored() == before


class OtherMethodTests(World):
    def test_no_other_method_is_understood(self) -> None:
        before = stored()
        for cell in table():
            if cell.name.startswith(OURS) and cell.method == "GET" and cell.role in ("nobody", "øjvind"):
                for method in ("PUT", "PATCH", "DELETE", "TRACE"):
                    answer = self.ask(cell, method=method)
                    assert answer in {"405", "login"}, f"{method} as {cell} gave {answer}"
        assert stored() == before


class CsrfTests(World):
    def test_a_post_without_the_token_is_refused_everywhere(self) -> None:
        for role in ("nobody", "karen", "øjvind"):
            client = self.browser_of(role, enforce_csrf_checks=True)
            for cell in table():
                if cell.role == role and cell.name not in BY_TOKEN:
                    answer = client.post(self.url(cell), {"ingenting": "1"})
                    assert answer.status_code == 403, f"without a token: {cell}"

    def test_a_post_with_the_token_is_heard(self) -> None:
        client = self.browser_of("karen", enforce_csrf_checks=True)
        client.get(reverse("charters:draft-adopt", kwargs=self.things["styre"]))
        token = client.cookies["csrftoken"].value
        answer = client.post(
            reverse("charters:draft-adopt", kwargs=self.things["styre"]), {"csrfmiddlewaretoken": token}
        )
        assert answer.status_code == 422
