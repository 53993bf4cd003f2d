"""Is the file that somebody holds the edition it says it is?"""

from __future__ import annotations

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from charters.checking import LARGEST, LARGEST_DATA, Finding, check
from charters.forms import CheckForm
from charters.models import Charter
from members.package import MAX_FILE
from os2groups.uploads import MOST
from tests import factories
from tests.cast import CastCase

pytestmark = pytest.mark.no_database


class CheckCase(CastCase):
    charter: Charter

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.charter = factories.adopted(cls.cast.steering, by=cls.cast.karen)

    def data(self) -> dict[str, Any]:
        url = reverse("charters:edition-json", args=[self.cast.steering.slug, 1])
        return dict(self.client.get(url).json())

    def finding(self, file: Any) -> Finding:
        content = file if isinstance(file, bytes) else json.dumps(file).encode()
        return check(content, among=Charter.objects.all()).finding


class RuleTests(CheckCase):
    def test_the_pdf_as_it_was_adopted_is_the_edition_and_one_byte_more_is_not(self) -> None:
        pdf = bytes(self.charter.document.pdf)
        assert self.finding(pdf) == Finding.SAME
        assert self.finding(pdf + b"\n") == Finding.CHANGED  # it still tells which one it was

    def test_a_changed_pdf_that_tells_its_fingerprint_is_said_to_be_changed(self) -> None:
        told = f"%PDF-1.7 Fingeraftryk: {self.charter.short_fingerprint}".encode()
        assert self.finding(told) == Finding.CHANGED

    def test_the_data_is_the_edition_however_it_is_laid_out(self) -> None:
        data = self.data()
        assert self.finding(data) == Finding.SAME
        assert self.finding(json.dumps(data, indent=8).encode()) == Finding.SAME
        assert self.finding(data["content"]) == Finding.SAME
        assert self.finding(self.charter.document.content.encode()) == Finding.SAME

    def test_one_letter_more_is_a_change(self) -> None:
        data = self.data()
        data["content"]["sections"][0]["body"] += "x"
        assert self.finding(data) == Finding.CHANGED

    def test_what_says_a_thing_twice_is_not_from_here(self) -> None:
        twice = b'{"content": {"edition": 2}, ' + json.dumps(self.data()).encode()[1:]
        assert json.loads(twice) == self.data()
        assert self.finding(twice) == Finding.UNREADABLE

    def test_a_name_in_anothers_place_is_a_change(self) -> None:
        data = self.data()
        data["names"][0]["name"] = "En Anden"
        assert self.finding(data) == Finding.CHANGED
        data["names"].pop()
        assert self.finding(data) == Finding.CHANGED

    def test_a_name_that_was_taken_out_is_none(self) -> None:
        data = self.data()
        data["names"][0] = {"name": "", "salt": "", "removed": True}
        assert self.finding(data) == Finding.SAME

    def test_anything_else_is_unknown_or_not_even_read(self) -> None:
        for other in ({}, {"content": {"a": 1}}, {"fingerprint": "0" * 64}, {"fingerprint": ""}):
            assert self.finding(other) == Finding.UNKNOWN, other
        for other in (b"", b"PK\x03\x04", b"\xff\xfe", b"[]", b"[" * 200_000, {"content": []}):
            assert self.finding(other) == Finding.UNREADABLE, other
        assert self.finding(b'{"content": {"a": NaN}}') == Finding.UNREADABLE
        assert self.finding(b"{}" + b" " * LARGEST_DATA) == Finding.UNREADABLE
        for names in ("Karen", [1, 2], [{}, {}]):
            assert self.finding(self.data() | {"names": names}) == Finding.CHANGED, names


class PageTests(CheckCase):
    url = "/kontroller/"

    def answer(self, content: bytes, name: str = "fil.pdf") -> Any:
        return self.client.post(self.url, {"file": SimpleUploadedFile(name, content)})

    def test_everyone_checks_and_is_told_which_edition_it_is(self) -> None:
        page = self.answer(bytes(self.charter.document.pdf))
        self.assertContains(page, "er ægte")
        self.assertContains(page, "Den gælder.")
        self.assertContains(page, "præcis den, der blev vedtaget")
        self.assertContains(page, self.charter.get_absolute_url())

    def test_of_data_only_the_content_and_the_names_are_vouched_for(self) -> None:
        page = self.answer(json.dumps(self.data() | {"state": "retired"}).encode(), "fil.json")
        self.assertContains(page, "er ægte")
        self.assertContains(page, "Resten af filen er ikke kontrolleret")

    def test_of_one_that_ended_they_are_told_so_too(self) -> None:
        self.charter.retire()
        self.assertContains(self.answer(bytes(self.charter.document.pdf)), "Den gælder ikke længere.")

    def test_a_private_groups_edition_is_unknown_to_others(self) -> None:
        hidden = factories.adopted(self.cast.professional, by=self.cast.nadia)
        content = hidden.document.content.encode()
        self.assertContains(self.answer(content), "ikke en udgave, vi kender")
        self.client.force_login(self.cast.nadia)
        self.assertContains(self.answer(content), "er ægte")

    def test_no_file_an_empty_one_or_a_huge_one_is_a_message(self) -> None:
        self.assertContains(self.client.post(self.url), "Vælg en fil.", status_code=422)
        self.assertContains(self.answer(b""), "Filen er tom.", status_code=422)
        self.assertContains(self.answer(b"x" * (LARGEST + 1)), "for stor", status_code=422)

    def test_of_a_file_that_never_ends_no_more_is_kept_than_shows_that_it_is_too_large(self) -> None:
        with mock.patch("charters.views.checking.CheckForm", wraps=CheckForm) as form:
            self.assertContains(self.answer(b"x" * (3 * LARGEST)), "for stor", status_code=422)
        assert form.call_args.args[1]["file"].size == MOST
        assert max(LARGEST, MAX_FILE) < MOST

    def test_a_file_name_is_shown_and_never_run(self) -> None:
        self.assertContains(self.answer(b"x", "<b>a.pdf"), "&lt;b&gt;a.pdf")


class CommandTests(CheckCase):
    def run_on(self, content: bytes) -> str:
        out = io.StringIO()
        with TemporaryDirectory() as folder:
            file = Path(folder) / "fil"
            file.write_bytes(content)
            call_command("check_document", file, stdout=out)
        return out.getvalue()

    def test_it_names_the_edition(self) -> None:
        assert "Styregruppen for OS2naturkort, udgave 1: Vedtaget" in self.run_on(
            bytes(self.charter.document.pdf)
        )

    def test_it_fails_with_the_reason_where_the_file_is_none(self) -> None:
        for content, reason in ((b"%PDF-1.7", "ikke en udgave"), (b"x", "hverken en PDF")):
            with pytest.raises(CommandError, match=reason):
                self.run_on(content)
        with pytest.raises(CommandError, match="kan ikke læses"):
            call_command("check_document", "/findes/ikke")
