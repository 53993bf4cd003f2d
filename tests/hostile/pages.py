"""What a browser makes of a page: its forms with what stands in them, and what is said beside each field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote_plus

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
SENT_BY_PRESSING = ("submit", "button", "image", "reset")


@dataclass
class Field:
    """A field of a form; ``value`` is None where nothing of it would be sent."""

    name: str
    kind: str
    value: str | None
    attrs: dict[str, str | None] = field(default_factory=dict)
    options: list[str] = field(default_factory=list)

    @property
    def described_by(self) -> list[str]:
        return (self.attrs.get("aria-describedby") or "").split()


@dataclass
class Form:
    method: str
    action: str
    fields: list[Field] = field(default_factory=list)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.name for one in self.fields))

    @property
    def has_files(self) -> bool:
        return any(one.kind == "file" for one in self.fields)

    def values(self) -> list[tuple[str, str]]:
        """What is sent when nobody writes anything."""
        return [(one.name, one.value) for one in self.fields if one.value is not None and one.kind != "file"]

    def __getitem__(self, name: str) -> list[Field]:
        return [one for one in self.fields if one.name == name]


class Page(HTMLParser):
    """The forms of a page, and the words of each element that has an id."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.told: dict[str, str] = {}  # by id
        self._form: Form | None = None
        self._words: list[tuple[str, str]] = []  # open elements: tag and id
        self._area: Field | None = None
        self._select: Field | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found: dict[str, Any] = dict(attrs)
        if tag not in VOID:
            self._words.append((tag, found.get("id") or ""))
        match tag:
            case "form":
                self._form = Form((found.get("method") or "get").lower(), found.get("action") or "")
                self.forms.append(self._form)
            case "input" | "button" if found.get("name"):
                self._keep(_field_of(tag, found))
            case "textarea" if found.get("name"):
                self._area = self._keep(Field(found["name"], "textarea", "", found))
            case "select" if found.get("name"):
                self._select = self._keep(Field(found["name"], "select", None, found))
            case "option" if self._select is not None:
                value = found.get("value") or ""
                self._select.options.append(value)
                if "selected" in found:
                    self._select.value = value

    def handle_endtag(self, tag: str) -> None:
        while self._words and tag in [name for name, _id in self._words]:
            if self._words.pop()[0] == tag:
                break
        match tag:
            case "form":
                self._form = None
            case "textarea" if self._area is not None:
                # A line break right after the tag is no part of the text.
                self._area.value = (self._area.value or "").removeprefix("\n")
                self._area = None
            case "select" if self._select is not None:
                if self._select.value is None and "multiple" not in self._select.attrs:
                    self._select.value = next(iter(self._select.options), "")
                self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area.value = (self._area.value or "") + data
        for _tag, name in self._words:
            if name:
                self.told[name] = self.told.get(name, "") + data

    def _keep(self, found: Field) -> Field:
        if self._form is not None and "disabled" not in found.attrs:
            self._form.fields.append(found)
        return found

    def form_of(self, names: tuple[str, ...]) -> Form | None:
        """The form with these fields."""
        return next((form for form in self.forms if set(names) <= set(form.names)), None)

    def said_beside(self, one: Field) -> str:
        return " ".join(self.told.get(each, "").strip() for each in one.described_by).strip()


def _field_of(tag: str, attrs: dict[str, Any]) -> Field:
    kind = attrs.get("type") or ("submit" if tag == "button" else "text")
    value: str | None = attrs.get("value") or ""
    if kind in ("checkbox", "radio"):
        is_on, value = "checked" in attrs, attrs.get("value", "on")
        return Field(attrs["name"], kind, value if is_on else None, attrs, [value])
    return Field(attrs["name"], kind, None if kind in SENT_BY_PRESSING else value, attrs)


def encoded(values: list[tuple[str, str]]) -> str:
    """A form's values as they travel, halves of surrogate pairs too."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in values)


def _quoted(words: str) -> str:
    return quote_plus(words.encode("utf-8", "surrogatepass"))


def replaced(form: Form, name: str, value: str) -> Iterator[tuple[str, str]]:
    """A form's values with one field's in the place of what stood there."""
    yield from ((own, old) for own, old in form.values() if own != name)
    yield name, value
