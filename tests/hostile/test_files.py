"""Every field that takes a file, given what is none of its files, and files named as no file is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.charters.word.test_bad_files import BAD as BAD_CHARTERS
from tests.hostile import corpus
from tests.hostile.asking import HostileCase, Place, some
from tests.hostile.pages import Page
from tests.hostile.test_fields import filled
from tests.members.register.test_bad_lists import BAD as BAD_LISTS

# What is read as neither: data as "Kontrollér dokument" takes it, and what begins as a PDF.
DATA: dict[str, bytes] = {
    "deep data": b"[" * 200_000,
    "deep object": b'{"content":' * 50_000,
    "no number": b'{"content": {"a": NaN, "b": Infinity}}',
    "more figures than python reads": b'{"content": {"number": ' + b"9" * 5_000 + b"}}",
    "half a character": b'{"content": {"text": "\\ud800"}, "fingerprint": "' + b"0" * 64 + b'"}',
    "nul": b'{"content": {"title": "\\u0000"}, "names": [{"name": "\\u0000", "salt": ""}]}',
    "names that are none": b'{"fingerprint": [], "content": {}, "names": {"a": [1, null]}}',
    "only a beginning": b"%PDF-1.7\n" + b"Fingeraftryk: 0000 0000 0000" * 1_000,
    "not utf-8": b"\xff\xfe{}\x00",
    "one long line": b"a" * 9_000_000,
}  # fmt: skip
FILES: dict[str, Callable[[], bytes]] = {
    **{f"word, {what}": make for what, (make, _reason) in BAD_CHARTERS.items()},
    **{f"list, {what}": make for what, (make, _reason) in BAD_LISTS.items()},
    **{f"data, {what}": lambda content=content: content for what, content in DATA.items()},
}
NAMES = {
    what: name
    for what, name in corpus.TEXTS.items()
    if "\n" not in name and name.isascii() and '"' not in name
}  # what a client can send; other bytes in this place are in test_requests.py

Case = tuple[Place, str, str, bytes]


@pytest.mark.long(30)
class FileTests(HostileCase):
    def test_none_is_an_error_of_ours_and_what_is_refused_is_said_beside_the_field(self) -> None:
        places = [place for place in self.places() if place.form.has_files]
        assert len(places) > 2, "the forms were not found"
        cases = [(place, what) for place in places for what in FILES]
        refused = 0
        for place, what in some(cases, one_in=12):
            refused += self.is_refused(place, what, FILES[what](), "fil.docx")
        assert refused, "no file was refused: they did not arrive"
        for place in places:
            for what, name in some([*NAMES.items()], one_in=4):
                self.is_refused(place, f"named as {what}", b"x", name)
        assert not self.wrong, "\n".join(self.wrong)

    def is_refused(self, place: Place, what: str, content: bytes, name: str) -> bool:
        """Whether the form came back, which says why."""
        label = f"{place}: {what}"
        response = self.asked_in_vain(
            label,
            place.role,
            "POST",
            place.action,
            body(place, content, name),
            content_type=MULTIPART_CONTENT,
        )
        if response.status_code != 422:
            assert response.status_code in (200, 302), f"{label}: {response.status_code}"
            return False
        page = Page(response.content.decode())
        form = page.form_of(place.form.names)
        field = next(one for one in place.form.fields if one.kind == "file")
        if form is None or not page.said_beside(form[field.name][0]):
            self.wrong.append(f"{label}: nothing is said beside it")
        return True


def body(place: Place, content: bytes, name: str) -> Any:
    """The form filled in, and the file in its field."""
    field = next(one.name for one in place.form.fields if one.kind == "file")
    sent: dict[str, Any] = dict(filled(place.form, but=field))
    return encode_multipart(BOUNDARY, sent | {field: SimpleUploadedFile(name, content)})
