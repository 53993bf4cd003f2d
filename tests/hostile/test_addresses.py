"""Every part of every address, and every word that an address is asked with, as nobody meant it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from django.urls import NoReverseMatch, reverse

from tests.access.world import Cell
from tests.hostile import corpus
from tests.hostile.asking import FORM, HostileCase, some

ROOT = Path(__file__).parents[2]
ELSEWHERE = ["/{}", "/{}/", "/grupper/{}/", "/static/{}", "/admin/{}/"]
ELSEWHERE += [f"/admin/members/{what}" for what in ("user/{}/change/", "user/{}", "project/{}/history/")]
# What Django, its administration, allauth and htmx read.
NOT_OURS = ["next", "page", "q", "o", "p", "e", "all", "_popup", "_to_field", "_changelist_filters", "id__gt"]
NOT_OURS += ["id__in", "is_staff__exact", "level__exact", "process", "code", "state", "error"]
READ = re.compile(r'GET(?:\.get\(|\[|\.getlist\()"(\w+)"|"(\w+)" (?:not )?in request\.GET')
LONGEST = 3_000  # characters of an address that a server still takes
TEXTS = {**corpus.TEXTS, **corpus.NUMBERS, **corpus.DAYS, **corpus.UUIDS}


@pytest.mark.long(25)
class AddressTests(HostileCase):
    def test_no_part_of_an_address_is_an_error_of_ours(self) -> None:
        cases = [*self.with_parts(), *elsewhere()]
        for role, method, url in some(cases, one_in=6):
            self.asked_in_vain(f"{role}: {method} {url[:100]}", role, method, url, content_type=FORM)
        assert len(cases) > 3_000, len(cases)
        assert not self.wrong, "\n".join(self.wrong)

    def with_parts(self) -> Iterator[tuple[str, str, str]]:
        for cell in [*self.cells("GET"), *self.cells("POST")]:
            things = self.things[cell.thing]
            for key, thing in things.items():
                stand_in = 76543210 if isinstance(thing, int) else "her"
                try:
                    url = reverse(cell.name, kwargs={**things, key: stand_in})
                except NoReverseMatch:
                    continue
                for part in corpus.PARTS.values():
                    yield cell.role, cell.method, url.replace(str(stand_in), part)

    def test_no_word_that_an_address_is_asked_with_is_an_error_of_ours(self) -> None:
        words = sorted({*NOT_OURS, *read_by_us(), *(name for form in self.forms() for name in form)})
        assert {"q", "next", "den"} <= set(words), words
        cases = [
            (cell, word, what)
            for cell in self.cells("GET")
            for word in ["", *words]
            for what in TEXTS
            if cell.answer == "200" or not word
        ]
        for cell, word, what in some(cases, one_in=3001, in_proof=29, holds_nul=is_all_nul):
            self.ask_with(cell, [word] if word else words, what)
        assert not self.wrong, "\n".join(self.wrong)

    def forms(self) -> Iterator[tuple[str, ...]]:
        """The fields of each form that is asked with, all of which the secretariat is shown."""
        for place in self.places(method="get", roles=["åse"]):
            yield place.form.names

    def ask_with(self, cell: Cell, words: list[str], what: str) -> None:
        value = quote_plus(TEXTS[what].encode("utf-8", "surrogatepass"))[:LONGEST]
        query = "&".join(f"{word}={value}" for word in words[: 1 if len(value) > 100 else None])
        self.asked_in_vain(f"{cell} ?{words[0]}= {what}", cell.role, "GET", f"{self.url(cell)}?{query}")


def is_all_nul(case: tuple[Cell, str, str]) -> bool:
    _cell, word, what = case
    return what == "nul" and not word


def elsewhere() -> Iterator[tuple[str, str, str]]:
    for address in ELSEWHERE:
        for part in corpus.PARTS.values():
            for role in ("nobody", "åse"):
                yield role, "GET", address.format(part)


def read_by_us() -> set[str]:
    """The words that our code asks an address for."""
    code = "\n".join(
        file.read_text(encoding="utf-8")
        for room in ("members", "charters", "os2groups")
        for file in (ROOT / room).rglob("*.py")
    )
    return {name for found in READ.findall(code) for name in found if name}
