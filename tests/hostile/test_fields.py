"""Every field of every form there is, filled in with what nobody meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from charters import text
from tests.hostile import corpus
from tests.hostile.asking import HostileCase, Place, some
from tests.hostile.files import FILES, NAMES
from tests.hostile.pages import Field, Form, Page

# What a form wants where nothing stands in it, by the name of the field.
FILLED = {
    "name": "Ny Værdi",
    "email": "ny@odder.example",
    "text": "Fordi",
    "note": "Fordi",
    "reason": "Fordi",
    "heading": "Nyt afsnit",
    "body": "<p>Ny tekst</p>",
    "slug": "ny-adresse",
    "is_sure": "on",
}
WRITTEN = {"text", "email", "textarea", "search", "tel", "url"}
PROSE = {"body", "introduction"}
DAYS = {"date"}
KEYS = {"hidden", "submit"}
# Where one field stands for many: the first of them is enough.
MANY = ("former-", "marking-", "initial-")
HALVES = {name for name, words in corpus.TEXTS.items() if any("\ud800" <= sign <= "\udfff" for sign in words)}
# What comes as another thing than was sent: half a character, and what nobody sees.
NO_WORDS = HALVES | {"only spaces"}
# Whatever stands in these is for programs: nobody could see what was wrong, and nobody writes in them.
ODD = ["nul", "lone surrogate", "long word", "line breaks", "combining", "emoji"]
LONGEST = 40  # characters of a value in what is told of it

Case = tuple[Place, str, str, str]


@pytest.mark.long(60)
class FieldTests(HostileCase):
    def setUp(self) -> None:
        super().setUp()
        self.faults: list[str] = []

    def test_each_is_refused_beside_its_field_with_nothing_lost_or_kept_as_it_was_written(self) -> None:
        places = [*self.places()]
        cases = [case for place in places for case in cases_of(place)]
        for case in some(cases, one_in=50, holds_nul=is_nul_in_a_key):
            with transaction.atomic():
                self.judge(*case)
                transaction.set_rollback(True)
        assert len(cases) > 5_000, "the forms were not found"
        for_files = [
            (place, field) for place in places for field in place.form.fields if field.kind == "file"
        ]
        assert len(for_files) > 2, "the forms were not found"
        refused = [
            self.judge_file(place, field, what, FILES[what](), "fil.docx")
            for (place, field), what in some([*product(for_files, FILES)], one_in=12)
        ]
        assert any(refused), "no file was refused: they did not arrive"
        for (place, field), name in some([*product(for_files, NAMES)], one_in=12):
            self.judge_file(place, field, name, b"x", name)
        assert not self.wrong + self.faults, "\n".join(self.wrong + self.faults)

    def judge(self, place: Place, name: str, what: str, value: str) -> None:
        label = f"{place} {name}: {what}"
        response = self.sent(label, place, [*filled(place.form, but=name), (name, value)])
        field = place.form[name][0]
        if place.is_admin:  # Django's own pages: what they say and keep is theirs
            return
        if response.status_code in (200, 422) and response.get("Content-Type", "").startswith("text/html"):
            page = Page(response.content.decode())
            if form := page.form_of(place.form.names):
                self.faults += faults_of(page, form[name][0], value, label, whole=what not in NO_WORDS)
        elif response.status_code == 302 and field.kind in WRITTEN and what not in NO_WORDS:
            self.faults += [] if is_kept(name, value) else [f"{label} was changed on the way"]

    def judge_file(self, place: Place, field: Field, what: str, content: bytes, name: str) -> bool:
        """Whether the form came back; then it says why beside the field."""
        sent: dict[str, Any] = dict(filled(place.form, but=field.name))
        sent[field.name] = SimpleUploadedFile(name, content)
        label = f"{place} {field.name}: {what}"
        body = encode_multipart(BOUNDARY, sent)
        response = self.asked_in_vain(
            label, place.role, "POST", place.action, body, content_type=MULTIPART_CONTENT
        )
        if response.status_code != 422:  # another answer: what the file is, or the next page
            self.wrong += [] if response.status_code in (200, 302) else [f"{label}: {response.status_code}"]
            return False
        page = Page(response.content.decode())
        if form := page.form_of(place.form.names):
            self.faults += faults_of(page, form[field.name][0], name, label, whole=False)
        else:
            self.faults.append(f"{label}: the form is gone")
        return True


def cases_of(place: Place) -> Iterator[Case]:
    seen = set()
    for name in place.form.names:
        kind = name.split("-")[0] if name.startswith(MANY) else name
        if name == "csrfmiddlewaretoken" or kind in seen:
            continue
        seen.add(kind)
        for what, value in texts_for(place.form[name][0], is_admin=place.is_admin).items():
            yield place, name, what, value


def is_nul_in_a_key(case: Case) -> bool:
    """What a form carries without showing it is often asked for as it is."""
    place, name, what, _value = case
    return what == "nul" and place.form[name][0].kind in KEYS and not place.is_admin


def texts_for(field: Field, *, is_admin: bool) -> dict[str, str]:
    if is_admin:
        return {name: corpus.TEXTS[name] for name in ODD} | corpus.NUMBERS
    if field.kind in WRITTEN | {"password"}:
        return corpus.TEXTS | (corpus.BODIES if field.name in PROSE else {})
    if field.kind in DAYS or field.name.endswith("_on"):
        return corpus.DAYS | corpus.NUMBERS | {name: corpus.TEXTS[name] for name in ODD}
    return corpus.NUMBERS | corpus.UUIDS | {name: corpus.TEXTS[name] for name in ODD}


def filled(form: Form, *, but: str) -> Iterator[tuple[str, str]]:
    """What somebody would send who fills in what must be, and looks at one field only."""
    for name in form.names:
        if name == but or form[name][0].kind == "file":
            continue
        those = form[name]
        values = [one.value for one in those if one.value is not None]
        if those[0].kind == "radio":
            values = values or [those[0].options[0]]
        elif those[0].kind == "select":
            values = [value or next(filter(None, those[0].options), "") for value in values]
        elif name in FILLED:
            values = [value or FILLED[name] for value in values or [""]]
        yield from ((name, value) for value in values)


def faults_of(page: Page, field: Field, value: str, label: str, *, whole: bool) -> Iterator[str]:
    """What is wrong with a form that came back: nothing is said beside the field, or something is lost."""
    if field.kind not in WRITTEN | DAYS | {"select", "file"}:
        return
    if not page.said_beside(field):
        yield f"{label}: nothing is said beside it"
    if field.kind in WRITTEN and whole and lines(field.value or "") != lines(shown_as(field.name, value)):
        yield f"{label}: shows {(field.value or '')[:LONGEST]!r}"


def shown_as(name: str, value: str) -> str:
    """A page without an editor shows the lines of formatted text; what else was typed stands as it was."""
    if name in PROSE:
        value = value.replace("\0", "")  # of formatted text, what no eye sees is left out
        return text.plain(value) if text.is_from_the_editor(value) else value
    return value


def lines(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")


def is_kept(name: str, value: str) -> bool:
    """Whether a row has the value, in a column of the field's name; true where no table has such a column."""
    columns = [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label in ("members", "charters")
        for field in model._meta.concrete_fields
        if field.name == name and isinstance(field, models.CharField | models.TextField) and not field.choices
    ]
    wanted = {value, value.strip(), value.strip().lower()}
    if name in PROSE:
        try:
            wanted.add(text.clean_typed(value))
        except ValidationError:
            return False
    return not columns or any(
        model._base_manager.filter(**{f"{field.name}__in": wanted}).exists() for model, field in columns
    )
