"""A file of Word's or Excel's that somebody sent, opened without trusting it.

It is a zip of XML parts. What its directory says of them is not believed: bytes are counted as they are
inflated, tags before they are parsed. Pictures and everything else that is not asked for are never opened.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

MAX_FILE = 10 * 1024 * 1024
MAX_NAMES = 2_000

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class PackageError(ValueError):
    """A file that cannot be read; the text is written for whoever sent it."""


@dataclass(frozen=True)
class Kind:
    """A program's files: what they are called, how much of them is read, and what is said of others.

    Attributes:
        program: as people call it.
        ending: of its files, and ``old_ending`` of those from before they were zips.
        main_types: one of which the main part of a file is.
        main: where that part is, when the file does not say.
        max_inflated: bytes of all parts that are read, together.
        max_markup: tags and attributes in what is parsed at once, each some hundred bytes of memory.
        foreign: said of a file that is something else.
        too_much: said of one that holds more than is read.
    """

    program: str
    ending: str
    old_ending: str
    main_types: tuple[str, ...]
    main: str
    max_inflated: int
    max_markup: int
    foreign: Any
    too_much: Any


@contextmanager
def opened(content: bytes, kind: Kind) -> Iterator[Parts]:
    """The parts of a file; what goes wrong while they are read is said in words for the user.

    Raises:
        PackageError: it is no such file, is locked, damaged, has macros, or holds too much.
    """
    _refuse_what_is_none(content, kind)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield Parts(archive, kind)
    except PackageError:
        raise
    except (etree.XMLSyntaxError, RuntimeError) as error:
        raise PackageError(
            _("Filen kan ikke læses som et %(program)s-dokument (%(ending)s).") % vars(kind)
        ) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise PackageError(
            _("Filen er beskadiget og kan ikke læses. Gem den igen i %(program)s, og prøv så.") % vars(kind)
        ) from error


def _refuse_what_is_none(content: bytes, kind: Kind) -> None:
    if not content:
        raise PackageError(_("Filen er tom."))
    if len(content) > MAX_FILE:
        raise PackageError(_("Filen fylder mere end 10 MB. Tag billeder ud, og prøv igen."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # the container of both the old and the locked files
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise PackageError(_locked())
        raise PackageError(
            _(
                "Filen er i et gammelt %(program)s-format (%(old_ending)s). "
                "Gem den som %(ending)s, og prøv igen."
            )
            % vars(kind)
        )
    if not content.startswith(b"PK\x03\x04"):
        raise PackageError(str(kind.foreign))
    if content.count(b"PK\x01\x02") > MAX_NAMES:
        raise PackageError(str(kind.too_much))


def _locked() -> str:
    return _("Filen er låst med en adgangskode. Gem den uden, og prøv igen.")


class Parts:
    """The parts of a zip, inflated on demand and never more than the kind allows in all."""

    def __init__(self, archive: zipfile.ZipFile, kind: Kind) -> None:
        self._archive, self._kind = archive, kind
        self._infos = {info.filename.lower().lstrip("/"): info for info in archive.infolist()}
        self._left = kind.max_inflated
        self._markup_left = kind.max_markup

    def has(self, name: str) -> bool:
        return name.lower() in self._infos

    def main(self) -> str:
        """The name of the main part.

        Raises:
            PackageError: the file is locked, has macros, or is another program's.
        """
        if any(info.flag_bits & 0x1 for info in self._infos.values()):
            raise PackageError(_locked())
        kinds = self._text("[content_types].xml").decode()
        if any(name.endswith("vbaproject.bin") for name in self._infos) or "macroEnabled" in kinds:
            raise PackageError(
                _("Filen har makroer. Gem den som %(ending)s uden makroer, og prøv igen.") % vars(self._kind)
            )
        if not any(kind in kinds for kind in self._kind.main_types):
            raise PackageError(str(self._kind.foreign))
        return next(
            (to for kind, to, _out, _id in self.relations("") if kind == "officeDocument"), self._kind.main
        )

    def relations(self, name: str) -> list[tuple[str, str, bool, str]]:
        """What a part refers to: kind, target, whether that is outside the file, and id."""
        folder, own = posixpath.split(name)
        listed = posixpath.join(folder, "_rels", f"{own}.rels").lower()
        if not self.has(listed):
            return []
        found = []
        for relation in self.xml(listed).iterchildren("{*}Relationship"):
            target, is_outside = relation.get("Target", ""), relation.get("TargetMode") == "External"
            if not is_outside:
                target = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
            kind = relation.get("Type", "").rpartition("/")[2]
            found.append((kind, target, is_outside, relation.get("Id", "")))
        return found

    def content(self, name: str) -> bytes:
        """A part as UTF-8. No document of Word's or Excel's declares entities, and none that does is read.

        Raises:
            PackageError: it is missing, declares entities, or holds too much.
        """
        content = self._text(name)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\0" in content:
            raise PackageError(str(self._kind.foreign))
        return content

    def xml(self, name: str, *, instead: dict[bytes, bytes] | None = None) -> Any:
        """A part, parsed.

        Args:
            name: of the part.
            instead: what is written otherwise before it is parsed.
        """
        content = self.content(name)
        self._markup_left -= content.count(b"<") + content.count(b"=")
        if self._markup_left < 0:
            raise PackageError(str(self._kind.too_much))
        for strict, usual in (instead or {}).items():
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
            raise PackageError(str(self._kind.foreign))
        with self._archive.open(info) as stream:
            content = stream.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise PackageError(str(self._kind.too_much))
        if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            content = content.decode("utf-16").encode()
        content = content.removeprefix(codecs.BOM_UTF8)
        if content.startswith(b"<?xml"):
            content = content[content.find(b"?>") + 2 :]
        return content.lstrip()
