"""A .docx file that somebody sent, opened without trusting it.

It is a zip of XML parts. What its directory says of them is not believed: bytes are counted as they are
inflated, tags before they are parsed. Pictures and everything else that is not text are never opened.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO, Any

from django.utils.translation import gettext as _
from lxml import etree

from charters.models.manuscript import ManuscriptError

MAX_FILE = 10 * 1024 * 1024
MAX_INFLATED = 8 * 1024 * 1024  # of all parts that are read, together
MAX_NAMES = 2_000
MAX_MARKUP = 250_000  # tags and attributes, each some hundred bytes of memory once parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
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
_MAIN_TYPES = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")


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
    content = file.read(MAX_FILE + 1)
    _refuse_what_is_no_docx(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _Parts(archive).package()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise WordError(
            _("Filen er beskadiget og kan ikke læses. Gem den igen i Word, og prøv så.")
        ) from error
    except (etree.XMLSyntaxError, RuntimeError) as error:
        raise WordError(_("Filen kan ikke læses som et Word-dokument (.docx).")) from error


def _refuse_what_is_no_docx(content: bytes) -> None:
    if not content:
        raise WordError(_("Filen er tom."))
    if len(content) > MAX_FILE:
        raise WordError(_("Filen fylder mere end 10 MB. Tag billeder ud, og prøv igen."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # the container of both .doc and of locked .docx files
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise WordError(_locked())
        raise WordError(_("Filen er i et gammelt Word-format (.doc). Gem den som .docx, og prøv igen."))
    if not content.startswith(b"PK\x03\x04"):
        raise WordError(_not_word())
    if content.count(b"PK\x01\x02") > MAX_NAMES:
        raise WordError(_too_large())


def _not_word() -> str:
    return _("Filen er ikke et Word-dokument (.docx). Gem kommissoriet som .docx, og prøv igen.")


def _locked() -> str:
    return _("Filen er låst med en adgangskode. Gem den uden, og prøv igen.")


def _too_large() -> str:
    return _("Filen har mere indhold, end et kommissorium kan have.")


class _Parts:
    """The parts of a zip, inflated on demand and never more than ``MAX_INFLATED`` in all."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._infos = {info.filename.lower().lstrip("/"): info for info in archive.infolist()}
        self._left = MAX_INFLATED
        self._markup_left = MAX_MARKUP

    def package(self) -> Package:
        if any(info.flag_bits & 0x1 for info in self._infos.values()):
            raise WordError(_locked())
        kinds = self._text("[content_types].xml").decode()
        if any(name.endswith("vbaproject.bin") for name in self._infos) or "macroEnabled" in kinds:
            raise WordError(_("Filen har makroer. Gem den som .docx uden makroer, og prøv igen."))
        if not any(kind in kinds for kind in _MAIN_TYPES):
            raise WordError(_not_word())
        whole = {kind: to for kind, to, _out, _id in self._relations("")}
        main = whole.get("officeDocument", "word/document.xml")
        found = Package(
            self._xml(main),
            title=self._title(whole.get("core-properties", "")),
            properties=self._properties(whole.get("custom-properties", "")),
        )
        for kind, target, is_outside, key in self._relations(main):
            if is_outside:
                found.links[key] = target
            elif kind == "styles":
                found.styles = self._xml(target)
            elif kind == "numbering":
                found.numbering = self._xml(target)
            elif kind in _NOTES:
                found.notes.setdefault(kind, []).append(self._xml(target))
        return found

    def _title(self, name: str) -> str:
        if name.lower() not in self._infos:
            return ""
        return " ".join((self._xml(name).findtext(_TITLE) or "").split())

    def _properties(self, name: str) -> dict[str, str]:
        if name.lower() not in self._infos:
            return {}
        properties = self._xml(name).iterchildren(f"{_CUSTOM}property")
        return {one.get("name", ""): "".join(one.itertext()).strip() for one in properties}

    def _relations(self, name: str) -> list[tuple[str, str, bool, str]]:
        """What a part refers to: kind, target, whether that is outside the file, and id."""
        folder, own = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{own}.rels").lower()
        if listed not in self._infos:
            return []
        found = []
        for relation in self._xml(listed).iterchildren("{*}Relationship"):
            target, is_outside = relation.get("Target", ""), relation.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            found.append((kind, target, is_outside, relation.get("Id", "")))
        return found

    def _xml(self, name: str) -> Any:
        """A part, parsed. No document of Word's declares entities, and none that does is parsed.

        Raises:
            WordError: it is missing, or has more in it than a charter can have.
        """
        content = self._text(name)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
            raise WordError(_not_word())
        self._markup_left -= content.count(b"<") + content.count(b"=")
        if self._markup_left < 0:
            raise WordError(_too_large())
        for strict, usual in _TRANSITIONAL.items():
            content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
            remove_comments=True, remove_pis=True, collect_ids=False, encoding="utf-8",
        )  # fmt: skip
        return etree.fromstring(content, parser)

    def _text(self, name: str) -> bytes:
        """A part as UTF-8, whatever it was; a declaration of another encoding cannot hide its tags.

        It stays bytes: as a string, one sign from outside the first 65,536 makes all others four bytes each.
        """
        info = self._infos.get(name.lower())
        if info is None:
            raise WordError(_not_word())
        with self._archive.open(info) as stream:
            content = stream.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise WordError(_too_large())
        if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            content = content.decode("utf-16").encode()
        content = content.removeprefix(codecs.BOM_UTF8)
        if content.startswith(b"<?xml"):
            content = content[content.find(b"?>") + 2 :]
        return content.lstrip()
