"""Asks the site what the corpus says, as whoever may, and takes down what it must not answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.signals import got_request_exception
from django.db import transaction
from django.urls import resolve

from tests.access.world import ROLES, Cell, World, table
from tests.hostile.pages import Form, Page, encoded
from tests.support.databases import on_postgres
from tests.support.markup import dangers
from tests.support.proof import IS_PROOF

# Who between them are shown every form there is.
WRITERS = ("karen", "åse", "nobody", "øjvind")
FORM = "application/x-www-form-urlencoded"


def some[Case](
    cases: Sequence[Case], *, one_in: int, in_proof: int = 1, holds_nul: Callable[[Case], bool] | None = None
) -> Sequence[Case]:
    """Every so manieth case, so that all kinds of each are among them; more of them in ``make proof``.

    The two databases take turns: what the one is asked, the other is not. PostgreSQL, whose texts alone can
    hold no NUL, is asked for all of those too.
    """
    with_nul = filter(holds_nul, cases) if holds_nul and on_postgres() else ()
    if IS_PROOF:
        return [*cases[::in_proof], *with_nul]
    return [*cases[one_in if on_postgres() else 0 :: 2 * one_in], *with_nul]


@dataclass(frozen=True)
class Place:
    """A form on a page: who is shown it, and where it is sent."""

    role: str
    action: str
    form: Form

    @property
    def is_admin(self) -> bool:
        return self.action.startswith("/admin/")

    def __str__(self) -> str:
        return f"{self.role} at {urlsplit(self.action).path}"


class HostileCase(World):
    """Sends what it likes, undoes what came of it, and remembers what went wrong."""

    def setUp(self) -> None:
        super().setUp()
        for client in self.clients.values():
            client.raise_request_exception = False
        self.wrong: list[str] = []
        self._raised: list[str] = []
        got_request_exception.connect(self._note)
        self.addCleanup(got_request_exception.disconnect, self._note)

    def _note(self, **_sent: Any) -> None:
        error = sys.exc_info()[1]
        self._raised.append(f"{type(error).__name__}: {str(error)[:200]}")

    def asked(self, what: str, role: str, method: str, url: str, body: Any = b"", **sent: Any) -> Any:
        """The answer; nothing is signed out. What is wrong: an error of ours, or markup that is not."""
        client = self.clients[role]
        cookies: Any = client.cookies.copy()
        self._raised.clear()
        response = client.generic(method, url, body, **sent)
        client.cookies = cookies
        if response.status_code >= 500:
            self.wrong.append(f"{what}: {response.status_code} {' '.join(self._raised)}")
        if response.get("Content-Type", "").startswith("text/html"):
            self.wrong += [f"{what}: {found}" for found in dangers(response.content.decode())]
        return response

    def asked_in_vain(self, what: str, role: str, method: str, url: str, body: Any = b"", **sent: Any) -> Any:
        """The answer; whatever was done for it is undone."""
        with transaction.atomic():
            response = self.asked(what, role, method, url, body, **sent)
            transaction.set_rollback(True)
        return response

    def sent(self, what: str, place: Place, values: list[tuple[str, str]]) -> Any:
        return self.asked(what, place.role, "POST", place.action, encoded(values), content_type=FORM)

    def cells(self, method: str) -> Iterator[Cell]:
        """Each address of ours by that method, for whoever of the writers gets furthest with it."""
        found = [cell for cell in table() if cell.method == method and cell.role in WRITERS]
        refused = {"login", "401", "403", "404", "405"}
        seen = set()
        for cell in sorted(found, key=lambda cell: (cell.answer in refused, ROLES.index(cell.role))):
            if cell.name not in seen:
                seen.add(cell.name)
                yield cell

    def places(self, method: str = "post", roles: Sequence[str] = WRITERS) -> Iterator[Place]:
        """Each form there is that is sent by a method, once for each who is shown it otherwise."""
        seen = set()
        shown = [cell for cell in table() if (cell.method, cell.answer) == ("GET", "200") and cell.is_page]
        for cell in sorted(shown, key=lambda cell: ROLES.index(cell.role)):
            if cell.role not in roles or cell.thing.startswith(("lukket", "fag")):
                continue
            url = self.url(cell)
            response = self.asked_in_vain(str(cell), cell.role, "GET", url)
            if not response.get("Content-Type", "").startswith("text/html"):
                continue
            for form in Page(response.content.decode()).forms:
                action = form.action or url
                key = (resolve(urlsplit(action).path).view_name, form.names, cell.role == "nobody")
                if form.method == method and key not in seen:
                    seen.add(key)
                    yield Place(cell.role, action, form)
