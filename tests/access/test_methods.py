"""What follows from matrix.txt: other methods, keys of what is gone, rights that ended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from unittest import mock

import pytest
from django.template.base import Template
from django.test import override_settings
from django.urls import reverse

from os2groups.middleware import OPEN_WITHOUT_SECOND_FACTOR
from tests.access.world import OURS, Cell, World, stored, table

CALENDAR = "charters:calendar-feed"  # its owner's, who is gone
BY_TOKEN = {"members:opt-out"}  # mail programs post there, which have no cookies (RFC 8058)
NOT_ASKED = ("styre", "lukket", "fag/gammelt")  # as "fag"; what was adopted has its own answer, 410
NEVER_WAS = {
    **dict.fromkeys(("pk", "person", "number", "other", "version"), 987_654),
    **dict.fromkeys(("slug", "requirement", "token"), "findes-ikke"),
}


def one_each(cells: Iterable[Cell]) -> list[Cell]:
    """Of each row, one role for each answer in it: another of the same answer would say the same again."""
    first: dict[tuple[str, ...], Cell] = {}
    for cell in cells:
        first.setdefault((cell.name, cell.thing, cell.method, cell.answer), cell)
    return list(first.values())


@pytest.mark.no_database
class FollowingCase(World):
    """Asks what the table does not say in so many words, in pages that are found but not written out."""

    def setUp(self) -> None:
        super().setUp()
        self.enterContext(mock.patch.object(Template, "_render", return_value=""))

    def assert_answers(
        self,
        cells: Iterable[Cell],
        expected: Callable[[Cell], str],
        *,
        method: str = "",
        url: Callable[[Cell], str] = lambda _: "",
    ) -> None:
        """Each cell gets what is expected of it, and everything stands in the database as it did."""
        wrong, before = [], stored()
        for cell in cells:
            answer = self.ask(cell, method=method, url=url(cell))
            if answer != expected(cell):
                wrong.append(f"{method} {url(cell)} as {cell} gave {answer}, not {expected(cell)}")
        assert not wrong, "\n" + "\n".join(wrong)
        assert stored() == before


class MethodTests(FollowingCase):
    def test_a_right_to_read_is_a_right_to_ask_whether_it_is_there(self) -> None:
        """HEAD answers as GET does, be it yes or no: link checkers and monitors ask so."""
        read = one_each(cell for cell in table() if cell.method == "GET")
        self.assert_answers(read, lambda cell: cell.answer, method="HEAD")

    def test_no_other_method_is_understood(self) -> None:
        ours = {(c.name, c.role): c for c in one_each(table()) if c.name.startswith(OURS)}
        signs_in_first = {(c.name, c.role) for c in table() if c.method == "POST" and c.answer == "login"}
        for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            self.assert_answers(
                ours.values(),
                lambda cell: "login" if (cell.name, cell.role) in signs_in_first else "405",
                method=method,
            )

    def test_sign_in_and_the_administration_do_nothing_by_another_method(self) -> None:
        theirs = {(c.name, c.role): c for c in one_each(table()) if not c.name.startswith(OURS)}
        before = stored()
        for cell in theirs.values():
            for method in ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
                assert not self.ask(cell, method=method).startswith("5"), f"{method} as {cell}"
        assert stored() == before


class GoneTests(FollowingCase):
    def gone(self) -> Iterator[tuple[Cell, str]]:
        """Each cell of one's own things with each key in turn replaced by one that never was."""
        for cell in one_each(table()):
            keys = self.things[cell.thing]
            if cell.name.startswith(OURS) and not cell.thing.startswith(NOT_ASKED):
                for key in keys.keys() & NEVER_WAS.keys():
                    yield cell, reverse(cell.name, kwargs=keys | {key: NEVER_WAS[key]})

    def test_what_is_gone_is_not_found_and_tells_no_stranger_that_it_is_gone(self) -> None:
        wrong, before = [], stored()
        for cell, url in self.gone():
            if cell.answer == "403" and not cell.thing.startswith("projekt"):
                expected = {"403"}  # of what is secret, a stranger hears the same as when it is there
            elif cell.answer in {"login", "401", "404", "405"}:
                expected = {cell.answer}
            else:
                expected = {"404"} if cell.role in ("åse", "øjvind") else {"403", "404"}
            answer = self.ask(cell, url=url)
            if answer not in expected:
                wrong.append(f"{cell} at {url} gave {answer}, not {expected}")
        assert not wrong, "\n" + "\n".join(wrong)
        assert stored() == before


class EndedTests(FollowingCase):
    def test_whoever_is_deactivated_is_nobody_from_the_next_request(self) -> None:
        as_nobody = {(c.name, c.thing, c.method): c.answer for c in table() if c.role == "nobody"}
        for role in ("karen", "åse"):
            self.people[role].deactivate()
        self.assert_answers(
            one_each(
                cell
                for cell in table()
                if cell.role in ("karen", "åse") and cell.name not in {CALENDAR, *BY_TOKEN}
            ),
            lambda cell: as_nobody[cell.name, cell.thing, cell.method],
        )

    @override_settings(REQUIRE_SECOND_FACTOR_FOR_STAFF=True)
    def test_an_employee_without_a_second_factor_is_led_to_set_it_up_whatever_they_ask_for(self) -> None:
        led_to = reverse("mfa_activate_totp") + "?skal=ja"
        asked = {(cell.name, cell.method, cell.role): cell for cell in table()}
        for cell in asked.values():
            if cell.role in ("bo", "åse", "øjvind") and cell.name not in OPEN_WITHOUT_SECOND_FACTOR:
                client = self.clients[cell.role]
                answer = client.generic(cell.method, self.url(cell), "")
                assert (answer.status_code, answer.get("Location")) == (302, led_to), str(cell)

    def test_everybody_else_is_not(self) -> None:
        cells = [cell for cell in table() if cell.role == "karen" and cell.method == "GET"]
        with override_settings(REQUIRE_SECOND_FACTOR_FOR_STAFF=True):
            self.assert_answers(cells, lambda cell: cell.answer)


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
