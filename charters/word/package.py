"""A .docx file that somebody sent: the parts of it that hold text or say how it looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import gettext_lazy as _

from charters.models.manuscript import ManuscriptError
from members.package import MAX_FILE, Kind, PackageError, Parts, R
from members.package import opened as opened_package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
# Word's "Strict Open XML" is the same under other names.
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    f"{_STRICT}wordprocessingml/main".encode(): W[1:-1].encode(),
    f"{_STRICT}officeDocument/relationships".encode(): R[1:-1].encode(),
    f"{_STRICT}officeDocument/customProperties".encode(): _CUSTOM[1:-1].encode(),
}
_NOTES = ("footnotes", "endnotes", "comments", "header", "footer")

WORD = Kind(
    program="Word",
    ending=".docx",
    old_ending=".doc",
    main_types=("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml"),
    main="word/document.xml",
    max_inflated=8 * 1024 * 1024,
    max_markup=250_000,
    foreign=_("Filen er ikke et Word-dokument (.docx). Gem kommissoriet som .docx, og prøv igen."),
    too_much=_("Filen har mere indhold, end et kommissorium kan have."),
)


class WordError(ManuscriptError):
    """A file that cannot be read as a charter; its text is written for the user."""


@dataclass
class Package:
    """The parts of a document that hold text or say how it looks."""

    document: Any
    styles: Any = None
    numbering: Any = None
    title: str = ""  # as the file says itself, whatever stands on its pages
    links: dict[str, str] = field(default_factory=dict)  # addresses outside the file, by id
    notes: dict[str, list[Any]] = field(default_factory=dict)  # footnotes, comments, headers and so on
    properties: dict[str, str] = field(default_factory=dict)  # what a program said of the file, by name


def opened(file: IO[bytes]) -> Package:
    """The parts of a Word document.

    Raises:
        WordError: it is not one, is locked, has macros, or is larger than a charter can be.
    """
    try:
        with opened_package(file.read(MAX_FILE + 1), WORD) as parts:
            return _package(parts)
    except PackageError as error:
        raise WordError(str(error)) from error


def _package(parts: Parts) -> Package:
    main = parts.main()
    whole = {kind: to for kind, to, _out, _id in parts.relations("")}
    found = Package(
        _xml(parts, main),
        title=_title(parts, whole.get("core-properties", "")),
        properties=_properties(parts, whole.get("custom-properties", "")),
    )
    for kind, target, is_outside, key in parts.relations(main):
        if is_outside:
            found.links[key] = target
        elif kind == "styles":
            found.styles = _xml(parts, target)
        elif kind == "numbering":
            found.numbering = _xml(parts, target)
        elif kind in _NOTES:
            found.notes.setdefault(kind, []).append(_xml(parts, target))
    return found


def _title(parts: Parts, name: str) -> str:
    if not parts.has(name):
        return ""
    return " ".join((_xml(parts, name).findtext(_TITLE) or "").split())


def _properties(parts: Parts, name: str) -> dict[str, str]:
    if not parts.has(name):
        return {}
    properties = _xml(parts, name).iterchildren(f"{_CUSTOM}property")
    return {one.get("name", ""): "".join(one.itertext()).strip() for one in properties}


def _xml(parts: Parts, name: str) -> Any:
    return parts.xml(name, instead=_TRANSITIONAL)
